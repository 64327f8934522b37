import DequeModule

/// What connections have watched and do not any more, in the order in which they have let it go.
///
/// It is taken out of the shards' tables in steps of about the same work, so that nobody waits for all of it.
struct WatchReleases {
    private struct Release {
        var keys: WatchedKeys
        let state: WatchState
    }

    private var waiting: Deque<Release> = []
    /// What is still to be let go takes, about.
    private(set) var byteCount = 0

    var isEmpty: Bool { waiting.isEmpty }

    /// About so many keys are let go in a step.
    static let keysPerStep = 1_000

    mutating func add(_ keys: WatchedKeys, of state: WatchState) {
        waiting.append(Release(keys: keys, state: state))
        byteCount += keys.byteCount
    }

    /// Lets some keys go; returns how many.
    @discardableResult
    mutating func step(_ cluster: EmbeddedCluster) -> Int {
        var count = 0
        while count < Self.keysPerStep, !waiting.isEmpty {
            let before = waiting[0].keys.byteCount
            guard let part = waiting[0].keys.removePart() else {
                waiting.removeFirst()
                continue
            }
            byteCount -= before - waiting[0].keys.byteCount
            for key in part { key.withByteView { cluster.unwatch($0, waiting[0].state) } }
            count += part.count
        }
        if waiting.first?.keys.count == 0 { waiting.removeFirst() }
        return count
    }
}
