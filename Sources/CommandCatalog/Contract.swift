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

    /// The verdict on the arguments of a request whose command is supported: `supported`, `newerArgument` or
    /// `otherDatabase`.
    ///
    /// Looks for forms that later releases added, and for databases that there are not. Number and kind of the other
    /// arguments are the command's own to judge. A few nanoseconds for a command without later forms; never allocates
    /// unless it finds one.
    public func verdict(
        onArgumentsOf id: Command.ID, in buffer: Span<UInt8>, arguments: Span<Range<Int>>
    ) -> Verdict {
        if id == .select { return verdict(onDatabaseIn: buffer, arguments: arguments) }
        guard let form = id.laterForms?.first(in: buffer, arguments: arguments), form.since > baseline else {
            return .supported
        }
        return .newerArgument(form.name, since: form.since)
    }

    /// Whether SELECT has a number, and one that the contract has no database for.
    private func verdict(onDatabaseIn buffer: Span<UInt8>, arguments: Span<Range<Int>>) -> Verdict {
        guard arguments.count == 2, let number = databaseNumber(buffer.extracting(arguments[1])),
            !(0..<databases).contains(number)
        else { return .supported }
        return .otherDatabase(number)
    }

    /// The verdict on a command or subcommand by its name, as in `GET` or `client setinfo`.
    ///
    /// A subcommand that its container does not have gets the container's verdict, as a request for it does.
    public func verdict(onCommand name: String) -> Verdict {
        let row =
            Catalog.row(named: name) ?? name.split(separator: " ").first.flatMap { Catalog.row(named: String($0)) }
        return row.map(verdict(on:)) ?? .unknown
    }

    /// What to do instead of a request, after a verdict on it; empty where there is no honest answer.
    ///
    /// The same words wherever a verdict is shown: in a refusal's error line, in reports, in the shell.
    ///
    /// - Parameter command: the request's row; nil where no Redis has the command.
    public func instead(of command: Command?, _ verdict: Verdict) -> String {
        switch verdict {
        case .newerArgument(let name, _): command?.instead(ofLaterArgument: name) ?? ""
        case .otherDatabase: Instead.oneDatabase
        case .supported, .refused, .unlisted, .newer, .unknown: command?.instead ?? ""
        }
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

/// The number that an argument of SELECT stands for, as 2.8 reads it; nil where it is no number or one of more than
/// eighteen digits.
private func databaseNumber(_ bytes: Span<UInt8>) -> Int? {
    let isNegative = !bytes.isEmpty && bytes[0] == UInt8(ascii: "-")
    let first = isNegative ? 1 : 0
    guard bytes.count > first, bytes.count <= first + 18 else { return nil }
    guard bytes[first] != UInt8(ascii: "0") || bytes.count == 1 else { return nil }
    var value = 0
    for index in first..<bytes.count {
        let digit = bytes[index] &- UInt8(ascii: "0")
        guard digit <= 9 else { return nil }
        value = value * 10 + Int(digit)
    }
    return isNegative ? -value : value
}
