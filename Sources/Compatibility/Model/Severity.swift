/// How much a finding matters.
public enum Severity: String, Sendable, CaseIterable, Comparable {
    /// Worth knowing; nothing breaks.
    case note
    /// May break, or breaks under circumstances that the input does not show.
    case warning
    /// Fails on the target.
    case error

    /// The order of weight: a note is less than a warning, a warning less than an error.
    public static func < (left: Severity, right: Severity) -> Bool { left.weight < right.weight }

    private var weight: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }
}

/// How sure a finding is.
public enum Confidence: String, Sendable, CaseIterable {
    /// The command was certainly sent, or the client that sends it is known.
    case high
    /// Guessed by a name; hidden unless asked for.
    case low
}
