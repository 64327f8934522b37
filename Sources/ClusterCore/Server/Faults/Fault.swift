import CommandCatalog

/// Something that goes wrong on purpose, for some requests or connections, for some time.
struct Fault: Sendable {
    /// Names it in `fault remove`.
    var number = 0
    let kind: Kind
    /// The commands that it meets; empty for all.
    var commands: Set<Command.ID> = []
    /// What one of the request's keys fits; nil for all requests.
    var keys: KeyPattern?
    /// The share of requests or connections that it meets, from 0 to 1.
    var share = 1.0
    /// When it ends; nil where it does not end by itself.
    var end: Instant?
    /// How often it has met something.
    var hits = 0

    /// A pattern as of SCAN's MATCH.
    struct KeyPattern: Sendable {
        /// As it was written.
        let text: [UInt8]
        fileprivate let pattern: GlobPattern

        /// - Throws: `ReplyError.patternTooLong`.
        init(_ text: [UInt8]) throws(ReplyError) {
            guard text.count <= GlobPattern.longest else { throw .patternTooLong(bytes: text.count) }
            self.text = text
            pattern = text.withByteView { GlobPattern($0) }
        }
    }

    /// What goes wrong.
    enum Kind: Sendable, Equatable {
        /// A request is answered so many milliseconds later.
        case delay(milliseconds: Int64)
        /// A request is answered with an error, and not done.
        case fail(line: String)
        /// A request is done, and the connection ends in the middle of its reply.
        case drop
        /// Connections are closed as soon as they are made.
        case refuse
        /// Connections count as idle after so many milliseconds.
        case idle(milliseconds: Int64)
        /// EXEC is held back for so many milliseconds, its keys locked.
        case hold(milliseconds: Int64)

        /// Its name in `fault add`.
        var name: String {
            switch self {
            case .delay: "delay"
            case .fail: "fail"
            case .drop: "drop"
            case .refuse: "refuse"
            case .idle: "idle"
            case .hold: "hold"
            }
        }

        /// Whether it meets single requests.
        var meetsRequests: Bool {
            switch self {
            case .delay, .fail, .drop: true
            case .refuse, .idle, .hold: false
            }
        }

        /// Its time in milliseconds; nil where it has none.
        var milliseconds: Int64? {
            switch self {
            case .delay(let milliseconds), .idle(let milliseconds), .hold(let milliseconds): milliseconds
            case .fail, .drop, .refuse: nil
            }
        }

        /// The error that it answers; nil where it answers none.
        var line: String? {
            if case .fail(let line) = self { line } else { nil }
        }
    }

    /// Whether it meets a request, chance aside.
    func fits(_ id: Command.ID, _ arguments: Arguments) -> Bool {
        guard commands.isEmpty || commands.contains(id) else { return false }
        guard let keys else { return true }
        for index in arguments.keyIndexes(id.facts.keys) where keys.pattern.matches(arguments[index]) { return true }
        return false
    }
}
