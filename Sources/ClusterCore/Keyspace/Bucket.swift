/// One cache line of a hash table: up to seven records, told apart by a byte of their hash.
///
/// ```text
///   0   1   2   3   4   5   6   7   8        16       24           56       64
///   +---+---+---+---+---+---+---+---+--------+--------+-- … --+--------+
///   | t | t | t | t | t | t | t | c | record | record |       | record |
///   +---+---+---+---+---+---+---+---+--------+--------+-- … --+--------+
///    t  tag: 1…255 for a record, 0 for none; records stand together at the front
///    c  1 where the seventh word is the address of a further bucket, whose tag is then 0
/// ```
///
/// A `Bucket` is a handle on 64 bytes that their table owns.
struct Bucket {
    let address: UnsafeMutablePointer<UInt64>

    static let size = 64
    static let slots = 7

    private static let lowBits: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    private static let tagBits: UInt64 = 0x00FF_FFFF_FFFF_FFFF
    private static let chainBit: UInt64 = 1 << 56

    @inline(__always)
    init(address: UnsafeMutablePointer<UInt64>) {
        self.address = address
    }

    /// The tag of a hash: its top byte, but never 0.
    @inline(__always)
    static func tag(of hash: UInt64) -> UInt8 {
        let top = UInt8(truncatingIfNeeded: hash >> 56)
        return top == 0 ? 1 : top
    }

    /// A word with the top bit of each byte set where the tag is `tag`: exact, so no word is mistaken for a record.
    @inline(__always)
    func matches(_ tag: UInt8) -> UInt64 {
        let difference = (address[0] & Self.tagBits) ^ (0x0001_0101_0101_0101 &* UInt64(tag)) | 0xFF << 56
        return ~(((difference & Self.lowBits) &+ Self.lowBits) | difference | Self.lowBits)
    }

    /// How many records stand in this bucket itself.
    @inline(__always)
    var count: Int {
        let tags = address[0] & Self.tagBits
        return (64 - tags.leadingZeroBitCount + 7) / 8
    }

    @inline(__always)
    func record(at slot: Int) -> Record {
        assert(slot >= 0 && slot < count)
        guard let address = UnsafeMutableRawPointer(bitPattern: UInt(address[slot + 1])) else {
            preconditionFailure("an empty slot with a tag")
        }
        return Record(address: address)
    }

    @inline(__always)
    func tag(at slot: Int) -> UInt8 { UInt8(truncatingIfNeeded: address[0] >> UInt64(slot * 8)) }

    @inline(__always)
    func store(_ record: Record, tag: UInt8, at slot: Int) {
        assert(slot >= 0 && slot < Self.slots && tag != 0)
        let shift = UInt64(slot * 8)
        address[0] = address[0] & ~(0xFF << shift) | UInt64(tag) << shift
        address[slot + 1] = UInt64(UInt(bitPattern: record.address))
    }

    @inline(__always)
    func clear(slot: Int) {
        address[0] &= ~(0xFF << UInt64(slot * 8))
        address[slot + 1] = 0
    }

    /// The bucket that goes on where this one is full.
    @inline(__always)
    var next: Bucket? {
        guard address[0] & Self.chainBit != 0 else { return nil }
        return UnsafeMutablePointer<UInt64>(bitPattern: UInt(address[Self.slots])).map(Bucket.init)
    }

    /// Moves the seventh record to `next`, an empty bucket, and goes on there from now on.
    func chain(to next: Bucket) {
        assert(count == Self.slots && self.next == nil && next.count == 0)
        next.store(record(at: Self.slots - 1), tag: tag(at: Self.slots - 1), at: 0)
        clear(slot: Self.slots - 1)
        address[0] |= Self.chainBit
        address[Self.slots] = UInt64(UInt(bitPattern: next.address))
    }

    /// Ends the chain here.
    func unchain() {
        address[0] &= ~Self.chainBit
        address[Self.slots] = 0
    }

    /// Forgets all records and the chain.
    func empty() {
        for word in 0..<(Self.size / MemoryLayout<UInt64>.size) { address[word] = 0 }
    }
}
