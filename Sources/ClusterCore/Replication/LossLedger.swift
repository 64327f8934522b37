import CommandCatalog
import DequeModule
import WireFormats

/// Who has written what to the shards' logs, as long as a replica may still not have it, and which writes a failover
/// has lost for good.
///
/// There only where replicas lag behind on purpose.
final class LossLedger: Sendable {
    /// One acknowledged write that is gone.
    struct Loss: Sendable {
        let shard: Int
        let key: [UInt8]
        let command: String
        /// The connection's number.
        let client: UInt64
        let time: Instant
    }

    /// Up to which position in its shard's log a connection has written.
    private struct Entry {
        let position: UInt64
        let client: UInt64
    }

    private let writers: Locked<[Deque<Entry>]>
    private let losses = Locked<(list: [Loss], others: Int)>(([], 0))

    /// So many lost writes are listed, the others counted.
    private static let kept = 10_000

    init(shards: Int) {
        writers = Locked(Array(repeating: [], count: shards))
    }

    /// Notes that a connection has written to a shard's log up to a position.
    ///
    /// Called under the shard's lock, in the order of the log.
    func note(shard: Int, upTo position: UInt64, by client: UInt64) {
        writers.withLock { writers in
            guard writers[shard].last?.position != position else { return }
            writers[shard].append(Entry(position: position, client: client))
        }
    }

    /// Forgets who has written what every replica has.
    func forget(shard: Int, upTo position: UInt64) {
        writers.withLock { writers in
            while let first = writers[shard].first, first.position <= position { writers[shard].removeFirst() }
        }
    }

    /// Notes that what stands in a shard's log from a position on is lost; returns how many writes that are.
    func lose(shard: Int, from start: UInt64, _ bytes: [UInt8], at time: Instant) -> Int {
        let entries = writers.withLock { writers in
            defer { writers[shard].removeAll() }
            return Array(writers[shard])
        }
        var decoder = RequestDecoder(maximumRequestBytes: Int.max)
        var position = 0
        var count = 0
        /// Entries and writes are in the same order.
        var writer = 0
        bytes.withUnsafeBytes { bytes in
            while position < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
                if rest[0] == UInt8(ascii: "#") {
                    position += (rest.firstIndex(of: 0x0A) ?? rest.count - 1) + 1
                    continue
                }
                guard case .request(let length) = decoder.next(in: rest) else { return }
                position += length
                let request = decoder.request(in: rest)
                guard request.count > 1 else { continue }
                let end = start + UInt64(position)
                while writer < entries.count, entries[writer].position < end { writer += 1 }
                add(
                    Loss(
                        shard: shard, key: request.copyArgument(1),
                        command: String(decoding: request[0], as: UTF8.self).uppercased(),
                        client: writer < entries.count ? entries[writer].client : 0, time: time))
                count += 1
            }
        }
        return count
    }

    private func add(_ loss: Loss) {
        losses.withLock { losses in
            if losses.list.count < Self.kept { losses.list.append(loss) } else { losses.others += 1 }
        }
    }

    /// The writes that were lost, and how many more there were.
    var contents: (list: [Loss], others: Int) { losses.withLock { $0 } }
}
