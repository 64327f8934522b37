import Synchronization

/// Numbers what is logged on several shards at once, so that a start can tell whether all of it is there.
final class TransactionCounter: Sendable {
    private let last = Atomic<UInt64>(0)

    /// The number last given.
    var current: UInt64 { last.load(ordering: .acquiring) }

    /// A number above all before it.
    func next() -> UInt64 { last.add(1, ordering: .acquiringAndReleasing).newValue }

    /// Goes on behind a number that is in use.
    func advance(to number: UInt64) {
        if number > current { last.store(number, ordering: .releasing) }
    }
}

extension EmbeddedCluster {
    /// What is logged on these shards, which are locked, from here to `endFrames` belongs together.
    func beginFrames(_ selection: borrowing ShardSelection) {
        selection.forEach { shards[$0].pointee.keyspace.log?.pointee.announceFrame() }
    }

    /// Ends what `beginFrames` began; where several shards have logged something, each says which.
    func endFrames(_ selection: borrowing ShardSelection) {
        var changed = 0
        selection.forEach { if shards[$0].pointee.keyspace.log?.pointee.hasBegunFrame == true { changed += 1 } }
        if changed > 1 { annotate(selection) }
        selection.forEach { shards[$0].pointee.keyspace.log?.pointee.endFrame() }
    }

    private func annotate(_ selection: borrowing ShardSelection) {
        var parts: [Int] = []
        selection.forEach { if shards[$0].pointee.keyspace.log?.pointee.hasBegunFrame == true { parts.append($0) } }
        let lines = TransactionMark(number: transactions.next(), shards: parts).lines
        for shard in parts {
            for line in lines { shards[shard].pointee.keyspace.log?.pointee.append(annotation: line) }
        }
    }
}
