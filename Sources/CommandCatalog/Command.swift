/// One row of the catalog: everything that is known about one Redis command or subcommand.
///
/// The server, the linter, the interactive shell and the documentation all read these rows, so a fact about a command
/// is written in its row and nowhere else.
public struct Command: Sendable {
    /// The name in capitals; a subcommand's has its container in front, as in `CLIENT SETINFO`.
    public let name: String
    /// The supported command's identity; nil in the row of a command that the contract does not support.
    public let id: ID?
    /// The release of Redis that brought the command, after the documentation of Redis 7.4.
    public let since: Version
    /// The data type or the area of the server that the command belongs to.
    public let group: Group
    /// What the page of the product says of the command.
    public let listing: Listing
    /// Arity, key positions and flags.
    public let facts: Facts
    /// The arguments as Redis documents them, in the grammar of ``Syntax``; empty where there are none, and for every
    /// command that is not supported.
    public let syntax: String
    /// One line on what the command does; empty for a command that is not supported.
    public let summary: String
    /// One sentence on what to do without the command; empty for a supported one and where there is no honest answer.
    public let instead: String

    /// What the page of the product says of a command.
    public enum Listing: Sendable {
        /// The page lists it as supported.
        case supported
        /// The page lists it as refused.
        case refused
        /// The page does not name it.
        case unnamed
    }

    /// The sections of the documentation, in its order.
    public enum Group: String, Sendable, CaseIterable {
        /// Commands on keys of any type.
        case key
        /// Strings, counters and bitmaps.
        case string
        /// Hashes.
        case hash
        /// Lists.
        case list
        /// Sets.
        case set
        /// Sorted sets.
        case sortedSet = "sorted set"
        /// MULTI, EXEC and what belongs to them.
        case transaction
        /// The connection itself: authentication, database, client options.
        case connection
        /// Lua scripts and functions.
        case scripting
        /// Publish and subscribe.
        case pubSub = "pub/sub"
        /// Approximate counting.
        case hyperLogLog = "hyperloglog"
        /// Geographic indexes.
        case geo
        /// Streams.
        case stream
        /// Administration of a server.
        case server
        /// Redis Cluster.
        case cluster
        /// Redis Sentinel.
        case sentinel
        /// Sparse arrays.
        case array
        /// Vector sets.
        case vectorSet = "vector set"
        /// Commands of modules.
        case module
    }

    /// The container's part of a subcommand's name (`CLIENT` of `CLIENT SETINFO`); nil for every other command.
    public var container: Substring? {
        // Over the bytes: walking over characters would cost most of the time that building the index takes.
        guard let space = name.utf8.firstIndex(of: UInt8(ascii: " ")) else { return nil }
        return name[..<space]
    }
}
