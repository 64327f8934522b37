/// Where and when a request was sent, as the reader of an input knows it.
///
/// Trivial.
struct Place {
    /// The line, from 1; 0 in a binary input.
    var line = 0
    /// Bytes of the input before the request.
    var byteOffset = 0
    /// Microseconds since 1970; nil where the input has no times.
    var time: Int64?
    /// The database that the input says the request was run in.
    var database = 0
    /// The line's text relative to the request's base, for the excerpt; empty in a binary input.
    var lineText = 0..<0
    /// The client's address relative to the request's base; empty where there is none.
    var peer = 0..<0
    /// Whether it is that of the request before.
    var isSamePeer = false
    /// How often the request was sent (`redis-cli -r`, commandstats).
    var repetitions = 1
    /// Nobody repeats a command more often; the sum over all lines of an input has room in 64 bits.
    static let maximumRepetitions = 1 << 32
    /// Columns that the place has in its file where the request's base is not the file's line (scripts, source code).
    var columns: Range<Int>?

    func location(_ path: String) -> Location {
        Location(
            path: path, line: line > 0 ? line : nil, columns: columns, byteOffset: byteOffset,
            time: time.map { Timestamp(microseconds: $0) })
    }
}
