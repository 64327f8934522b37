import CommandCatalog

/// What a connection has sent since it began, as far as it takes to tell a greeting of its client library from what the
/// application asks for.
///
/// A library's greeting comes before anything else. Some greetings harm nobody. Others do only where the library cannot go
/// on without an answer, and whether it can shows in what comes after the refusal: a library that goes on sends commands
/// over the same connection, one that cannot closes it.
struct ConnectionGreeting {
    private enum Stage: UInt8 {
        /// Nothing but what may be part of a greeting has come.
        case greeting
        /// A greeting was refused, and what comes in the same read was sent before the client knew of it.
        case unanswered
        /// A greeting was refused, and the client knows of it.
        case answered
        /// The application has spoken.
        case spoken
    }

    private var stage = Stage.greeting
    /// The commands that were refused and that the client may not be able to go on without.
    private(set) var pending: [String] = []
    /// The library, by the name that it gives itself.
    private(set) var library: String?

    /// Whether a command of the application has come.
    @inline(__always)
    var hasSpoken: Bool { stage == .spoken }

    /// Whether what comes was perhaps sent before the client knew that its greeting is refused.
    @inline(__always)
    var isUnanswered: Bool { stage == .unanswered }

    /// Notes that the client has sent something after a refusal.
    mutating func noteAnswered() { stage = .answered }

    /// Notes that the application has spoken; returns the greetings that the client has gone on after.
    mutating func noteSpoken() -> [String] {
        let wentOn = stage == .answered ? pending : []
        if stage != .unanswered { (stage, pending) = (.spoken, []) }
        return wentOn
    }

    /// Notes that a greeting was refused that the client may not be able to go on without.
    mutating func expectMore(after command: String) {
        pending.append(command)
        stage = .unanswered
    }

    /// Forgets the greetings that are pending.
    mutating func forgetPending() { pending = [] }

    /// Whether a supported command may belong to a greeting: it says nothing of whether the client goes on.
    static func mayBePartOfIt(_ id: Command.ID) -> Bool { id == .auth || id == .select || id == .quit }
}

// MARK: - Which commands are greetings

extension ConnectionGreeting {
    /// What a refused command is in a greeting.
    enum Part {
        /// Every client goes on without it.
        case harmless
        /// It depends on the client.
        case open
    }

    /// What part of a greeting a refused command is; nil where it is the application's.
    ///
    /// - Parameter command: its name in the catalog.
    func part(_ command: String, _ arguments: Arguments) -> Part? {
        if LibraryGreeting.harmless.contains(command) { return .harmless }
        if library == Self.lookingAround {
            let last = arguments.count > 1 ? Self.word(arguments[arguments.count - 1]) : ""
            return LibraryGreeting.isLook(command, at: last) ? .open : nil
        }
        guard !hasSpoken else { return nil }
        switch command {
        case "HELLO", "CLIENT SETNAME", "COMMAND": return .open
        // Redis' own clients subscribe so to what its commercial edition tells of maintenance.
        case "CLIENT": return arguments.count > 1 && Self.word(arguments[1]) == "maint_notifications" ? .open : nil
        // ioredis and the early node-redis ask so whether the server is ready: in small letters and before all else.
        case "INFO":
            let isReadyCheck = arguments.count == 1 && arguments[0].buffer.elementsEqual("info".utf8)
            return isReadyCheck && (library == nil || library == "ioredis") ? .open : nil
        default: return nil
        }
    }

    /// Learns which library it is, where a refused command says so.
    mutating func learnLibrary(_ command: String, _ arguments: Arguments) {
        let name: ByteView
        switch command {
        case "CLIENT SETINFO":
            guard arguments.count == 4, Self.word(arguments[2]) == "lib-name" else { return }
            name = arguments[3]
        case "CLIENT SETNAME":
            guard arguments.count == 3 else { return }
            name = arguments[2]
        default: return
        }
        if let known = LibraryGreeting.library(calling: Self.word(name)) { library = known }
    }

    /// The library that asks a server about itself, at connection and then and again.
    private static let lookingAround = "StackExchange.Redis"

    private static func word(_ bytes: ByteView) -> String {
        String(decoding: bytes.buffer.prefix(128), as: UTF8.self).lowercased()
    }
}

// MARK: - In a session

extension Session {
    /// Notes that the application has spoken, and with that that the client has gone on after its greeting.
    @inline(never)
    func noteSpoken() {
        let commands = greeting.noteSpoken()
        let isSpeaker = greeting.hasSpoken && greeting.library != nil
        guard isSpeaker || !commands.isEmpty else { return }
        worker.server.ledger.wentOn(after: commands, library: greeting.library)
    }

    /// Notes the connection's end: a client that has said nothing since its greeting was refused could not go on.
    func endGreeting() {
        guard !greeting.pending.isEmpty else { return }
        worker.server.ledger.ended(after: greeting.pending, library: greeting.library)
        greeting.forgetPending()
    }
}
