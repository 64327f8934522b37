import Logging

/// The logs of replicas: written off the requests' way, as what their nodes have run.
extension Persistence {
    /// How long to wait after something was written: what has come meanwhile is written at once.
    private static let rest: Int64 = 20_000
    private static let longestRest: Int64 = 1_000_000

    /// Writes what replicas have run, and asks for the bases of those that have no log; returns how long to rest.
    ///
    /// Nothing is forced onto the disk here: as long as a log does not count nobody is told anything because of it.
    func followReplicas() -> WakeableThread.Rest {
        let now = ContinuousClock.now
        var isBusy = false
        var wantsBases = false
        withReplicaLogs {
            for log in logs.joined() where !log.isCounting {
                if follow(log, now) || log.rewrite != nil { isBusy = true }
                // As long as the logs that count cannot be written, room is theirs.
                if failure == nil, log.wantsBase(at: now) { wantsBases = true }
            }
        }
        if wantsBases { wantRewrite() }
        let isResting = !isBusy && !wantsBases
        return WakeableThread.Rest(microseconds: isResting ? Self.longestRest : Self.rest, isWakeable: isResting)
    }

    private func follow(_ log: NodeLog, _ now: ContinuousClock.Instant) -> Bool {
        do throws(PersistenceError) {
            let isBusy = try log.writeApplied()
            if let entry = log.takeProgress() { _ = record?.write(entry, of: log.name) }
            if let size = log.takeInstalledBase() {
                events.add("rewrite", "node \(log.name): its log has a new base of \(size) bytes", level: .info)
            }
            if log.recover() { events.add("log repaired", "node \(log.name): its log is written again") }
            return isBusy
        } catch {
            note(error, of: log, at: now)
            return false
        }
    }

    /// Tells the thread that replicas have run something.
    func replicasHaveRun() { follower?.wake() }

    /// Notes that a replica's log cannot be written: the shard serves on.
    func note(_ error: PersistenceError, of log: NodeLog, at now: ContinuousClock.Instant) {
        guard log.fail(error, at: now) else { return }
        events.add(
            "log failure",
            "node \(log.name), a replica: \(error): its shard serves on, and the log is begun anew when that is "
                + "possible", level: .error)
    }

    /// Looks at replicas' logs every second: which were removed, and what of them has to reach the disk.
    func lookAtReplicas() {
        let now = ContinuousClock.now
        let taken = withReplicaLogs { () -> [(NodeLog, LogFolder.Unsynchronized)] in
            let open = logs.joined().filter { !$0.isCounting && $0.cursor != nil }
            for log in open where log.folder.isRemoved {
                note(PersistenceError("\(log.folder.currentPath): was removed"), of: log, at: now)
            }
            if configuration.synchronization == .never { return [] }
            return open.compactMap { log in log.folder.takeUnsynchronized().map { (log, $0) } }
        }
        for (log, bytes) in taken {
            guard let error = Files.synchronizeAndClose(bytes.descriptor, log.folder.path) else { continue }
            withReplicaLogs { note(error, of: log, at: now) }
        }
    }
}
