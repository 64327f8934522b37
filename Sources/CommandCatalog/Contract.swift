/// What one edition of the product promises: which commands, how large, and how transactions behave.
///
/// A value that is handed to whoever asks (server, linter, shell, documentation); no limit stands anywhere else.
public struct Contract: Sendable {
    /// The edition's name.
    public var name: String
    /// The Redis whose protocol the edition speaks: a later command or argument is newer.
    public var baseline: Version
    /// The longest key, in bytes; a key of just this length is allowed.
    public var maxKeyBytes: Int
    /// The largest value under one key, in bytes of payload; a value of just this size is allowed.
    ///
    /// A string counts with its length; a list and a set with the sum of their elements' lengths; a hash with its fields'
    /// and values' lengths; a sorted set with its members' lengths and 8 bytes a score.
    public var maxValueBytes: Int
    /// A request of this many bytes on the wire, and every larger one, is refused.
    public var maxRequestBytes: Int
    /// A connection without a request for this many seconds is closed.
    public var idleTimeoutSeconds: Int
    /// The number of databases.
    public var databases: Int
    /// From when to when a transaction locks its keys against other connections.
    public var keyLocks: KeyLocks

    /// From when to when a transaction locks its keys against other connections.
    public enum KeyLocks: String, Sendable, CaseIterable {
        /// From the moment a command on the key is queued until EXEC, DISCARD or the connection's end.
        case queued
        /// Only while EXEC runs.
        case exec
    }

    /// A contract of these promises.
    public init(
        name: String, baseline: Version, maxKeyBytes: Int, maxValueBytes: Int, maxRequestBytes: Int,
        idleTimeoutSeconds: Int, databases: Int, keyLocks: KeyLocks
    ) {
        self.name = name
        self.baseline = baseline
        self.maxKeyBytes = maxKeyBytes
        self.maxValueBytes = maxValueBytes
        self.maxRequestBytes = maxRequestBytes
        self.idleTimeoutSeconds = idleTimeoutSeconds
        self.databases = databases
        self.keyLocks = keyLocks
    }

    /// The Cluster edition, after the product's public page; the request limit is that of an earlier page.
    public static let clusterEdition = Contract(
        name: "Cluster edition", baseline: Version(2, 8, 24), maxKeyBytes: 127, maxValueBytes: 1_000_000,
        maxRequestBytes: 10 * 1024 * 1024, idleTimeoutSeconds: 30 * 60, databases: 1, keyLocks: .queued)
}

extension Contract {
    /// The verdict on a request: on its command, its subcommand and, where the command is supported, its arguments.
    ///
    /// Does not allocate for a supported command. An empty request is `unknown`.
    ///
    /// - Parameters:
    ///   - buffer: the bytes that hold the request.
    ///   - arguments: the place of each argument in `buffer`, the name's first.
    public func verdict(for buffer: Span<UInt8>, arguments: Span<Range<Int>>) -> Verdict {
        guard !arguments.isEmpty else { return .unknown }
        if case .supported(let id) = Catalog.find(buffer.extracting(arguments[0])) {
            return verdict(onArgumentsOf: id, in: buffer, arguments: arguments)
        }
        return Catalog.row(in: buffer, arguments: arguments).map(verdict(on:)) ?? .unknown
    }

    /// The verdict on the arguments of a request whose command is supported: `supported`, or `newerArgument`.
    ///
    /// Looks for nothing but forms that later releases added; every one of them is an error in 2.8, so that a server may
    /// ask only where it is about to answer one. Number and kind of the other arguments are the command's own to judge.
    /// A few nanoseconds for a command without later forms; never allocates unless it finds one.
    public func verdict(
        onArgumentsOf id: Command.ID, in buffer: Span<UInt8>, arguments: Span<Range<Int>>
    ) -> Verdict {
        guard let form = id.laterForms?.first(in: buffer, arguments: arguments), form.since > baseline else {
            return .supported
        }
        return .newerArgument(form.name, since: form.since)
    }

    /// The verdict on a command or subcommand by its name, as in `GET` or `client setinfo`.
    ///
    /// A subcommand that its container does not have gets the container's verdict, as a request for it does.
    public func verdict(onCommand name: String) -> Verdict {
        let row =
            Catalog.row(named: name) ?? name.split(separator: " ").first.flatMap { Catalog.row(named: String($0)) }
        return row.map(verdict(on:)) ?? .unknown
    }

    /// The verdict on a row of the catalog.
    public func verdict(on command: Command) -> Verdict {
        switch command.listing {
        case .supported: .supported
        case .refused: .refused
        case .unnamed: command.since > baseline ? .newer(since: command.since) : .unlisted
        }
    }
}
