import CByteSearch

/// Searches for bytes, sixteen at a time.
enum ByteSearch {
    /// The first byte at or after `position` that is one of the two or a line feed, or `end`.
    @inline(__always)
    static func next(
        _ first: UInt8, _ second: UInt8, _ base: UnsafeRawPointer, from position: Int, end: Int
    ) -> Int {
        var position = cbytesearch_next3(base, position, end, first, second, Byte.lineFeed)
        while position < end {
            let byte = base.load(fromByteOffset: position, as: UInt8.self)
            if byte == first || byte == second || byte == Byte.lineFeed { return position }
            position &+= 1
        }
        return end
    }

    /// The first line feed at or after `position`, or nil.
    static func nextLineFeed(_ base: UnsafeRawPointer, from position: Int, end: Int) -> Int? {
        let found = next(Byte.lineFeed, Byte.lineFeed, base, from: position, end: end)
        return found < end ? found : nil
    }
}
