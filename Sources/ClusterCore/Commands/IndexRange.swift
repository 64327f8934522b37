/// The `start stop` of LRANGE, LTRIM, ZRANGE and their like: both count from 0, or from the end where they are negative
/// (-1 is the last), and both are included.
enum IndexRange {
    /// The indexes that `start` and `stop` mean in a sequence of `count` elements; nil where there are none.
    @inline(__always)
    static func normalized(start: Int64, stop: Int64, count: Int) -> Range<Int>? {
        let count = Int64(count)
        let first = start < 0 ? max(start &+ count, 0) : start
        let last = min(stop < 0 ? stop &+ count : stop, count - 1)
        return first > last ? nil : Int(first)..<Int(last) + 1
    }

    /// The index that `index` means in a sequence of `count` elements; nil where there is no such element.
    @inline(__always)
    static func normalized(index: Int64, count: Int) -> Int? {
        let place = index < 0 ? index &+ Int64(count) : index
        return place >= 0 && place < count ? Int(place) : nil
    }
}
