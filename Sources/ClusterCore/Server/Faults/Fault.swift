import CommandCatalog

/// Something that goes wrong on purpose, for some requests or connections, for some time.
struct Fault: Sendable {
    /// Names it in `fault remove`.
    var number = 0
    let kind: Kind
    /// The commands that it meets; empty for all.
    var commands: Set<Command.ID> = []
    /// A pattern, as of SCAN's MATCH, that one of the request's keys fits; nil for all requests.
    var keyPattern: [UInt8]?
    /// The share of requests or connections that it meets, from 0 to 1.
    var share = 1.0
    /// When it ends; nil where it does not end by itself.
    var end: Instant?
    /// How often it has met something.
    var hits = 0

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
        guard let keyPattern else { return true }
        return keyPattern.withByteView { pattern in
            for index in arguments.keyIndexes(id.facts.keys) where GlobPattern(pattern).matches(arguments[index]) {
                return true
            }
            return false
        }
    }
}
