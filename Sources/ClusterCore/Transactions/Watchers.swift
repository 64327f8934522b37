/// Who watches one key: each connection once, however often it asks.
///
/// A few are looked through; of many, such as watch a lock that all want, one is found by what it is.
enum Watchers {
    case few([WatchState])
    case many([ObjectIdentifier: WatchState])

    private static let mostFew = 8

    var isEmpty: Bool {
        switch self {
        case .few(let states): states.isEmpty
        case .many(let states): states.isEmpty
        }
    }

    /// O(1).
    mutating func insert(_ state: WatchState) {
        switch self {
        case .few(var states):
            if states.contains(where: { $0 === state }) { return }
            // Not kept twice while it changes.
            self = .few([])
            states.append(state)
            self = states.count <= Self.mostFew ? .few(states) : .many(Self.table(of: states))
        case .many(var states):
            self = .few([])
            states[ObjectIdentifier(state)] = state
            self = .many(states)
        }
    }

    private static func table(of states: [WatchState]) -> [ObjectIdentifier: WatchState] {
        Dictionary(uniqueKeysWithValues: states.map { (ObjectIdentifier($0), $0) })
    }

    /// O(1).
    mutating func remove(_ state: WatchState) {
        switch self {
        case .few(var states):
            self = .few([])
            states.removeAll { $0 === state }
            self = .few(states)
        case .many(var states):
            self = .few([])
            states[ObjectIdentifier(state)] = nil
            self = .many(states)
        }
    }

    /// Breaks the WATCH of all; O(watchers).
    func breakAll() {
        switch self {
        case .few(let states): for state in states { state.breakIt() }
        case .many(let states): for state in states.values { state.breakIt() }
        }
    }
}
