/// Which values are computed from which sets, so that only those are computed anew whose sets have changed.
///
/// Who has once read a set is told of all its changes: sets only grow, and so do those that depend on them.
struct ValueReaders {
    /// A value that is computed.
    struct Reader {
        /// -1 for none.
        var value: ValueID = -1
        /// Whether it has not been computed before: what it always reads is noted then.
        var isNew = false
    }

    /// That which is computed now.
    var present = Reader()

    private struct Link {
        /// The value that is read; of an entity, less than zero.
        var target: Int32
        var reader: ValueID
        /// The next with the same target; -1 for none.
        var next: Int32
    }

    private var links: [Link] = []
    private var pairs = Numbering()
    /// The first links by value and by entity.
    private var ofValues: [Int32] = []
    private var ofEntities: [Int32] = []
    private var entities = EntityNumbers()
    private var isDue: [Bool] = []

    /// A value is computed from now on; what was computed before is given back.
    mutating func begin(_ id: ValueID) -> Reader {
        let outer = present
        present = Reader(value: id, isNew: Int(id) >= isDue.count)
        while isDue.count <= Int(id) { isDue.append(false) }
        isDue[Int(id)] = false
        return outer
    }

    /// A value is to be computed anew.
    mutating func tell(_ id: ValueID) {
        if Int(id) < isDue.count { isDue[Int(id)] = true }
    }

    func isDue(_ id: ValueID) -> Bool { Int(id) >= isDue.count || isDue[Int(id)] }

    /// A value is read that the present one always reads.
    mutating func readOperand(_ id: ValueID) {
        if present.isNew { readValue(id) }
    }

    mutating func readValue(_ id: ValueID) {
        guard present.value >= 0 else { return }
        while ofValues.count <= Int(id) { ofValues.append(-1) }
        ofValues[Int(id)] = link(target: id, before: ofValues[Int(id)])
    }

    mutating func readEntity(_ key: UInt64) {
        guard present.value >= 0 else { return }
        let number = entities.add(key)
        if ofEntities.count <= Int(number) { ofEntities.append(-1) }
        ofEntities[Int(number)] = link(target: ~number, before: ofEntities[Int(number)])
    }

    /// Notes that the present value reads a target; gives the first of the target's links.
    private mutating func link(target: Int32, before first: Int32) -> Int32 {
        let reader = present.value
        let hash = Numbering.hash(UInt64(UInt32(bitPattern: target)), UInt64(UInt32(bitPattern: reader)))
        let known = pairs.number(hash: hash) {
            links[Int($0)].target == target && links[Int($0)].reader == reader
        }
        guard known == nil else { return first }
        pairs.insert(Int32(links.count), hash: hash)
        links.append(Link(target: target, reader: reader, next: first))
        return Int32(links.count - 1)
    }

    mutating func valueChanged(_ id: ValueID) {
        if Int(id) < ofValues.count { tell(from: ofValues[Int(id)]) }
    }

    mutating func entityChanged(_ key: UInt64) {
        if let number = entities[key] { tell(from: ofEntities[Int(number)]) }
    }

    private mutating func tell(from first: Int32) {
        var next = first
        while next >= 0 {
            isDue[Int(links[Int(next)].reader)] = true
            next = links[Int(next)].next
        }
    }
}
