import CByteSearch

/// Where a log has quotes, backslashes and line feeds: found many at once, ahead of the line that is parsed, and taken one
/// by one.
///
///     looked at: chunk          chunkEnd
///                | places: 3 9 14 27 …|  not looked at yet
///                            ^ cursor
///
/// Positions are relative to the buffer that the line begins, which moves on with each line. Invariant: `places` holds
/// all hits between the cursor's and `chunkEnd`, ascending, as distances from `chunk`.
struct QuoteIndex: ~Copyable {
    /// How many places are found at once, and over how many bytes: both stay in the first caches.
    private static let capacity = 4096
    private static let chunkBytes = 16 << 10

    private let places: UnsafeMutablePointer<UInt32>
    private var count = 0
    private var cursor = 0
    /// Where the places count from, and up to where the bytes were looked at, relative to the buffer.
    private var chunk = 0
    private var chunkEnd = 0

    init() {
        places = .allocate(capacity: Self.capacity)
    }

    deinit { places.deallocate() }

    /// The place that comes next; `end` where there is none before it.
    @inline(__always)
    mutating func take(_ base: UnsafeRawPointer, end: Int) -> Int {
        guard cursor < count else { return takeFromNext(base, end: end) }
        let place = chunk &+ Int(places[cursor])
        cursor &+= 1
        return place
    }

    @inline(never)
    private mutating func takeFromNext(_ base: UnsafeRawPointer, end: Int) -> Int {
        while chunkEnd < end {
            chunk = chunkEnd
            var next = 0
            count = cbytesearch_index3(
                base, chunk, min(end, chunk + Self.chunkBytes), Byte.doubleQuote, Byte.backslash, Byte.lineFeed, places,
                Self.capacity, &next)
            chunkEnd = next
            cursor = 0
            if count > 0 {
                cursor = 1
                return chunk + Int(places[0])
            }
        }
        return end
    }

    /// The places that are known, and where they count from; see ``drop(_:)``.
    @inline(__always)
    var known: (places: UnsafePointer<UInt32>, count: Int, origin: Int) {
        (UnsafePointer(places + cursor), count &- cursor, chunk)
    }

    /// Takes so many of the ``known`` places.
    @inline(__always)
    mutating func drop(_ taken: Int) { cursor &+= taken }

    /// Passes over the places before a position.
    @inline(__always)
    mutating func skip(to position: Int) {
        while cursor < count, chunk &+ Int(places[cursor]) < position { cursor &+= 1 }
        if cursor == count, chunkEnd < position { chunkEnd = position }
    }

    /// Notes that the next buffer begins so many bytes later.
    @inline(__always)
    mutating func advance(_ consumed: Int) {
        chunk &-= consumed
        chunkEnd &-= consumed
    }

    /// Looks at everything from the buffer's beginning on once more.
    mutating func restart() {
        (count, cursor, chunk, chunkEnd) = (0, 0, 0, 0)
    }
}
