/// Where a command's keys stand among its arguments; argument 0 is the command's name.
///
/// The first three forms are those of the supported commands and need no more than the number of arguments and, for
/// ``counted(destination:count:first:)``, one of them. The others describe refused and newer commands, for which Redis
/// 2.8's own table says too little.
public enum KeyLayout: Sendable, Hashable, BitwiseCopyable {
    /// The command has no keys.
    case none
    /// Keys from argument `first` to argument `last` in steps of `step`; a negative `last` counts from the end, -1 being
    /// the last argument.
    case range(first: Int, last: Int, step: Int)
    /// Argument `count` says how many keys follow from argument `first` on; a destination may stand before them.
    case counted(destination: Int?, count: Int, first: Int)
    /// A key at argument `first`, and the one after the option STORE or STOREDIST, looked for from argument `options` on
    /// (SORT, GEORADIUS).
    case storing(first: Int, options: Int)
    /// The first half of what follows the word STREAMS (XREAD, XREADGROUP).
    case streams
    /// MIGRATE's: argument 3, or, where that is empty, everything after the word KEYS.
    case migrate

    /// One key, the first argument after the name.
    public static let first = KeyLayout.range(first: 1, last: 1, step: 1)
    /// One key, after the name and one more word (OBJECT ENCODING, XINFO STREAM).
    public static let second = KeyLayout.range(first: 2, last: 2, step: 1)
    /// Every argument after the name is a key.
    public static let every = KeyLayout.range(first: 1, last: -1, step: 1)

    /// The places of the keys in a request of `argumentCount` arguments.
    ///
    /// For the supported commands' layouts; does not allocate. The other layouts, whose keys depend on words among the
    /// arguments, give the keys that stand in a fixed place.
    ///
    /// - Parameters:
    ///   - argumentCount: the number of arguments, the name counted.
    ///   - number: reads the argument at an index as a number of keys; called for the counted form alone. Where it
    ///     gives nil, or a number that the arguments cannot hold, only the destination is a key.
    @inlinable
    public func indexes(argumentCount: Int, number: (Int) -> Int?) -> KeyIndexes {
        switch self {
        case .none, .streams:
            return KeyIndexes()
        case .range(let first, let last, let step):
            return KeyIndexes(from: first, through: last, by: step, argumentCount: argumentCount)
        case .counted(let destination, let count, let first):
            let keys = count < argumentCount ? number(count) ?? 0 : 0
            return KeyIndexes(destination: destination, first: first, count: keys, argumentCount: argumentCount)
        case .storing(let first, _):
            return KeyIndexes(from: first, through: first, by: 1, argumentCount: argumentCount)
        case .migrate:
            return KeyIndexes(from: 3, through: 3, by: 1, argumentCount: argumentCount)
        }
    }

    /// The places of the keys in a request, for every layout; does not allocate.
    ///
    /// - Parameters:
    ///   - buffer: the bytes that hold the request.
    ///   - arguments: the place of each argument in `buffer`, the name's first.
    public func indexes(in buffer: Span<UInt8>, arguments: Span<Range<Int>>) -> KeyIndexes {
        switch self {
        case .none, .range:
            return indexes(argumentCount: arguments.count) { _ in nil }
        case .counted(let destination, let count, let first):
            let keys = count < arguments.count ? keyCount(buffer.extracting(arguments[count])) ?? 0 : 0
            return KeyIndexes(destination: destination, first: first, count: keys, argumentCount: arguments.count)
        case .storing(let first, let options):
            let destination = storeDestination(in: buffer, arguments: arguments, from: options)
            return KeyIndexes(destination: destination, first: first, count: 1, argumentCount: arguments.count)
        case .streams:
            return streamIndexes(in: buffer, arguments: arguments)
        case .migrate:
            return migrateIndexes(in: buffer, arguments: arguments)
        }
    }
}

/// The places of a request's keys among its arguments: an optional destination, then an arithmetic progression.
///
/// Iterating costs no allocation and no call: the whole state is four integers.
public struct KeyIndexes: Sequence, IteratorProtocol, Sendable, BitwiseCopyable {
    /// The destination's index, given out first; 0 (the name's own place) says that there is none.
    @usableFromInline var destination: Int
    @usableFromInline var following: Int
    /// The first index that is not given out any more.
    @usableFromInline let end: Int
    @usableFromInline let step: Int

    /// No keys.
    @inlinable
    init() {
        destination = 0
        following = 0
        end = 0
        step = 1
    }

    /// Keys from `first` to `last` in steps of `step`, cut to the arguments that there are.
    @inlinable
    init(from first: Int, through last: Int, by step: Int, argumentCount: Int) {
        destination = 0
        following = first
        end = Swift.min(last < 0 ? argumentCount &+ last : last, argumentCount &- 1) &+ 1
        self.step = step
    }

    /// `count` keys from `first` on, after a destination; no keys but the destination where they would not fit.
    @inlinable
    init(destination: Int?, first: Int, count: Int, argumentCount: Int) {
        let fits = count > 0 && count <= argumentCount &- first
        self.destination = destination.map { $0 < argumentCount ? $0 : 0 } ?? 0
        following = first
        end = fits ? first &+ count : first
        step = 1
    }

    /// The next key's index; nil after the last.
    @inlinable
    public mutating func next() -> Int? {
        if destination != 0 {
            defer { destination = 0 }
            return destination
        }
        guard following < end else { return nil }
        defer { following &+= step }
        return following
    }

    /// How many keys there are still to come.
    @inlinable
    public var count: Int {
        let progression = following < end ? (end &- following &+ step &- 1) / step : 0
        return progression &+ (destination != 0 ? 1 : 0)
    }

    /// Whether the argument at an index is one of the keys still to come.
    public func isKey(_ index: Int) -> Bool {
        if destination != 0, index == destination { return true }
        return index >= following && index < end && (index - following).isMultiple(of: step)
    }

    /// True where the command has no keys.
    @inlinable
    public var isEmpty: Bool { destination == 0 && following >= end }
}
