/// Changes of all keys at once, which no client can ask for.
extension ServerState {
    /// Runs `body`, which changes all keys, and makes that as lasting as a client's write; refused where such a write would
    /// be.
    func changeAllKeys<Result>(
        _ body: () throws(PersistenceError) -> Result
    ) throws(PersistenceError) -> Result {
        if let failure = persistence?.failure { throw PersistenceError("the log cannot be written: \(failure)") }
        let result = try body()
        var knownFailure = 0
        guard commit(&knownFailure) else {
            throw PersistenceError(
                "it is done in memory, and the log cannot be written: \(persistence?.failure ?? "it is unknown why")")
        }
        return result
    }

    /// Puts the keys of a snapshot in the place of all others; returns how many there are.
    func restoreSnapshot(_ name: String) throws(PersistenceError) -> Int {
        // Such a shard begins anew without keys, whatever it was given before.
        if let shard = replication?.shardWithoutKeys() {
            throw PersistenceError(
                "no node of shard \(shard) is left: start one first, as with `clusterctl node restart \(shard)-0`")
        }
        return try changeAllKeys { () throws(PersistenceError) in try snapshots.restore(name, cluster) }
    }
}
