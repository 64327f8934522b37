import Glibc

/// What is looked at every second.
extension Persistence {
    static let second: Int64 = 1_000_000

    func keepHouse() -> WakeableThread.Rest {
        if configuration.replicas > 0 {
            lookAtReplicas()
            settleWhatIsUnsettled()
        }
        let isForced = configuration.synchronization == .always
        let descriptors = withFiles { () -> [CInt] in
            if folders.contains(where: \.isRemoved), !isBeyondRepair {
                giveUp("the files in \(directory) were removed")
            }
            // Forced in the same step: an event loop that finds everything written tells its clients.
            guard commitLocked(synchronizes: isForced) else { return [] }
            if failure != nil, unsettled.isEmpty { noteRepair() }
            return configuration.synchronization == .never ? [] : folders.compactMap { $0.takeUnsynchronized() }
        }
        if isAnythingDue { wantRewrite() }
        // Without the mutex: to write goes on meanwhile.
        for descriptor in descriptors {
            guard let error = Files.synchronizeAndClose(descriptor, directory) else { continue }
            withFiles { giveUp(error.description) }
        }
        return WakeableThread.Rest(microseconds: Self.second)
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
