/// A command's arguments as a tree, read from a row's ``Command/syntax``.
///
/// The text is the one that Redis' documentation uses, parsed by ``init(parsing:)``:
///
///     key value [EX seconds] [NX|XX]      small letters: an argument; capitals: a word to be typed as it stands
///     [EX seconds]                        may be left out
///     BEFORE|AFTER    [NX|XX]             one of several
///     score member [score member ...]     what stands before the bracket, once or several times
public struct Syntax: Sendable, Hashable, CustomStringConvertible {
    /// The whole: what follows the command's name.
    public let root: Node

    /// A part of the tree.
    public indirect enum Node: Sendable, Hashable {
        /// An argument that the user supplies, by its name in the text.
        case argument(String)
        /// A word to be typed as it stands, in any case of letters.
        case token(String)
        /// One part after another.
        case sequence([Node])
        /// One of several parts.
        case choice([Node])
        /// A part that may be left out.
        case optional(Node)
        /// A part, once or several times.
        case repeated(Node)
    }

    /// The text again: parsing it gives the same tree.
    public var description: String { root.text }

    /// How many arguments the syntax allows, the command's name not counted; the upper bound is nil where there is none.
    public var argumentCounts: (least: Int, most: Int?) { (root.least, root.most) }

    /// The arity in Redis' convention that follows from the syntax: the name is counted, and a negative number means "at
    /// least that many".
    public var arity: Int {
        let (least, most) = argumentCounts
        return most == least ? least + 1 : -(least + 1)
    }
}

extension Syntax.Node {
    /// True for an argument that is a key, which is told by its name.
    public var isKey: Bool {
        guard case .argument(let name) = self else { return false }
        return ["key", "destkey", "source", "destination"].contains(name)
    }

    /// The arguments and words in the order in which they stand in the text, each once.
    public var leaves: [Syntax.Node] {
        switch self {
        case .argument, .token: [self]
        case .sequence(let parts), .choice(let parts): parts.flatMap(\.leaves)
        case .optional(let part), .repeated(let part): part.leaves
        }
    }

    fileprivate var least: Int {
        switch self {
        case .argument, .token: 1
        case .sequence(let parts): parts.reduce(0) { $0 + $1.least }
        case .choice(let parts): parts.map(\.least).min() ?? 0
        case .optional: 0
        case .repeated(let part): part.least
        }
    }

    fileprivate var most: Int? {
        switch self {
        case .argument, .token: return 1
        case .repeated: return nil
        case .optional(let part): return part.most
        case .sequence(let parts):
            return parts.reduce(0) { sum, part in sum.flatMap { sum in part.most.map { sum + $0 } } }
        case .choice(let parts):
            return parts.reduce(0) { most, part in most.flatMap { most in part.most.map { max(most, $0) } } }
        }
    }

    fileprivate var text: String {
        switch self {
        case .argument(let name): name
        case .token(let word): word
        case .sequence(let parts): parts.map(\.text).joined(separator: " ")
        case .choice(let parts): parts.map(\.text).joined(separator: "|")
        case .optional(let part): "[\(part.text)]"
        case .repeated(let part): "\(part.text) [\(part.text) ...]"
        }
    }
}

extension Command {
    /// The row's syntax as a tree, which is empty for a command without arguments.
    ///
    /// Parsed anew at every call; some microseconds.
    public var grammar: Syntax {
        do throws(Syntax.Failure) {
            return try Syntax(parsing: syntax)
        } catch {
            // The tests parse every row.
            preconditionFailure("the row of \(name) has a malformed syntax: \(error)")
        }
    }
}
