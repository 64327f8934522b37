/// How many words a request of a command may have, as the command itself counts them behind the arity: pairs, and options
/// that end somewhere.
public struct WordCount: Sendable, BitwiseCopyable {
    /// The most words, the name counted.
    public let most: Int
    /// 1 where the number has to be odd, 0 where it has to be even; nil where it may be any.
    public let parity: Int?

    init(most: Int = .max, parity: Int? = nil) {
        self.most = most
        self.parity = parity
    }

    /// Whether the arity's numbers alone decide.
    public var isOpen: Bool { most == .max && parity == nil }

    /// Whether a request of `count` words has a number that the command takes; the arity is not looked at.
    @inlinable
    public func accepts(_ count: Int) -> Bool { count <= most && (parity.map { count & 1 == $0 } ?? true) }
}

extension Command.ID {
    /// What the command's function counts beside the arity, with the arguments of 2.8.
    public var wordCount: WordCount {
        switch self {
        case .mset, .msetnx: WordCount(parity: 1)
        case .hmset, .zadd: WordCount(parity: 0)
        case .bitcount: WordCount(most: 4, parity: 0)
        case .ping: WordCount(most: 2)
        case .srandmember: WordCount(most: 3)
        case .zrange, .zrevrange: WordCount(most: 5)
        default: WordCount()
        }
    }

    /// Whether a request of `count` words, the name counted, has a number of them that the command takes.
    public func accepts(wordCount count: Int) -> Bool {
        row.facts.accepts(argumentCount: count) && wordCount.accepts(count)
    }
}
