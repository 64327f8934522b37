import CommandCatalog
import Synchronization

/// The faults that are in force.
///
/// Requests look at one flag a read while there are none.
final class FaultSet: Sendable {
    private struct State {
        var faults: [Fault] = []
        var last = 0
        var generator: SmallGenerator
    }

    private let state: Locked<State>
    private let meetsRequests = Atomic(false)
    private let clock: Clock

    init(seed: UInt64, clock: Clock) {
        state = Locked(State(generator: SmallGenerator(seed: seed)))
        self.clock = clock
    }

    /// Whether single requests are met by any.
    @inline(__always)
    var isActive: Bool { meetsRequests.load(ordering: .relaxed) }

    /// So many may be in force: each request looks at all of them.
    static let most = 100

    /// Adds a fault; returns its number, nil where there are as many as there may be.
    func add(_ fault: Fault) -> Int? {
        change { state in
            guard state.faults.count < Self.most else { return nil }
            state.last += 1
            state.faults.append(fault)
            state.faults[state.faults.count - 1].number = state.last
            return state.last
        }
    }

    /// Removes the fault of a number, all where it is nil; returns how many there were.
    func remove(_ number: Int?) -> Int {
        change { state in
            let before = state.faults.count
            state.faults.removeAll { number == nil || $0.number == number }
            return before - state.faults.count
        }
    }

    /// Those in force.
    var all: [Fault] { change { $0.faults } }

    /// Changes the faults, without those whose time is over.
    private func change<Result>(_ body: (inout State) -> Result) -> Result {
        state.withLock { state in
            removeEnded(&state)
            defer { noteWhatTheyMeet(state) }
            return body(&state)
        }
    }

    private func removeEnded(_ state: inout State) {
        guard state.faults.contains(where: { $0.end != nil }) else { return }
        let now = clock.now()
        state.faults.removeAll { fault in fault.end.map { $0 <= now } ?? false }
        noteWhatTheyMeet(state)
    }

    private func noteWhatTheyMeet(_ state: State) {
        meetsRequests.store(state.faults.contains { $0.kind.meetsRequests }, ordering: .relaxed)
    }
}

// MARK: - What they meet

extension FaultSet {
    /// What goes wrong with a request; nil where nothing does.
    func meets(_ id: Command.ID, _ arguments: Arguments) -> Fault.Kind? {
        state.withLock { state in
            removeEnded(&state)
            for index in state.faults.indices where state.faults[index].kind.meetsRequests {
                guard state.faults[index].fits(id, arguments), Self.isMet(index, &state) else { continue }
                return state.faults[index].kind
            }
            return nil
        }
    }

    /// Draws whether a fault meets something, and counts it.
    private static func isMet(_ index: Int, _ state: inout State) -> Bool {
        let share = state.faults[index].share
        guard share >= 1 || Double.random(in: 0..<1, using: &state.generator) < share else { return false }
        state.faults[index].hits += 1
        return true
    }

    /// Whether a new connection is to be refused.
    func refusesConnection() -> Bool {
        state.withLock { state in
            guard !state.faults.isEmpty else { return false }
            removeEnded(&state)
            for index in state.faults.indices where state.faults[index].kind == .refuse {
                if Self.isMet(index, &state) { return true }
            }
            return false
        }
    }

    /// After how many milliseconds connections count as idle; nil where no fault says so.
    var idleMilliseconds: Int64? {
        time { if case .idle(let milliseconds) = $0 { milliseconds } else { nil } }
    }

    /// For how many milliseconds EXEC holds its keys; nil where no fault says so.
    var holdMilliseconds: Int64? {
        time { if case .hold(let milliseconds) = $0 { milliseconds } else { nil } }
    }

    private func time(_ milliseconds: (Fault.Kind) -> Int64?) -> Int64? {
        state.withLock { state in
            guard !state.faults.isEmpty else { return nil }
            removeEnded(&state)
            return state.faults.compactMap { milliseconds($0.kind) }.first
        }
    }
}
