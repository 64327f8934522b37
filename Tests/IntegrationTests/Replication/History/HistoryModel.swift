/// What a key is, and what operations do to it one after another: the yardstick that a history is held to.
protocol HistoryModel {
    associatedtype State: Hashable
    associatedtype Action: Hashable, Sendable

    /// A key that nobody has touched.
    static var initial: State { get }

    /// What the key may be after an action, which answers what it says there; nothing where it would have answered
    /// something else.
    ///
    /// An action without an answer is one whose client was never told.
    static func states(after action: Action, in state: State) -> [State]

    /// Whether an action that may have happened can explain what others have answered.
    ///
    /// One that cannot is left out, which makes the search shorter and its result no other.
    static func mayExplain(_ action: Action, _ known: [Action]) -> Bool
}

extension HistoryModel {
    static func mayExplain(_ action: Action, _ known: [Action]) -> Bool { true }
}

/// A string that is written and read as a whole: SET with values that are written once, and GET.
enum RegisterModel: HistoryModel {
    enum Action: Hashable, Sendable {
        case write(Int)
        /// A read and what it found; nil where the register was never written.
        case read(Int?)
    }

    static var initial: Int? { nil }

    static func states(after action: Action, in state: Int?) -> [Int?] {
        switch action {
        case .write(let value): [value]
        case .read(let found): found == state ? [state] : []
        }
    }

    /// A write that nobody was told of explains nothing where nobody has seen its value.
    static func mayExplain(_ action: Action, _ known: [Action]) -> Bool {
        if case .write(let value) = action { known.contains(.read(value)) } else { false }
    }
}

/// A number: INCRBY and GET.
enum CounterModel: HistoryModel {
    enum Action: Hashable, Sendable {
        /// An increment and the number that it answered.
        case add(Int, answer: Int?)
        case read(Int)
    }

    static var initial: Int { 0 }

    static func states(after action: Action, in state: Int) -> [Int] {
        switch action {
        case .add(let difference, let answer):
            answer == nil || answer == state + difference ? [state + difference] : []
        case .read(let found): found == state ? [state] : []
        }
    }
}

/// A set of numbers below 64, a bit each: SADD, SREM, SPOP, SISMEMBER and SMEMBERS.
enum SetModel: HistoryModel {
    enum Action: Hashable, Sendable {
        /// An addition and whether it said that the member is new.
        case add(Int, isNew: Bool?)
        /// A removal and whether it said that the member was there.
        case remove(Int, wasThere: Bool?)
        /// A removal of any member and which one it was.
        case pop(Popped?)
        case contains(Int, Bool)
        /// All members, a bit each.
        case members(UInt64)
    }

    /// What SPOP has answered.
    enum Popped: Hashable, Sendable {
        case member(Int)
        case nothing
    }

    static var initial: UInt64 { 0 }

    static func states(after action: Action, in state: UInt64) -> [UInt64] {
        func bit(_ member: Int) -> UInt64 { 1 << UInt64(member) }
        func contains(_ member: Int) -> Bool { state & bit(member) != 0 }
        switch action {
        case .add(let member, let isNew): return isNew == contains(member) ? [] : [state | bit(member)]
        case .remove(let member, let wasThere):
            return wasThere == !contains(member) ? [] : [state & ~bit(member)]
        case .pop(.member(let member)): return contains(member) ? [state & ~bit(member)] : []
        case .pop(.nothing): return state == 0 ? [state] : []
        case .pop(nil): return state == 0 ? [state] : (0..<64).filter(contains).map { state & ~bit($0) }
        case .contains(let member, let found): return contains(member) == found ? [state] : []
        case .members(let found): return found == state ? [state] : []
        }
    }
}

/// A list of values that are appended once: RPUSH, LPOP and LRANGE.
enum ListModel: HistoryModel {
    enum Action: Hashable, Sendable {
        /// An append and the length that it answered.
        case append(Int, length: Int?)
        /// A removal from the front and what it was.
        case removeFirst(Removed?)
        /// All elements.
        case read([Int])
    }

    /// What LPOP has answered.
    enum Removed: Hashable, Sendable {
        case value(Int)
        case nothing
    }

    static var initial: [Int] { [] }

    static func states(after action: Action, in state: [Int]) -> [[Int]] {
        switch action {
        case .append(let value, let length):
            length == nil || length == state.count + 1 ? [state + [value]] : []
        case .removeFirst(.value(let value)): state.first == value ? [Array(state.dropFirst())] : []
        case .removeFirst(.nothing): state.isEmpty ? [state] : []
        case .removeFirst(nil): [Array(state.dropFirst())]
        case .read(let found): found == state ? [state] : []
        }
    }
}
