import Glibc

/// A small collection inside its record: a header, then the elements as `PackedElements` lays them out.
///
/// ```text
///   value   0          4          8
///           +----------+----------+-----------------------+
///           | payload  | count    | elements …            |
///           +----------+----------+-----------------------+
///    payload  32 bits: the sum of the elements' lengths
///    count    32 bits: the number of elements; a field and its value, a member and its score, are two
/// ```
///
/// Reading goes through a `PackedSequence`, valid until the record is next written to. Writing goes through the
/// functions that take the record `inout`, since it may move: `PackedSequence.append(bytes, to: &slot.pointee)`. What
/// they are given to write must not lie inside that record.
struct PackedSequence {
    private let start: UnsafePointer<UInt8>
    /// The elements' bytes, whose places the writing functions take.
    let elements: PackedElements

    private static let headerSize = 8

    /// Looks at the value of a record in a packed form.
    @inline(__always)
    init(_ record: Record) {
        assert(record.valueCount >= Self.headerSize)
        start = UnsafePointer(record.valueStart)
        elements = PackedElements(
            start: start + Self.headerSize,
            byteCount: record.valueCount - Self.headerSize
        )
    }

    /// The sum of the elements' lengths; O(1).
    @inline(__always)
    var payload: Int { Int(UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)) }

    /// The number of elements; O(1).
    @inline(__always)
    var count: Int { Int(UnsafeRawPointer(start).loadUnaligned(fromByteOffset: 4, as: UInt32.self)) }

    /// Where the element after the last would begin.
    @inline(__always)
    var end: Int { elements.byteCount }
}

// MARK: - Making

extension PackedSequence {
    /// A record with no elements yet, in one of the packed forms.
    static func make(form: ValueForm, key: ByteView, deadline: Deadline = .never) -> Record {
        let record = Record.make(form: form, key: key, valueCount: headerSize, deadline: deadline)
        setHeader(of: record, payload: 0, count: 0)
        return record
    }

    /// A record with one element, in one of the packed forms; exactly as large as it needs to be.
    static func make(form: ValueForm, key: ByteView, containing element: ByteView) -> Record {
        let size = PackedElements.size(ofElement: element.count)
        let record = Record.make(form: form, key: key, valueCount: headerSize + size)
        PackedElements.write(element, to: record.valueStart + headerSize)
        setHeader(of: record, payload: element.count, count: 1)
        return record
    }

    /// A record with two elements, in one of the packed forms; exactly as large as it needs to be.
    static func make(form: ValueForm, key: ByteView, containing first: ByteView, _ second: ByteView) -> Record {
        let size = PackedElements.size(ofElement: first.count) + PackedElements.size(ofElement: second.count)
        let record = Record.make(form: form, key: key, valueCount: headerSize + size)
        PackedElements.write(second, to: PackedElements.write(first, to: record.valueStart + headerSize))
        setHeader(of: record, payload: first.count + second.count, count: 2)
        return record
    }

    private static func setHeader(of record: Record, payload: Int, count: Int) {
        precondition(payload >= 0 && count >= 0 && payload <= Int(UInt32.max) && count <= Int(UInt32.max))
        let header = UnsafeMutableRawPointer(record.valueStart)
        header.storeBytes(of: UInt32(payload), as: UInt32.self)
        header.storeBytes(of: UInt32(count), toByteOffset: 4, as: UInt32.self)
    }

    private static func adjustHeader(of record: Record, payload: Int, count: Int) {
        let sequence = PackedSequence(record)
        setHeader(of: record, payload: sequence.payload + payload, count: sequence.count + count)
    }
}

// MARK: - Writing

extension PackedSequence {
    /// Adds an element at the end; O(1) but for moving the record.
    @inline(__always)
    static func append(_ bytes: ByteView, to record: inout Record) {
        insert(bytes, at: PackedSequence(record).end, in: &record)
    }

    /// Adds two elements at the end, a field and its value.
    @inline(__always)
    static func append(_ first: ByteView, _ second: ByteView, to record: inout Record) {
        insert(first, second, at: PackedSequence(record).end, in: &record)
    }

    /// Adds an element at the beginning; O(bytes behind it).
    @inline(__always)
    static func prepend(_ bytes: ByteView, to record: inout Record) {
        insert(bytes, at: 0, in: &record)
    }

    /// Adds an element before the one at `place`, or at the end; O(bytes behind it).
    static func insert(_ bytes: ByteView, at place: Int, in record: inout Record) {
        let gap = replaceBytes(place..<place, by: PackedElements.size(ofElement: bytes.count), in: &record)
        PackedElements.write(bytes, to: gap)
        adjustHeader(of: record, payload: bytes.count, count: 1)
    }

    /// Adds two elements before the one at `place`, or at the end; O(bytes behind them).
    static func insert(_ first: ByteView, _ second: ByteView, at place: Int, in record: inout Record) {
        let size = PackedElements.size(ofElement: first.count) + PackedElements.size(ofElement: second.count)
        let gap = replaceBytes(place..<place, by: size, in: &record)
        PackedElements.write(second, to: PackedElements.write(first, to: gap))
        adjustHeader(of: record, payload: first.count + second.count, count: 2)
    }

    /// Puts other bytes in the place of the element at `place`; O(bytes behind it) where the length differs.
    static func replace(at place: Int, with bytes: ByteView, in record: inout Record) {
        let old = PackedSequence(record).elements.element(at: place)
        let oldCount = old.bytes.count
        let gap = replaceBytes(
            place..<old.end, by: PackedElements.size(ofElement: bytes.count), in: &record)
        PackedElements.write(bytes, to: gap)
        adjustHeader(of: record, payload: bytes.count - oldCount, count: 0)
    }

    /// Takes out the `count` elements from `place` on, which must be there; O(them and the bytes behind them).
    static func remove(_ count: Int = 1, at place: Int, in record: inout Record) {
        let elements = PackedSequence(record).elements
        var end = place
        var payload = 0
        for _ in 0..<count {
            let element = elements.element(at: end)
            payload += element.bytes.count
            end = element.end
        }
        _ = replaceBytes(place..<end, by: 0, in: &record)
        adjustHeader(of: record, payload: -payload, count: -count)
    }

    /// Opens or closes a gap of `size` bytes where those of `places` are, and returns where it begins.
    private static func replaceBytes(
        _ places: Range<Int>, by size: Int, in record: inout Record
    ) -> UnsafeMutablePointer<UInt8> {
        let end = PackedSequence(record).end
        precondition(places.lowerBound >= 0 && places.upperBound <= end, "places \(places) of \(end)")
        let behind = end - places.upperBound
        let newEnd = places.lowerBound + size + behind
        // Shrinking first would cut off what lies behind.
        if newEnd > end { resize(&record, toEnd: newEnd) }
        let start = record.valueStart + headerSize
        memmove(start + places.lowerBound + size, start + places.upperBound, behind)
        if newEnd < end { resize(&record, toEnd: newEnd) }
        return record.valueStart + headerSize + places.lowerBound
    }

    /// A record that grows gets an eighth to spare, so that filling it moves it a logarithm's number of times.
    @inline(__always)
    private static func resize(_ record: inout Record, toEnd end: Int) {
        record = record.resized(toValueCount: headerSize + end, spare: end / 8)
    }
}

// MARK: - Checking

extension PackedSequence {
    /// Walks the elements both ways and compares them with the header: for tests.
    func checkInvariants() {
        let forwards = elements.map { ($0.place, $0.bytes.count) }
        precondition(forwards.count == count, "counted \(count), found \(forwards.count)")
        precondition(forwards.reduce(0) { $0 + $1.1 } == payload)
        var place = end
        for (expected, length) in forwards.reversed() {
            let element = elements.element(endingAt: place)
            precondition(element.place == expected && element.bytes.count == length, "at \(expected)")
            place = element.place
        }
        precondition(place == 0)
    }
}
