import CommandCatalog

/// The arguments of one command, in the bytes that carried them; argument 0 is the command's name.
///
/// Valid while the command is answered. Nothing is copied.
struct Arguments {
    let start: UnsafePointer<UInt8>
    private let ranges: UnsafePointer<Range<Int>>
    let count: Int

    /// Looks into `start`, where `ranges` has `count` arguments, at least one.
    @inline(__always)
    init(start: UnsafePointer<UInt8>, ranges: UnsafePointer<Range<Int>>, count: Int) {
        assert(count > 0)
        self.start = start
        self.ranges = ranges
        self.count = count
    }

    /// One argument; the index is checked in every build.
    @inline(__always)
    subscript(index: Int) -> ByteView {
        precondition(index >= 0 && index < count, "argument \(index) of \(count)")
        let range = ranges[index]
        return ByteView(start: start + range.lowerBound, count: range.upperBound - range.lowerBound)
    }
}

extension Arguments {
    /// Copies the arguments' places, for a list that outlives this one; there must be room for `count`.
    @inline(__always)
    func copyPlaces(to target: UnsafeMutablePointer<Range<Int>>) {
        target.initialize(from: ranges, count: count)
    }

    /// Lends the arguments in the catalog's shape: one buffer and the places in it.
    func withSpans<Result>(_ body: (Span<UInt8>, Span<Range<Int>>) -> Result) -> Result {
        let places = UnsafeBufferPointer(start: ranges, count: count)
        let end = places.reduce(0) { max($0, $1.upperBound) }
        return body(UnsafeBufferPointer(start: start, count: end).span, places.span)
    }
}

extension Arguments {
    /// The places of a supported command's keys among these arguments.
    @inline(__always)
    func keyIndexes(_ layout: KeyLayout) -> KeyIndexes {
        layout.indexes(argumentCount: count) { index in self[index].parsedInteger().map { Int(clamping: $0) } }
    }
}
