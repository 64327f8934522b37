import Glibc

/// The members of a set that are all integers, sorted, inside its record.
///
/// ```text
///   value   0          4        6        8
///           +----------+--------+--------+-----------------------+
///           | payload  | count  | width  | integers, ascending … |
///           +----------+--------+--------+-----------------------+
///    payload  32 bits: the sum of the lengths of the members' decimal texts
///    count    16 bits: the number of members
///    width    16 bits: the bytes of every integer, 2, 4 or 8; the widest member decides, and it never narrows
/// ```
///
/// Reading goes through an `IntegerSet`, valid until the record is next written to. Writing goes through the functions
/// that take the record `inout`, since it may move.
struct IntegerSet {
    private let start: UnsafeMutablePointer<UInt8>

    private static let headerSize = 8

    /// The most members: `set-max-intset-entries` of Redis 2.8.
    ///
    /// Whoever adds one more converts the set first.
    static let maximumCount = 512

    /// Looks at the value of a record of form `integerSet`.
    @inline(__always)
    init(_ record: Record) {
        assert(record.form == .integerSet && record.valueCount >= Self.headerSize)
        start = record.valueStart
    }

    private var header: UnsafeMutableRawPointer { UnsafeMutableRawPointer(start) }

    /// The sum of the lengths of the members' texts; O(1).
    @inline(__always)
    private(set) var payload: Int {
        get { Int(header.loadUnaligned(as: UInt32.self)) }
        nonmutating set { header.storeBytes(of: UInt32(newValue), as: UInt32.self) }
    }

    /// The number of members; O(1).
    @inline(__always)
    private(set) var count: Int {
        get { Int(header.loadUnaligned(fromByteOffset: 4, as: UInt16.self)) }
        nonmutating set { header.storeBytes(of: UInt16(newValue), toByteOffset: 4, as: UInt16.self) }
    }

    /// The bytes of every integer.
    @inline(__always)
    private(set) var width: Int {
        get { Int(header.loadUnaligned(fromByteOffset: 6, as: UInt16.self)) }
        nonmutating set { header.storeBytes(of: UInt16(newValue), toByteOffset: 6, as: UInt16.self) }
    }

    private var integers: UnsafeMutableRawPointer { header + Self.headerSize }
}

// MARK: - Reading

extension IntegerSet {
    /// The member at `index` in ascending order; O(1).
    @inline(__always)
    subscript(index: Int) -> Int64 {
        precondition(index >= 0 && index < count, "integer \(index) of \(count)")
        return load(index, width: width)
    }

    /// Whether an integer is a member; O(log n).
    @inline(__always)
    func contains(_ integer: Int64) -> Bool {
        let index = position(of: integer)
        return index < count && load(index, width: width) == integer
    }

    /// Lends the decimal text of the member at `index`.
    @inline(__always)
    func withText(at index: Int, _ body: (ByteView) -> Void) {
        let integer = self[index]
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: DecimalDigits.longest) { digits in
            guard let digitsStart = digits.baseAddress else { return }
            let length = DecimalDigits.write(integer, to: digitsStart)
            body(ByteView(start: digitsStart, count: length))
        }
    }

    /// How many members are less than `integer`: where it is, or belongs; O(log n).
    private func position(of integer: Int64) -> Int {
        let width = width
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if load(middle, width: width) < integer { low = middle + 1 } else { high = middle }
        }
        return low
    }

    @inline(__always)
    private func load(_ index: Int, width: Int) -> Int64 {
        let place = integers + index * width
        return switch width {
        case 2: Int64(place.loadUnaligned(as: Int16.self))
        case 4: Int64(place.loadUnaligned(as: Int32.self))
        default: place.loadUnaligned(as: Int64.self)
        }
    }
}

// MARK: - Writing

extension IntegerSet {
    /// A record with one member.
    static func make(key: ByteView, containing integer: Int64, deadline: Deadline = .never) -> Record {
        let width = width(of: integer)
        let record = Record.make(
            form: .integerSet, key: key, valueCount: headerSize + width, deadline: deadline)
        let set = IntegerSet(record)
        set.width = width
        set.count = 1
        set.payload = DecimalDigits.length(of: integer)
        set.store(integer, at: 0)
        return record
    }

    /// Adds a member; false where it is one already; O(n), those above it move.
    static func insert(_ integer: Int64, into record: inout Record) -> Bool {
        let old = IntegerSet(record)
        let index = old.position(of: integer)
        if index < old.count && old[index] == integer { return false }
        let oldCount = old.count
        precondition(oldCount < maximumCount, "a set of integers that is full")
        let oldWidth = old.width
        let width = max(oldWidth, width(of: integer))
        let size = headerSize + (oldCount + 1) * width
        record = record.resized(toValueCount: size, spare: size / 8)
        let set = IntegerSet(record)
        if width > oldWidth { set.widen(to: width) }
        memmove(set.integers + (index + 1) * width, set.integers + index * width, (oldCount - index) * width)
        set.count = oldCount + 1
        set.payload += DecimalDigits.length(of: integer)
        set.store(integer, at: index)
        return true
    }

    /// Takes a member out; false where it is none; O(n), those above it move.
    static func remove(_ integer: Int64, from record: inout Record) -> Bool {
        let set = IntegerSet(record)
        let index = set.position(of: integer)
        let count = set.count
        guard index < count, set[index] == integer else { return false }
        let width = set.width
        memmove(set.integers + index * width, set.integers + (index + 1) * width, (count - index - 1) * width)
        set.count = count - 1
        set.payload -= DecimalDigits.length(of: integer)
        record = record.resized(toValueCount: headerSize + (count - 1) * width)
        return true
    }

    private static func width(of integer: Int64) -> Int {
        if Int16(exactly: integer) != nil { return 2 }
        return Int32(exactly: integer) != nil ? 4 : 8
    }

    @inline(__always)
    private func store(_ integer: Int64, at index: Int) {
        let place = integers + index * width
        switch width {
        case 2: place.storeBytes(of: Int16(integer), as: Int16.self)
        case 4: place.storeBytes(of: Int32(integer), as: Int32.self)
        default: place.storeBytes(of: integer, as: Int64.self)
        }
    }

    /// Rewrites the members from the last on: none is overwritten before it has been read.
    private func widen(to width: Int) {
        let oldWidth = self.width
        self.width = width
        for index in (0..<count).reversed() { store(load(index, width: oldWidth), at: index) }
    }
}

// MARK: - Checking

extension IntegerSet {
    /// Compares the header with the members: for tests.
    func checkInvariants() {
        precondition([2, 4, 8].contains(width), "integers of \(width) bytes")
        precondition(count <= Self.maximumCount, "\(count) members")
        let members = (0..<count).map { self[$0] }
        precondition(zip(members, members.dropFirst()).allSatisfy(<), "not ascending: \(members)")
        precondition(members.reduce(0) { $0 + DecimalDigits.length(of: $1) } == payload, "payload \(payload)")
    }
}
