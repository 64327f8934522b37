import TestSupport
import Testing

@testable import ClusterCore

struct WrittenRecordTests {
    private static func entry(_ written: Int, node: Int = 0, at position: UInt64 = 0) -> WrittenEntry {
        var entry = WrittenEntry()
        entry.node = node
        entry.log = 3
        entry.written.size = written
        entry.forced.size = written / 2
        entry.position = position
        return entry
    }

    @Test func `what was noted is read again`() throws {
        let folder = try TemporaryFolder(isInMemory: true)
        let record = try WrittenRecord(in: folder.path, nodes: 2, (0..<200).map { Self.entry($0) })
        record.note(Self.entry(1_000, at: 7), ofShard: 199)
        record.note(Self.entry(2_000), ofShard: 100)
        #expect(record.flush())
        #expect(record.write(Self.entry(900, node: 1, at: 7), of: Node.Name(shard: 199, number: 1)))
        #expect(record.write(Self.entry(900, node: 1, at: 6), of: Node.Name(shard: 100, number: 1)))
        let contents = try #require(try WrittenContents(in: folder.path))
        func required(_ shard: Int, _ node: Int = 0) -> Int? {
            contents.required(of: Node.Name(shard: shard, number: node))?.extent.size
        }
        #expect([0, 5, 99, 100, 199].map { required($0) } == [0, 5, 99, 2_000, 1_000])
        #expect([5, 100, 199].map { required($0, 1) } == [nil, 900, 900])
        #expect(contents.isComplete(Node.Name(shard: 199, number: 1)))
        #expect(contents.isComplete(Node.Name(shard: 100, number: 1)))
        #expect(!contents.isComplete(Node.Name(shard: 5, number: 1)))
        record.note(Self.entry(1_100, at: 8), ofShard: 199)
        #expect(record.flush())
        #expect(try WrittenContents(in: folder.path)?.isComplete(Node.Name(shard: 199, number: 1)) == false)
    }

    @Test func `another run writes into the file that is there, and its entries are of another run`() throws {
        let folder = try TemporaryFolder(isInMemory: true)
        do {
            let record = try WrittenRecord(in: folder.path, nodes: 2, [Self.entry(10)])
            #expect(record.write(Self.entry(10, node: 1), of: Node.Name(shard: 0, number: 1)))
        }
        _ = try WrittenRecord(in: folder.path, nodes: 2, [Self.entry(20)])
        let contents = try #require(try WrittenContents(in: folder.path))
        #expect(contents.required(of: Node.Name(shard: 0, number: 0))?.extent.size == 20)
        #expect(contents.required(of: Node.Name(shard: 0, number: 1)) == nil)
    }

    @Test func `no flipped bit of an entry is read as another one`() {
        var bytes = [UInt8](repeating: 0, count: WrittenEntry.size)
        bytes.withUnsafeMutableBytes { Self.entry(77).write(to: $0, place: 5) }
        #expect(bytes.withUnsafeBytes { WrittenEntry($0, place: 5) } == Self.entry(77))
        #expect(bytes.withUnsafeBytes { WrittenEntry($0, place: 6) } == nil)
        for bit in 0..<8 * bytes.count {
            var flipped = bytes
            flipped[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(flipped.withUnsafeBytes { WrittenEntry($0, place: 5) } == nil, "bit \(bit)")
        }
    }
}
