/// A set to be read, whatever its form; valid until its record is next written to.
struct SetMembers {
    let record: Record

    /// Looks at a record whose value is a set.
    @inline(__always)
    init(_ record: Record) {
        assert(record.form.type == .set)
        self.record = record
    }

    /// The members' table, where the set has outgrown the compact forms.
    @inline(__always)
    var table: UnsafeMutablePointer<MemberTable>? {
        record.form == .set ? record.object(as: MemberTable.self) : nil
    }

    /// The sum of the members' lengths; O(1).
    var payload: Int {
        switch record.form {
        case .integerSet: IntegerSet(record).payload
        case .packedSet: PackedSequence(record).payload
        default: record.object(as: MemberTable.self).pointee.payload
        }
    }

    /// How many members there are; O(1).
    var count: Int {
        switch record.form {
        case .integerSet: IntegerSet(record).count
        case .packedSet: PackedSequence(record).count
        default: record.object(as: MemberTable.self).pointee.count
        }
    }

    /// Whether some bytes are a member; O(1), in the compact forms a search through at most 512 or 128.
    @inline(__always)
    func contains(_ member: ByteView) -> Bool {
        switch record.form {
        case .integerSet:
            if let integer = member.canonicalInteger() { IntegerSet(record).contains(integer) } else { false }
        case .packedSet: PackedSequence(record).elements.find(member) != nil
        default: record.object(as: MemberTable.self).pointee.contains(member)
        }
    }

    /// Visits every member once, integers in ascending order; what is lent is dead when `body` returns.
    @inline(__always)
    func forEach(_ body: (ByteView) -> Void) {
        switch record.form {
        case .integerSet:
            let integers = IntegerSet(record)
            for index in 0..<integers.count { integers.withText(at: index, body) }
        case .packedSet:
            for element in PackedSequence(record).elements { body(element.bytes) }
        default:
            record.object(as: MemberTable.self).pointee.table.forEach { body($0.key) }
        }
    }

    /// Whether all members fulfil a condition; stops at the first that does not.
    @inline(__always)
    func allSatisfy(_ condition: (ByteView) -> Bool) -> Bool {
        var holds = true
        forEach { member in
            if holds { holds = condition(member) }
        }
        return holds
    }
}

// MARK: - By chance

extension SetMembers {
    /// Lends a member by chance; the set has one at least; O(1), in a packed set O(members).
    @inline(__always)
    func withRandom(using generator: inout SmallGenerator, _ body: (ByteView) -> Void) {
        switch record.form {
        case .integerSet:
            let integers = IntegerSet(record)
            integers.withText(at: Int.random(in: 0..<integers.count, using: &generator), body)
        case .packedSet:
            let packed = PackedSequence(record)
            let index = Int.random(in: 0..<packed.count, using: &generator)
            let place = packed.elements.place(ofIndex: index, count: packed.count)
            body(packed.elements.element(at: place).bytes)
        default:
            guard let chosen = record.object(as: MemberTable.self).pointee.table.random(using: &generator) else {
                preconditionFailure("a set without members")
            }
            body(chosen.key)
        }
    }

    /// Visits `wanted` different members by chance, every choice as likely, in the set's own order; O(members).
    func forEachChosen(_ wanted: Int, using generator: inout SmallGenerator, _ body: (ByteView) -> Void) {
        var left = count
        var wanted = wanted
        forEach { member in
            // Of `left` members still to come `wanted` are to be taken: this one with just that chance (Knuth's
            // selection sampling).
            if wanted > 0 && Int.random(in: 0..<left, using: &generator) < wanted {
                body(member)
                wanted -= 1
            }
            left -= 1
        }
    }

    /// Whether so many members drawn by chance take more than so many bytes as bulks; with few drawn, or where it may be
    /// either, it is no; O(members).
    ///
    /// What they take is the sum of independent draws: so far above its mean that it is less never (by six times its
    /// deviation, once in 10⁹).
    func surelyExceeds(_ room: Int, drawn: Int) -> Bool {
        guard drawn > count else { return false }
        var (sum, squares) = (0.0, 0.0)
        forEach { member in
            let size = Double(ReplyBuffer.size(ofBulk: member.count))
            sum += size
            squares += size * size
        }
        let mean = sum / Double(count)
        let variance = max(0, squares / Double(count) - mean * mean)
        return mean * Double(drawn) - 6 * (variance * Double(drawn)).squareRoot() > Double(room)
    }
}
