/// One of the 16,384 slots that keys are spread over, exactly as in Redis Cluster.
///
/// A key's slot is the CRC16 (XMODEM: polynomial 0x1021, start 0, no reflection; the check value of `123456789` is
/// 0x31C3) of its bytes modulo 16,384. Where the key has a hash tag, a `{` with a `}` after it and at least one byte
/// between them, the tag alone is hashed: keys with the same tag share a slot. (Redis Cluster Specification, "Hash tags".)
public struct HashSlot: Sendable, Hashable, Comparable, BitwiseCopyable {
    /// The slot's number, from 0 to 16,383.
    public let number: UInt16

    /// How many slots there are.
    public static let count = 16_384

    /// The slot of this number; nil where there is none.
    public init?(number: Int) {
        guard 0..<Self.count ~= number else { return nil }
        self.number = UInt16(number)
    }

    /// The slot of a key; some 1 ns a byte, no allocation.
    public init(ofKey key: Span<UInt8>) {
        self = key.withUnsafeBytes { bytes in HashSlot(ofKey: bytes) }
    }

    /// The slot of a key; some 1 ns a byte, no allocation.
    public init(ofKey key: UnsafeRawBufferPointer) {
        let tag = Self.hashed(key)
        number = Self.checksum(UnsafeRawBufferPointer(rebasing: key[tag])) & UInt16(Self.count - 1)
    }

    /// The order of the numbers.
    public static func < (left: HashSlot, right: HashSlot) -> Bool { left.number < right.number }

    /// The shard that the slot belongs to where `shards` of them divide the slots: even ranges in the slots' order, none
    /// larger by more than one slot than another.
    public func shard(of shards: Int) -> Int {
        precondition(0 < shards && shards <= Self.count, "no way to divide the slots over \(shards) shards")
        return (Int(number) &* shards) >> 14
    }

    /// The slots that `shard(of:)` gives to one shard.
    public static func slots(ofShard shard: Int, of shards: Int) -> Range<Int> {
        precondition(0 <= shard && shard < shards && shards <= count, "no shard \(shard) of \(shards)")
        return (shard * count + shards - 1) / shards..<((shard + 1) * count + shards - 1) / shards
    }

    /// The part of a key that is hashed.
    private static func hashed(_ key: UnsafeRawBufferPointer) -> Range<Int> {
        guard let open = index(of: UInt8(ascii: "{"), in: key, from: 0) else { return 0..<key.count }
        let first = open &+ 1
        guard let close = index(of: UInt8(ascii: "}"), in: key, from: first), close > first else {
            return 0..<key.count
        }
        return first..<close
    }

    /// The first place of a byte; words without it are passed over eight bytes at a time.
    private static func index(of byte: UInt8, in key: UnsafeRawBufferPointer, from start: Int) -> Int? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let pattern = ones &* UInt64(byte)
        var index = start
        while index &+ 8 <= key.count {
            // A byte that equals the sought one is zero here, and a word has a zero byte exactly where this is not 0.
            let difference = key.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ pattern
            if (difference &- ones) & ~difference & (ones &* 0x80) != 0 { break }
            index &+= 8
        }
        while index < key.count {
            if key[index] == byte { return index }
            index &+= 1
        }
        return nil
    }

    /// The CRC16 of `bytes`, four of them in a step.
    ///
    ///     crc    | high | low |          the step's bytes   | 0 | 1 | 2 | 3 |
    ///               ^0     ^1            combined with the checksum's two bytes, each looked up in its table
    static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt16 {
        var crc: UInt16 = 0
        var index = 0
        while index &+ 4 <= bytes.count {
            crc =
                entry(3, UInt8(truncatingIfNeeded: crc >> 8) ^ bytes[index])
                ^ entry(2, UInt8(truncatingIfNeeded: crc) ^ bytes[index &+ 1])
                ^ entry(1, bytes[index &+ 2])
                ^ entry(0, bytes[index &+ 3])
            index &+= 4
        }
        while index < bytes.count {
            crc = (crc << 8) ^ entry(0, UInt8(truncatingIfNeeded: crc >> 8) ^ bytes[index])
            index &+= 1
        }
        return crc
    }

    /// One entry of one of the four tables: `table` is at most 3, so the index is within bounds for every byte.
    @inline(__always)
    private static func entry(_ table: Int, _ byte: UInt8) -> UInt16 {
        ChecksumTable.bySlices[unchecked: table &* 256 &+ Int(byte)]
    }
}
