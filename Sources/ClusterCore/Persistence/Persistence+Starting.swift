/// What a start does: it reads the folder, and changes it when all that it holds could be read.
extension Persistence {
    /// Takes the folder, loads what it holds and begins to log.
    ///
    /// To be called before the first command. Where it throws because of what the folder holds, that is as it was.
    func start() throws(PersistenceError) {
        let directory = try DataDirectory(path: directory, shards: cluster.shards.count)
        var loader = DirectoryLoader(directory, events: events, isStrict: configuration.refusesTornLogs)
        try loader.load()
        for shard in loader.shards where shard.finding.node > configuration.replicas {
            try shard.folder.checkPlace(ofNode: 0)
        }
        try loader.prepare()
        lock = directory
        adopt(loader.shards)
        try directory.keep()
        try makeRecord()
        for shard in loader.shards where shard.finding.naming?.isChecked != true {
            try shard.folder.setCountingNode(shard.finding.node)
        }
        for shard in folders.indices { try settleNodes(of: shard) }
        // Only now: where one shard could not be settled, the folder still has all that it had.
        for folder in shardFolders { folder.removeLogs(ofNodesFrom: configuration.replicas + 1) }
        startThreads()
    }

    /// Gives the cluster the keys that were read.
    private func adopt(_ loaded: [LoadedShard]) {
        for shard in loaded {
            let number = shard.folder.shard
            shardFolders.append(shard.folder)
            counting.append(shard.finding.node)
            folders.append(shard.log)
            logs.append(
                (0...configuration.replicas).map { node in
                    NodeLog(
                        name: Node.Name(shard: number, number: node),
                        folder: node == shard.finding.node ? shard.log : LogFolder(path: shard.folder.logPath(node)))
                })
            cluster.transactions.advance(to: shard.survey.lastTransaction)
            if let keys = shard.keys {
                cluster.shards.lock(number)
                _ = cluster.shards[number].pointee.exchange(keys[0].pointee.exchange(Keyspace()))
                cluster.shards.unlock(number)
            }
            let log = cluster.shards.log(of: number)
            cluster.shards[number].pointee.setLog(log)
            cursors.append(LogCursor(at: log.pointee.end))
        }
    }

    /// Lets the log of a node count that there is.
    private func settleNodes(of shard: Int) throws(PersistenceError) {
        if counting[shard] > configuration.replicas {
            let log = logs[shard][0]
            let end = cursors[shard].end
            try beginAnew(log, with: cluster.shards[shard], at: end, cluster.transactions.current)
            try name(log, at: end)
            folders[shard].close()
            letCount(log, at: end)
            guard noteWritten() else { throw unwritable }
        } else {
            logs[shard][counting[shard]].isCounting = true
        }
    }

    /// Writes down how far the logs go that count.
    func makeRecord() throws(PersistenceError) {
        var entries: [WrittenEntry] = []
        for shard in folders.indices {
            if configuration.synchronization != .never, !folders[shard].synchronize() {
                throw PersistenceError(folders[shard].currentPath, "check the disk")
            }
            entries.append(folders[shard].entry(node: counting[shard], at: cursors[shard].position))
        }
        record = try WrittenRecord(in: directory, nodes: configuration.replicas + 1, entries)
    }

    private func startThreads() {
        // Each wakes those before it.
        rewriter = WakeableThread("log rewrite") { [unowned self] in rewriteWhereWanted() }
        if configuration.replicas > 0 {
            follower = WakeableThread("replica logs") { [unowned self] in followReplicas() }
        }
        thread = WakeableThread("logs") { [unowned self] in keepHouse() }
    }

    /// Lets a log count that has everything up to `end`.
    ///
    /// The caller holds both mutexes.
    func letCount(_ log: NodeLog, at end: LogEnd) {
        let shard = log.name.shard
        for other in logs[shard] { other.isCounting = false }
        log.isCounting = true
        log.handOver()
        log.folder.beginCounting()
        counting[shard] = log.name.number
        folders[shard] = log.folder
        cursors[shard] = LogCursor(at: end)
        unsettled[shard] = nil
    }
}
