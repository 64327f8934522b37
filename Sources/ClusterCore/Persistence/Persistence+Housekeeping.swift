import Logging

/// What is looked at every second.
extension Persistence {
    static let second: Int64 = 1_000_000

    func keepHouse() -> WakeableThread.Rest {
        if configuration.replicas > 0 {
            lookAtReplicas()
            settleWhatIsUnsettled()
        }
        let isForced = configuration.synchronization == .always
        let taken = withFiles { () -> [(LogFolder, LogFolder.Unsynchronized)] in
            if folders.contains(where: \.isRemoved), !isBeyondRepair {
                giveUp("the files in \(directory) were removed")
            }
            // Forced in the same step: an event loop that finds everything written tells its clients.
            guard commitLocked(synchronizes: isForced) else { return [] }
            if failure != nil, unsettled.isEmpty { noteRepair() }
            if configuration.synchronization == .never { return [] }
            return folders.compactMap { folder in folder.takeUnsynchronized().map { (folder, $0) } }
        }
        if isAnythingDue { wantRewrite() }
        synchronize(taken)
        renewRecord()
        return WakeableThread.Rest(microseconds: Self.second)
    }

    /// Makes lasting what was written, and then what says how far that is.
    func synchronize(_ taken: [(folder: LogFolder, bytes: LogFolder.Unsynchronized)]) {
        // Without the mutex: to write goes on meanwhile.
        let errors = taken.map { Files.synchronizeAndClose($0.bytes.descriptor, directory) }
        withFiles {
            for error in errors { if let error { giveUp(error.description) } }
            guard !isBeyondRepair else { return }
            // All of one instant: none may say more than the others of a transaction that they share.
            for (folder, bytes) in taken { folder.noteSynchronized(bytes) }
            _ = noteWritten()
        }
        if configuration.synchronization != .never { _ = record?.force() }
    }

    /// Makes lasting what the logs have that count, so that little is left to be waited for with the mutex.
    func synchronizeAhead() {
        synchronize(
            withFiles {
                guard commitLocked(synchronizes: false) else { return [] }
                return folders.compactMap { folder in folder.takeUnsynchronized().map { (folder, $0) } }
            })
    }

    /// Writes the record anew where somebody has removed it.
    private func renewRecord() {
        guard !isBeyondRepair, let record, record.isRemoved else { return }
        withReplicaLogs {
            withFiles {
                do throws(PersistenceError) {
                    try makeRecord()
                    events.add("record", "\(record.path) was removed, and is written anew", level: .warning)
                } catch {
                    fail("\(error)")
                }
            }
        }
    }

    private var isAnythingDue: Bool {
        withReplicaLogs {
            withFiles {
                logs.joined().contains { log in
                    (log.isCounting || log.isCurrent && log.rewrite == nil) && isDue(log.folder)
                }
            }
        }
    }

    /// Whether a log has grown so much that it is to be rewritten.
    func isDue(_ folder: LogFolder) -> Bool {
        guard configuration.rewritePercentage > 0, folder.totalSize >= configuration.rewriteMinimumBytes else {
            return false
        }
        return folder.totalSize - folder.rewrittenSize
            >= folder.rewrittenSize / 100 * configuration.rewritePercentage
    }
}
