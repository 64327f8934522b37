/// What a command's syntax still allows behind the arguments that are typed already.
///
/// A list of the parts to come, in their order; a run of parts that may be left out is taken in any order, as Redis
/// does. Taking an argument gives the expectation of the next one, so that hints and completion read the same state:
///
///     SET          key value [EX seconds] [PX milliseconds] [NX|XX]
///     SET k v      [EX seconds] [PX milliseconds] [NX|XX]
///     SET k v nx   [EX seconds] [PX milliseconds]
public struct Expectation: Sendable, Hashable {
    /// The parts still to come.
    let parts: [Syntax.Node]

    /// The expectation behind a command's name.
    public init(of command: Command) {
        self.init(parts: [command.grammar.root])
    }

    init(parts: [Syntax.Node]) {
        self.parts = Self.flat(parts)
    }

    /// Whether nothing more may follow.
    public var isEmpty: Bool { parts.isEmpty }

    /// Whether the request may end here.
    public var isComplete: Bool { parts.allSatisfy { if case .optional = $0 { true } else { false } } }

    /// The parts as text, each one as the documentation writes it.
    public var text: String { parts.map(\.shown).joined(separator: " ") }

    /// The arguments and words that may stand next.
    public var next: [Syntax.Node] {
        var next: [Syntax.Node] = []
        for part in parts {
            next += part.first
            guard case .optional = part else { break }
        }
        return next
    }

    /// What is expected behind one more argument; nil where the argument cannot stand here.
    public func taking(_ argument: [UInt8]) -> Expectation? {
        Self.take(argument, parts).map { Expectation(parts: $0) }
    }

    // MARK: Taking an argument

    /// Sequences dissolved into the list.
    private static func flat(_ parts: [Syntax.Node]) -> [Syntax.Node] {
        parts.flatMap { part in
            if case .sequence(let inner) = part { flat(inner) } else { [part] }
        }
    }

    private static func take(_ argument: [UInt8], _ parts: [Syntax.Node]) -> [Syntax.Node]? {
        guard let head = parts.first else { return nil }
        let rest = Array(parts.dropFirst())
        switch head {
        case .token(let word):
            return equalsFolded(argument.span, word) ? rest : nil
        case .argument(let name):
            guard accepts(argument, name) else { return nil }
            return name == "numkeys" ? counted(argument, rest) : rest
        case .sequence(let inner):
            return take(argument, flat(inner) + rest)
        case .choice(let alternatives):
            for alternative in alternatives {
                if let taken = take(argument, [alternative]) { return taken + rest }
            }
            return nil
        case .repeated(let part):
            return take(argument, [part]).map { $0 + [.optional(.repeated(part))] + rest }
        case .optional:
            return takeOption(argument, parts)
        }
    }

    /// Takes an argument that belongs to one of the options which the list begins with, or stands behind them all.
    ///
    /// An option that begins with a word is told by it; so those are tried before those that take anything.
    private static func takeOption(_ argument: [UInt8], _ parts: [Syntax.Node]) -> [Syntax.Node]? {
        let run = parts.prefix { if case .optional = $0 { true } else { false } }
        let options = run.indices.sorted { !takesAnything(parts[$0]) && takesAnything(parts[$1]) }
        for index in options {
            guard case .optional(let part) = parts[index], let taken = take(argument, [part]) else { continue }
            // What has its place by position cannot come after what stands behind it.
            let others = run.indices.filter { $0 != index && ($0 > index || !takesAnything(parts[$0])) }
            return taken + others.map { parts[$0] } + parts[run.endIndex...]
        }
        return take(argument, Array(parts[run.endIndex...]))
    }

    private static func takesAnything(_ part: Syntax.Node) -> Bool {
        part.first.contains { if case .argument = $0 { true } else { false } }
    }

    /// The keys that a count announces, in place of the repeated one; as many as can be shown.
    private static func counted(_ argument: [UInt8], _ rest: [Syntax.Node]) -> [Syntax.Node] {
        guard case .repeated(let key)? = rest.first, let count = Int(String(decoding: argument, as: UTF8.self)),
            (1...64).contains(count)
        else { return rest }
        return Array(repeating: key, count: count) + rest.dropFirst()
    }

    // MARK: Kinds of arguments

    private static let integers: Set<String> = [
        "seconds", "milliseconds", "timestamp", "milliseconds-timestamp", "ttl", "numkeys", "index", "offset", "cursor",
        "decrement", "count",
    ]

    /// Whether an argument has the form that its name in the syntax asks for.
    private static func accepts(_ argument: [UInt8], _ name: String) -> Bool {
        guard integers.contains(name) else {
            return name != "weight" || Double(String(decoding: argument, as: UTF8.self)) != nil
        }
        return Int64(String(decoding: argument, as: UTF8.self)) != nil
            || UInt64(String(decoding: argument, as: UTF8.self)) != nil
    }
}

extension Syntax.Node {
    /// The arguments and words that this part may begin with.
    var first: [Syntax.Node] {
        switch self {
        case .argument, .token: return [self]
        case .choice(let parts): return parts.flatMap(\.first)
        case .optional(let part), .repeated(let part): return part.first
        case .sequence(let parts):
            var first: [Syntax.Node] = []
            for part in parts {
                first += part.first
                guard case .optional = part else { break }
            }
            return first
        }
    }

    /// The part as the documentation writes it; a repetition that has begun is `[member ...]`.
    fileprivate var shown: String {
        if case .optional(.repeated(let part)) = self { return "[\(Syntax(root: part)) ...]" }
        return "\(Syntax(root: self))"
    }
}
