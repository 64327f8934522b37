import Glibc
import WireFormats

/// The file `clusterctl.written`: how far each log was written when somebody was last told of what it says.
///
/// A log does not tell where it ends: one whose last commands are missing is read as a shorter one; nor has it a checksum of
/// what its commands say. What is in a log behind its entry was never acknowledged, and may be cut off; what is missing
/// before it, or another, is damage.
///
/// ```text
///   entry 0       how many shards and nodes there are entries of
///         1 …     the log that counts, a shard: written in each round, before its replies go out
///           …     the logs of all nodes, shard by shard: of replicas, and of those that are about to count
/// ```
///
/// All that an entry says is true once it is written: it tells the least that a file has, never more.
///
/// Sendable, unchecked: the entries of logs that count belong to the holder of `Persistence.mutex`, those of nodes to the
/// holder of `Persistence.replicaMutex`.
final class WrittenRecord: @unchecked Sendable {
    static let name = "clusterctl.written"

    let path: String
    private let descriptor: CInt
    private let boot = MachineBoot.current
    private let run = UInt64.random(in: 1 ... .max)
    private let layout: Layout
    /// The entries of logs that count, and the bytes that say so.
    private var counting: [WrittenEntry]
    private var bytes: [UInt8]
    /// The bytes that the file does not have yet.
    private var unwritten = 0..<0

    /// Where the entries lie.
    struct Layout: Equatable {
        let shards: Int
        let nodes: Int

        var count: Int { 1 + shards + shards * nodes }
        var size: Int { count * WrittenEntry.size }

        func place(ofShard shard: Int) -> Int { 1 + shard }
        func place(of node: Node.Name) -> Int { 1 + shards + node.shard * nodes + node.number }

        /// The first entry of the file.
        var entry: WrittenEntry {
            var entry = WrittenEntry()
            entry.written.size = shards
            entry.forced.size = nodes
            return entry
        }

        init(shards: Int, nodes: Int) {
            self.shards = shards
            self.nodes = nodes
        }

        /// What the first entry of a file says; nil where it cannot be.
        init?(_ entry: WrittenEntry) {
            let range = 1...0x1_0000
            guard range.contains(entry.written.size), range.contains(entry.forced.size) else { return nil }
            self.init(shards: entry.written.size, nodes: entry.forced.size)
        }
    }

    /// Makes a file of these entries of logs that count, one a shard.
    ///
    /// A file that has room for them is written to as it is, so that a full disk does not stand in the way.
    init(in directory: String, nodes: Int, _ counting: [WrittenEntry]) throws(PersistenceError) {
        path = "\(directory)/\(Self.name)"
        layout = Layout(shards: counting.count, nodes: nodes)
        self.counting = counting
        bytes = [UInt8](repeating: 0, count: layout.size)
        var found = -1 as CInt
        if let there = try WrittenContents(in: directory), there.layout == layout {
            found = try Files.open(path, O_WRONLY | O_NOFOLLOW)
        }
        if found < 0 {
            try Files.replace(path, with: bytes)
            found = try Files.open(path, O_WRONLY | O_NOFOLLOW)
        }
        descriptor = found
        for place in 0..<layout.count { encode(WrittenEntry(), at: place) }
        encode(layout.entry, at: 0)
        for (shard, entry) in counting.enumerated() { encode(entry, at: layout.place(ofShard: shard)) }
        guard bytes.withUnsafeBytes({ Files.write($0, to: descriptor, at: 0) }), fsync(descriptor) == 0 else {
            throw PersistenceError(path, "make room")
        }
        bytes.removeSubrange(((1 + layout.shards) * WrittenEntry.size)...)
    }

    deinit {
        close(descriptor)
    }

    private func encode(_ entry: WrittenEntry, at place: Int) {
        var entry = entry
        if !entry.isEmpty {
            entry.boot = boot
            entry.run = run
        }
        let start = place * WrittenEntry.size
        bytes.withUnsafeMutableBytes {
            let slot = UnsafeMutableRawBufferPointer(rebasing: $0[start..<start + WrittenEntry.size])
            entry.write(to: slot, place: place)
        }
    }
}

// MARK: - Logs that count

extension WrittenRecord {
    /// Notes how far the log that counts of a shard has been written; `flush` writes it down.
    @inline(__always)
    func note(_ entry: WrittenEntry, ofShard shard: Int) {
        if counting[shard] != entry { change(entry, ofShard: shard) }
    }

    /// Whether it was noted last of a shard that the log of this node counts, and has come to this position.
    func isNoted(node: Int, at position: UInt64, ofShard shard: Int) -> Bool {
        counting[shard].position == position && counting[shard].node == node
    }

    private func change(_ entry: WrittenEntry, ofShard shard: Int) {
        counting[shard] = entry
        let place = layout.place(ofShard: shard)
        encode(entry, at: place)
        let slot = place * WrittenEntry.size..<(place + 1) * WrittenEntry.size
        unwritten =
            unwritten.isEmpty
            ? slot : min(unwritten.lowerBound, slot.lowerBound)..<max(unwritten.upperBound, slot.upperBound)
    }

    /// Writes what was noted; false, with the system's reason, where it cannot be.
    func flush() -> Bool {
        guard !unwritten.isEmpty else { return true }
        let range = unwritten
        let isDone = bytes.withUnsafeBytes {
            Files.write(UnsafeRawBufferPointer(rebasing: $0[range]), to: descriptor, at: range.lowerBound)
        }
        if isDone { unwritten = 0..<0 }
        return isDone
    }

    /// Waits until what was written is on the disk.
    func force() -> Bool { fdatasync(descriptor) == 0 }

    /// Whether somebody has removed the file.
    var isRemoved: Bool { Files.isRemoved(descriptor) }
}

// MARK: - All nodes' logs

extension WrittenRecord {
    /// Notes how far a node's log has been written, and writes that down; false where it cannot be written.
    func write(_ entry: WrittenEntry, of node: Node.Name) -> Bool {
        guard node.number < layout.nodes else { return true }
        let place = layout.place(of: node)
        var entry = entry
        entry.boot = boot
        entry.run = run
        return withUnsafeTemporaryAllocation(byteCount: WrittenEntry.size, alignment: 8) { slot in
            entry.write(to: slot, place: place)
            return Files.write(UnsafeRawBufferPointer(slot), to: descriptor, at: place * WrittenEntry.size)
        }
    }
}

/// Which boot of the machine this is.
enum MachineBoot {
    /// A number that no other boot has; 0 where the system does not tell.
    static let current: UInt64 = {
        let path = "/proc/sys/kernel/random/boot_id"
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return 0 }
        defer { close(descriptor) }
        var text = [UInt8](repeating: 0, count: 36)
        guard read(descriptor, &text, text.count) == text.count else { return 0 }
        return text.withUnsafeBytes { CRC64.checksum(of: $0) }
    }()
}
