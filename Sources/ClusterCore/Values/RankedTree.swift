/// The members of a large sorted set in the order of their scores, those of equal scores in the order of their bytes.
///
/// A B+ tree whose inner nodes count what is below them, so that a member's rank and the member of a rank are both
/// found in O(log n); all ranges are ranges of ranks. 0 is the first rank. The tree owns its nodes (`RankedNode` draws
/// them) and not the records. -0 and 0 are the same score; NaN is none.
struct RankedTree: ~Copyable {
    /// How many members there are.
    private(set) var count = 0
    private var root = RankedNode.make(height: 0)

    deinit {
        Self.release(root)
    }

    private static func release(_ node: RankedNode) {
        if !node.isLeaf {
            for index in 0..<node.count { release(node.children[index]) }
        }
        node.free()
    }
}

// MARK: - Ranks

extension RankedTree {
    /// How many members come before a score and member: the member's rank, if it is there; O(log n).
    func rank(of member: ByteView, score: Double) -> Int {
        locate { $0.count(before: member, score: score) }.rank
    }

    /// How many members have a score below `score`, or one equal to it where `including`; O(log n).
    func count(below score: Double, including: Bool) -> Int {
        including
            ? locate { $0.prefix { other, _ in other <= score } }.rank
            : locate { $0.prefix { other, _ in other < score } }.rank
    }

    /// How many members come before `member` by their bytes, or equal it where `including`: it has a meaning where all
    /// scores are equal; O(log n).
    func count(before member: ByteView, including: Bool) -> Int {
        let most = including ? 0 : -1
        return locate { $0.prefix { _, record in record.key.compare(member).signum() <= most } }.rank
    }

    /// Where the members end that come first, of whose entries `entries` says how many a node has: the leaf, the index
    /// in it, and how many members they are.
    @inline(__always)
    private func locate(_ entries: (RankedNode) -> Int) -> (leaf: RankedNode, index: Int, rank: Int) {
        var node = root
        var rank = 0
        while !node.isLeaf {
            // To go on in: the last child whose first member counts; all before it count, none behind it does.
            let place = max(entries(node) - 1, 0)
            let sizes = node.sizes
            for index in 0..<place { rank &+= Int(sizes[index]) }
            node = node.children[place]
        }
        let index = entries(node)
        return (node, index, rank + index)
    }
}

// MARK: - Walking

extension RankedTree {
    /// The leaf that the member of a rank stands in, and where.
    @inline(__always)
    private func locate(_ rank: Int) -> (leaf: RankedNode, index: Int) {
        precondition(rank >= 0 && rank < count, "rank \(rank) of \(count)")
        var node = root
        var rest = rank
        while !node.isLeaf {
            let (index, below) = node.child(atRank: rest)
            node = node.children[index]
            rest = below
        }
        return (node, rest)
    }

    /// Visits the members of some ranks in ascending order; O(log n + ranks); the tree must not change meanwhile.
    @inline(__always)
    func forEach(_ ranks: Range<Int>, _ body: (Record, Double) -> Void) {
        guard !ranks.isEmpty else { return }
        precondition(ranks.upperBound <= count, "ranks \(ranks) of \(count)")
        var (leaf, index) = locate(ranks.lowerBound)
        var left = ranks.count
        while true {
            let end = min(leaf.count, index + left)
            for place in index..<end { body(leaf.records[place], leaf.scores[place]) }
            left -= end - index
            guard left > 0, let next = leaf.next else { return }
            leaf = next
            index = 0
        }
    }

    /// Visits the members of some ranks in descending order; O(log n + ranks); the tree must not change meanwhile.
    @inline(__always)
    func forEachReversed(_ ranks: Range<Int>, _ body: (Record, Double) -> Void) {
        guard !ranks.isEmpty else { return }
        var (leaf, index) = locate(ranks.upperBound - 1)
        var left = ranks.count
        while true {
            let begin = max(0, index + 1 - left)
            for place in (begin...index).reversed() { body(leaf.records[place], leaf.scores[place]) }
            left -= index + 1 - begin
            guard left > 0, let previous = leaf.previous else { return }
            leaf = previous
            index = leaf.count - 1
        }
    }
}

// MARK: - Inserting

extension RankedTree {
    /// Adds a member that is not there; O(log n).
    mutating func insert(_ record: Record, score: Double) {
        assert(!score.isNaN)
        count += 1
        guard let right = Self.insert(record, score: score, key: record.key, into: root) else { return }
        let top = RankedNode.make(height: root.height + 1)
        top.count = 2
        top.store(root, at: 0)
        top.store(right, at: 1)
        root = top
    }

    /// Adds a member below a node; returns the node that was split off to its right, if there was no room.
    private static func insert(
        _ record: Record, score: Double, key: ByteView, into node: RankedNode
    ) -> RankedNode? {
        let place = node.count(before: key, score: score)
        if node.isLeaf {
            return insertEntry(at: place, into: node) { $0.store(record, score: score, at: $1) }
        }
        let index = max(place - 1, 0)
        let child = node.children[index]
        let right = insert(record, score: score, key: key, into: child)
        node.refresh(index)
        guard let right else {
            node.sizes[index] += 1
            return nil
        }
        node.sizes[index] = UInt32(child.total)
        return insertEntry(at: index + 1, into: node) { $0.store(right, at: $1) }
    }

    /// Lets `store` write an entry at a place, in the node or in the half that is split off, which it returns.
    @inline(__always)
    private static func insertEntry(
        at place: Int, into node: RankedNode, _ store: (RankedNode, Int) -> Void
    ) -> RankedNode? {
        guard node.count == node.capacity else {
            node.openGap(at: place)
            store(node, place)
            return nil
        }
        // A last leaf that is appended to stays full: members that arrive in order leave no half-empty leaves.
        let isAppending = node.isLeaf && node.next == nil && place == node.count
        let right = node.split(keeping: isAppending ? node.count : node.count / 2)
        let target = place < node.count ? node : right
        let targetPlace = place < node.count ? place : place - node.count
        target.openGap(at: targetPlace)
        store(target, targetPlace)
        return right
    }
}

// MARK: - Moving

extension RankedTree {
    /// Gives a member another score; O(log n), with one search where a small step leaves it between its neighbours.
    mutating func move(_ record: Record, from old: Double, to new: Double) {
        let member = record.key
        let (leaf, index, rank) = locate { $0.count(before: member, score: old) }
        // A leaf's first is found as the end of the leaf before: it has no neighbour here, and nodes above name it.
        if index > 0 && index + 1 < leaf.count
            && RankedNode.isBefore(leaf.scores[index - 1], leaf.records[index - 1], new, member)
            && !RankedNode.isBefore(leaf.scores[index + 1], leaf.records[index + 1], new, member)
        {
            precondition(leaf.records[index].address == record.address, "not a member")
            leaf.scores[index] = new
            return
        }
        remove(rank..<rank + 1) { _ in }
        insert(record, score: new)
    }
}

// MARK: - Removing

extension RankedTree {
    /// Takes the members of some ranks out and hands each over, to be freed if wanted; O(ranks + leaves × log n).
    mutating func remove(_ ranks: Range<Int>, _ body: (Record) -> Void) {
        precondition(ranks.lowerBound >= 0 && ranks.upperBound <= count, "ranks \(ranks) of \(count)")
        var left = ranks.count
        while left > 0 {
            let removed = Self.removeRun(from: ranks.lowerBound, atMost: left, in: root, body)
            left -= removed
            count -= removed
            while !root.isLeaf && root.count == 1 {
                let only = root.children[0]
                root.free()
                root = only
            }
        }
    }

    /// Takes out members of one leaf, from a rank on; returns how many.
    ///
    /// No entry is compared with another on the way: those above may still name a record that has been freed, until
    /// `mend` has rewritten them.
    private static func removeRun(
        from rank: Int, atMost limit: Int, in node: RankedNode, _ body: (Record) -> Void
    ) -> Int {
        if node.isLeaf {
            let run = rank..<min(rank + limit, node.count)
            for index in run { body(node.records[index]) }
            node.closeGap(run)
            return run.count
        }
        let (index, below) = node.child(atRank: rank)
        let removed = removeRun(from: below, atMost: limit, in: node.children[index], body)
        node.sizes[index] -= UInt32(removed)
        mend(index, of: node)
        return removed
    }

    /// Puts a node right whose child has lost entries: joins the child with a neighbour where it is sparse.
    private static func mend(_ index: Int, of node: RankedNode) {
        guard node.children[index].isSparse else { return node.refresh(index) }
        assert(node.count > 1)
        let leftIndex = max(index - 1, 0)
        let left = node.children[leftIndex]
        let right = node.children[leftIndex + 1]
        if left.count + right.count <= left.capacity {
            left.absorb(right)
            node.closeGap(leftIndex + 1..<leftIndex + 2)
        } else {
            left.balance(with: right)
            node.store(right, at: leftIndex + 1)
        }
        node.store(left, at: leftIndex)
    }
}

// MARK: - Checking

extension RankedTree {
    /// Checks order, counts, heights, fill and the leaves' chain of the whole tree: for tests.
    func checkInvariants() {
        var leaves: [RankedNode] = []
        precondition(Self.check(root, isRoot: true, &leaves) == count, "\(count) members are not what is there")
        for (leaf, next) in zip(leaves, leaves.dropFirst()) {
            precondition(leaf.next?.address == next.address && next.previous?.address == leaf.address, "broken chain")
        }
        precondition(leaves.first?.previous == nil && leaves.last?.next == nil, "the chain's ends are not ends")
        var last: (score: Double, key: ByteView)?
        forEach(0..<count) { record, score in
            if let last {
                precondition(
                    last.score < score || (last.score == score && last.key.isOrderedBefore(record.key)),
                    "\(last.score) \(last.key.copied()) is not before \(score) \(record.key.copied())")
            }
            last = (score, record.key)
        }
    }

    /// Checks a node and all below it; returns how many members there are.
    private static func check(_ node: RankedNode, isRoot: Bool, _ leaves: inout [RankedNode]) -> Int {
        precondition(node.count <= node.capacity, "\(node.count) entries of \(node.capacity)")
        if node.isLeaf {
            precondition(isRoot || node.count > 0, "an empty leaf")
            leaves.append(node)
            return node.count
        }
        precondition(isRoot ? node.count > 1 : !node.isSparse, "an inner node of \(node.count) entries")
        for index in 0..<node.count {
            let child = node.children[index]
            precondition(child.height == node.height - 1, "a child of height \(child.height) below \(node.height)")
            precondition(
                node.records[index].address == child.records[0].address && node.scores[index] == child.scores[0],
                "entry \(index) is not its child's first")
            precondition(check(child, isRoot: false, &leaves) == Int(node.sizes[index]), "a wrong size")
        }
        return node.total
    }
}
