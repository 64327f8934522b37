/// A command that MONITOR reports.
public struct MonitorCommand {
    /// Where a command comes from.
    public enum Source: Sendable, Equatable {
        /// A client; what is in the brackets behind the database is its address.
        case client
        /// A client on the socket whose path follows `unix:`.
        case unixSocket
        /// A script.
        case script
        /// Not told: Redis 2.4 does not.
        case unknown
    }

    /// When it was run: seconds since 1970.
    public internal(set) var seconds: Int64 = 0
    /// And microseconds.
    public internal(set) var microseconds: Int64 = 0
    /// The database it was run in.
    public internal(set) var database: Int64 = 0
    /// Where it comes from.
    public internal(set) var source = Source.unknown
    /// The address, path or `lua` as it is written, relative to the buffer that was read.
    public internal(set) var peer = 0..<0
    /// Whether it is the one of the command before.
    public internal(set) var isSamePeer = false
}
