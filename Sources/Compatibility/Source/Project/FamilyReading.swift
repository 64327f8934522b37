import Synchronization

/// What the files of one family of languages say together, as far as they were read.
///
/// Families know nothing of each other: each can be solved by a thread of its own.
final class FamilyReading: Sendable {
    private struct State {
        var solver = Solver()
        var carriers = CarrierNames()
    }

    private let state = Mutex(State())

    /// The number of values of the files that were read.
    var valueCount: Int { state.withLock { $0.solver.values.count } }

    /// Takes a file's values over; they are solved later.
    ///
    /// - Parameter place: the file's place in the project.
    func add(_ flow: FileFlow, at place: Int) {
        state.withLock { state in
            state.carriers.add(flow)
            state.solver.add(flow, at: place)
        }
    }

    /// Finds other files that can come by the clients.
    func carrierFilter() -> CarrierFilter {
        state.withLock { state in
            state.solver.solve()
            return state.carriers.filter(&state.solver)
        }
    }

    /// What the files say together.
    ///
    /// No more may be added afterwards.
    func solution() -> Solution {
        state.withLock { state in
            state.carriers = CarrierNames()
            return state.solver.solution()
        }
    }
}
