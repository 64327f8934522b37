import Presentation

/// Something that a file or a log holds and the target has no place for.
public enum UnkeptData: Sendable, Hashable {
    /// A key in a database other than the target's.
    case database(Int)
    /// A stream.
    case stream
    /// A value of a module, with the name of its type where that is known.
    case module(String?)
    /// What modules keep of their own with a key.
    case moduleMetadata
    /// What a module, with this name of its type, keeps beside the keys.
    case moduleData(String)
    /// The times to live of a hash's fields.
    case fieldExpiry
    /// A library of functions.
    case function

    /// The rule that finds it.
    public var rule: Rule {
        if case .database = self { .otherDatabase } else { .unsupportedData }
    }

    /// A word for it that programs may go by.
    public var word: String {
        switch self {
        case .database: "database"
        case .stream: "stream"
        case .module: "module"
        case .moduleMetadata: "module-metadata"
        case .moduleData: "module-data"
        case .fieldExpiry: "field-expiry"
        case .function: "function"
        }
    }

    /// What is said of it, with its name, in one sentence without a full stop.
    func message(_ name: [UInt8]) -> String {
        let shown = "'\(ShownKey.beginning(of: name))'"
        return switch self {
        case .database(let number): "the key \(shown) is in database \(number)"
        case .stream: "the key \(shown) is a stream"
        case .module(let type): "the key \(shown) is a value of " + (type.map { "the module type \($0)" } ?? "a module")
        case .moduleMetadata: "modules keep something with the key \(shown)"
        case .moduleData(let type): "a module keeps data of the type \(type) beside the keys"
        case .fieldExpiry: "fields of the key \(shown) have a time to live"
        case .function: "\(shown) is a library of functions"
        }
    }
}

/// Keys, or whatever else has a name, that an input holds and the target has no place for, those of one kind together.
public struct UnkeptKeys: Sendable, Hashable {
    /// What they are.
    public var data: UnkeptData
    /// How many.
    public var count = 1
    /// The first of them, with its sizes.
    public var first: SizedKey
    /// The names of some more.
    public var examples: [[UInt8]] = []

    /// How many names are kept beside the first.
    static let maximumExamples = 2
}

/// Counts what the target has no place for, in bounded memory.
struct UnkeptCounter {
    private var places: [UnkeptData: Int] = [:]
    private(set) var found: [UnkeptKeys] = []

    /// So many databases and types are told apart; what comes later counts with the last of them.
    private static let maximumKinds = 1_000

    /// Counts something; `make` describes it.
    ///
    /// The first are kept; of those that come in no order, the first by their names.
    mutating func add(_ data: UnkeptData, count: Int = 1, isOrdered: Bool = true, _ make: () -> SizedKey) {
        let place = places[data] ?? (found.count < Self.maximumKinds ? nil : found.count - 1)
        guard let place else {
            places[data] = found.count
            return found.append(UnkeptKeys(data: data, count: count, first: make()))
        }
        found[place].count += count
        guard isOrdered else { return found[place].insert(make()) }
        if found[place].examples.count < UnkeptKeys.maximumExamples { found[place].examples.append(make().key) }
    }
}

extension UnkeptKeys {
    /// Keeps a key where it is one of the first by their names.
    fileprivate mutating func insert(_ sized: SizedKey) {
        var name = sized.key
        if name.lexicographicallyPrecedes(first.key) {
            name = first.key
            first = sized
        }
        let index = examples.firstIndex { name.lexicographicallyPrecedes($0) } ?? examples.count
        examples.insert(name, at: index)
        if examples.count > Self.maximumExamples { examples.removeLast() }
    }
}
