import Glibc

/// Bytes that someone else keeps alive: an argument in the read buffer, a key or a value inside a record.
///
/// A view is valid as long as what it looks into: an argument until its command has been answered, a key or value
/// until its record is next written to. Nothing stores a view.
struct ByteView {
    let start: UnsafePointer<UInt8>
    let count: Int

    @inline(__always)
    init(start: UnsafePointer<UInt8>, count: Int) {
        assert(count >= 0)
        self.start = start
        self.count = count
    }

    /// The byte at `index`; the index is checked in every build, it costs less than the load.
    @inline(__always)
    subscript(index: Int) -> UInt8 {
        precondition(index >= 0 && index < count, "byte \(index) of a view of \(count)")
        return start[index]
    }

    var isEmpty: Bool { count == 0 }

    /// The same bytes as the standard library's buffer.
    @inline(__always)
    var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    /// The same bytes as the standard library's raw buffer.
    @inline(__always)
    var raw: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    /// The bytes from `range`, clamped by nobody: the range must lie inside.
    @inline(__always)
    func slice(_ range: Range<Int>) -> ByteView {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        return ByteView(start: start + range.lowerBound, count: range.count)
    }

    /// A copy that may be kept.
    func copied() -> [UInt8] { [UInt8](buffer) }

    /// Compares byte by byte, the shorter first where one begins the other: the order of Redis' members.
    @inline(__always)
    func isOrderedBefore(_ other: ByteView) -> Bool { compare(other) < 0 }

    /// Negative, zero or positive as these bytes order before, with or after the other's.
    @inline(__always)
    func compare(_ other: ByteView) -> Int {
        let common = memcmp(start, other.start, min(count, other.count))
        return common != 0 ? Int(common) : count - other.count
    }

    /// Whether the bytes are those of an ASCII word, in any case.
    ///
    /// `word` is given in lower case.
    func equalsIgnoringCase(_ word: StaticString) -> Bool {
        guard count == word.utf8CodeUnitCount else { return false }
        for index in 0..<count {
            var byte = start[index]
            if byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") { byte |= 0x20 }
            if byte != word.utf8Start[index] { return false }
        }
        return true
    }
}

extension ByteView: Equatable {
    @inline(__always)
    static func == (left: ByteView, right: ByteView) -> Bool {
        left.count == right.count && memcmp(left.start, right.start, left.count) == 0
    }
}

extension [UInt8] {
    /// Lends the array's bytes as a view; an empty array lends an address that is never read.
    @inline(__always)
    func withByteView<Result>(_ body: (ByteView) throws -> Result) rethrows -> Result {
        try withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else {
                return try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1) { nothing in
                    guard let start = nothing.baseAddress else { preconditionFailure("no room on the stack") }
                    return try body(ByteView(start: UnsafePointer(start), count: 0))
                }
            }
            return try body(ByteView(start: start, count: buffer.count))
        }
    }
}
