import CMemory
import Glibc

/// One node of a `RankedTree`, in raw memory: a handle, as a `Record` is.
///
/// ```text
///   leaf     0       2        4    8          248         488        496    504
///            +-------+--------+----+-----------+-----------+----------+------+
///            | count | height |    | 30 scores | 30 records| previous | next |
///            +-------+--------+----+-----------+-----------+----------+------+
///   inner    0       2        4    8          296         584          872        1016
///            +-------+--------+----+-----------+-----------+------------+----------+
///            | count | height |    | 36 scores | 36 records| 36 children| 36 sizes |
///            +-------+--------+----+-----------+-----------+------------+----------+
///    count     16 bits: the entries in use, from the front
///    height    16 bits: 0 of a leaf, one more than its children's of an inner node
///    scores    the scores of the entries, ascending; those with equal scores stand in the order of their members
///    records   the members; in an inner node, score and record of an entry are those of its child's first
///    previous, next   the leaves on both sides, 0 at the ends
///    sizes     32 bits each: how many members there are below each child
/// ```
///
/// Scores stand together so that a search reads few cache lines, and a record is looked at only where scores are equal.
struct RankedNode {
    let address: UnsafeMutableRawPointer

    static let leafCapacity = 30
    static let innerCapacity = 36
    /// A node that loses an entry and has less than a third then is joined with a neighbour.
    private static let leafMinimum = leafCapacity / 3
    private static let innerMinimum = innerCapacity / 3

    private static let scoresOffset = 8
    private static let leafRecordsOffset = scoresOffset + leafCapacity * 8
    private static let previousOffset = leafRecordsOffset + leafCapacity * 8
    private static let nextOffset = previousOffset + 8
    private static let leafSize = nextOffset + 8
    private static let innerRecordsOffset = scoresOffset + innerCapacity * 8
    private static let childrenOffset = innerRecordsOffset + innerCapacity * 8
    private static let sizesOffset = childrenOffset + innerCapacity * 8
    private static let innerSize = sizesOffset + innerCapacity * 4

    @inline(__always)
    private init(address: UnsafeMutableRawPointer) {
        self.address = address
    }

    /// A node without entries; its memory is given back by `free`.
    static func make(height: Int) -> RankedNode {
        let size = height == 0 ? leafSize : innerSize
        guard let address = malloc(size) else { cmemory_end(size) }
        address.storeBytes(of: 0, as: UInt16.self)
        address.storeBytes(of: UInt16(height), toByteOffset: 2, as: UInt16.self)
        let node = RankedNode(address: address)
        if height == 0 {
            node.previous = nil
            node.next = nil
        }
        return node
    }

    /// Gives the node's memory back, and nothing that it points to.
    func free() { Glibc.free(address) }
}

// MARK: - Fields

extension RankedNode {
    /// The entries in use.
    @inline(__always)
    var count: Int {
        get { Int(address.load(as: UInt16.self)) }
        nonmutating set { address.storeBytes(of: UInt16(newValue), as: UInt16.self) }
    }

    /// How far the node is above the leaves.
    @inline(__always)
    var height: Int { Int(address.load(fromByteOffset: 2, as: UInt16.self)) }

    @inline(__always)
    var isLeaf: Bool { height == 0 }

    @inline(__always)
    var capacity: Int { isLeaf ? Self.leafCapacity : Self.innerCapacity }

    /// Whether the node has so few entries that it is to be joined with a neighbour.
    @inline(__always)
    var isSparse: Bool { count < (isLeaf ? Self.leafMinimum : Self.innerMinimum) }

    @inline(__always)
    var scores: UnsafeMutablePointer<Double> {
        (address + Self.scoresOffset).assumingMemoryBound(to: Double.self)
    }

    @inline(__always)
    var records: UnsafeMutablePointer<Record> {
        (address + (isLeaf ? Self.leafRecordsOffset : Self.innerRecordsOffset)).assumingMemoryBound(to: Record.self)
    }

    @inline(__always)
    var children: UnsafeMutablePointer<RankedNode> {
        assert(!isLeaf)
        return (address + Self.childrenOffset).assumingMemoryBound(to: RankedNode.self)
    }

    @inline(__always)
    var sizes: UnsafeMutablePointer<UInt32> {
        assert(!isLeaf)
        return (address + Self.sizesOffset).assumingMemoryBound(to: UInt32.self)
    }

    /// The leaf before this one.
    @inline(__always)
    var previous: RankedNode? {
        get { neighbour(at: Self.previousOffset) }
        nonmutating set { setNeighbour(newValue, at: Self.previousOffset) }
    }

    /// The leaf after this one.
    @inline(__always)
    var next: RankedNode? {
        get { neighbour(at: Self.nextOffset) }
        nonmutating set { setNeighbour(newValue, at: Self.nextOffset) }
    }

    @inline(__always)
    private func neighbour(at offset: Int) -> RankedNode? {
        assert(isLeaf)
        return UnsafeMutableRawPointer(bitPattern: address.load(fromByteOffset: offset, as: UInt.self))
            .map(RankedNode.init)
    }

    private func setNeighbour(_ node: RankedNode?, at offset: Int) {
        assert(isLeaf)
        address.storeBytes(of: UInt(bitPattern: node?.address), toByteOffset: offset, as: UInt.self)
    }

    /// How many members there are at and below this node; O(entries).
    var total: Int {
        isLeaf ? count : (0..<count).reduce(0) { $0 + Int(sizes[$1]) }
    }
}

// MARK: - Searching

extension RankedNode {
    /// How many entries come first that `isBefore` holds of; it holds of no later one.
    @inline(__always)
    func prefix(_ isBefore: (Double, Record) -> Bool) -> Int {
        let scores = scores
        let records = records
        var low = 0
        var high = count
        while low < high {
            let middle = (low &+ high) / 2
            if isBefore(scores[middle], records[middle]) { low = middle &+ 1 } else { high = middle }
        }
        return low
    }

    /// Whether an entry comes before a score and member.
    @inline(__always)
    static func isBefore(_ left: Double, _ record: Record, _ score: Double, _ member: ByteView) -> Bool {
        left < score || (left == score && record.key.isOrderedBefore(member))
    }

    /// How many entries come before a score and member.
    @inline(__always)
    func count(before member: ByteView, score: Double) -> Int {
        prefix { Self.isBefore($0, $1, score, member) }
    }

    /// The child below which the member of a rank is, and its rank there.
    @inline(__always)
    func child(atRank rank: Int) -> (index: Int, rank: Int) {
        let sizes = sizes
        var index = 0
        var rest = rank
        while rest >= Int(sizes[index]) {
            rest -= Int(sizes[index])
            index += 1
            assert(index < count, "rank \(rank) is not below this node")
        }
        return (index, rest)
    }
}

// MARK: - Moving entries

extension RankedNode {
    /// Copies entries to another place, of the same node or another of the same kind; the counts stay as they are.
    private func copy(_ range: Range<Int>, to target: RankedNode, at index: Int) {
        assert(isLeaf == target.isLeaf && index + range.count <= capacity)
        let words = range.count * 8
        memmove(target.scores + index, scores + range.lowerBound, words)
        memmove(target.records + index, records + range.lowerBound, words)
        guard !isLeaf else { return }
        memmove(target.children + index, children + range.lowerBound, words)
        memmove(target.sizes + index, sizes + range.lowerBound, words / 2)
    }

    /// Makes room for `width` entries before the one at `index`.
    @inline(__always)
    func openGap(at index: Int, width: Int = 1) {
        copy(index..<count, to: self, at: index + width)
        count += width
    }

    /// Drops entries.
    @inline(__always)
    func closeGap(_ range: Range<Int>) {
        copy(range.upperBound..<count, to: self, at: range.lowerBound)
        count -= range.count
    }

    /// Writes a leaf's entry.
    @inline(__always)
    func store(_ record: Record, score: Double, at index: Int) {
        scores[index] = score
        records[index] = record
    }

    /// Writes an inner node's entry.
    @inline(__always)
    func store(_ child: RankedNode, at index: Int) {
        children[index] = child
        refresh(index)
        sizes[index] = UInt32(child.total)
    }

    /// Writes an entry's score and record anew: its child's first.
    @inline(__always)
    func refresh(_ index: Int) {
        let child = children[index]
        scores[index] = child.scores[0]
        records[index] = child.records[0]
    }

    /// Keeps the first `kept` entries and moves the others to a new node, which it returns.
    func split(keeping kept: Int) -> RankedNode {
        let right = RankedNode.make(height: height)
        copy(kept..<count, to: right, at: 0)
        right.count = count - kept
        count = kept
        if isLeaf {
            right.previous = self
            right.next = next
            next?.previous = right
            next = right
        }
        return right
    }

    /// Moves all entries of the node to the right into this one, which has room for them, and frees it.
    func absorb(_ right: RankedNode) {
        right.copy(0..<right.count, to: self, at: count)
        count += right.count
        if isLeaf {
            next = right.next
            next?.previous = self
        }
        right.free()
    }

    /// Moves entries from the fuller of two neighbours to the other, so that both have as many.
    func balance(with right: RankedNode) {
        let target = (count + right.count) / 2
        if count < target {
            let moved = target - count
            right.copy(0..<moved, to: self, at: count)
            count = target
            right.closeGap(0..<moved)
        } else {
            let moved = count - target
            right.openGap(at: 0, width: moved)
            copy(target..<count, to: right, at: 0)
            count = target
        }
    }
}
