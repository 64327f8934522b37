/// The part of a string that GETRANGE and BITCOUNT name by its first and last byte.
enum ByteRange {
    /// The bytes from `first` to `last`, both counted from the end where they are negative and then kept inside as 2.8
    /// does; nil where there are none.
    static func clamped(first: Int64, last: Int64, count: Int) -> Range<Int>? {
        let count = Int64(count)
        let first = max(first < 0 ? first &+ count : first, 0)
        var last = max(last < 0 ? last &+ count : last, 0)
        if last >= count { last = count - 1 }
        return first > last ? nil : Int(first)..<Int(last) + 1
    }
}
