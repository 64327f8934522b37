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

    /// The names by which other files can come by clients.
    func carrierNames() -> NameFilter {
        state.withLock { state in
            state.solver.solve()
            return NameFilter(state.carriers.names(&state.solver))
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
