/// A decoded request in place: where its bytes are, and the range of each argument in them.
///
/// Argument 0 is the name.
///
/// A trivial value (two pointers and a count, no reference counting). It is valid as long as the bytes it was made over
/// stay where they are and, when it came from a ``RequestDecoder``, until that decoder is used again.
public struct RequestView {
    /// What ``ranges`` count from.
    public let base: UnsafeRawPointer

    /// The range of each argument, relative to ``base``.
    public let ranges: UnsafeBufferPointer<Range<Int>>

    /// A view of arguments that the caller keeps, for instance those of a command queued in a transaction.
    @inlinable
    public init(base: UnsafeRawPointer, ranges: UnsafeBufferPointer<Range<Int>>) {
        self.base = base
        self.ranges = ranges
    }

    /// How many arguments there are, the name included.
    @inlinable
    public var count: Int { ranges.count }

    /// The bytes of one argument.
    ///
    /// Stops the program for an index outside 0 ..< ``count``.
    @inlinable
    public subscript(index: Int) -> UnsafeRawBufferPointer {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: ranges.count), "no such argument")
        let range = ranges[index]
        return UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.upperBound &- range.lowerBound)
    }

    /// A copy of one argument, to keep beyond the request.
    public func copyArgument(_ index: Int) -> [UInt8] {
        Array(self[index])
    }
}
