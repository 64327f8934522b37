import Synchronization

/// What the files of one family of languages say together, as far as they were read.
///
/// Families know nothing of each other: each can be solved by a thread of its own.
final class FamilyReading: Sendable {
    private struct State {
        /// What was read and is not solved yet, with the files' places in the project.
        var new: [(place: Int, flow: FileFlow)] = []
        var solver = Solver()
        var carriers = CarrierNames()
        /// How often something was solved.
        var count = 0

        mutating func solve(isLast: Bool) {
            guard !new.isEmpty || (isLast && count > 1) else { return }
            for file in new { carriers.add(file.flow) }
            solver.add(new)
            // What the files said is with the solver; twice it would not fit.
            new = []
            count += 1
            solver.solve(isLast: isLast)
        }
    }

    private let state = Mutex(State())

    /// The number of values of the files that were read.
    var valueCount: Int { state.withLock { $0.new.reduce($0.solver.values.count) { $0 + $1.flow.values.own.count } } }

    /// Takes a file's values over; they are solved later.
    ///
    /// - Parameter place: the file's place in the project.
    func add(_ flow: FileFlow, at place: Int) {
        state.withLock { $0.new.append((place, flow)) }
    }

    /// The names by which other files can come by clients.
    func carrierNames() -> NameFilter {
        state.withLock { state in
            state.solve(isLast: false)
            return NameFilter(state.carriers.names(&state.solver))
        }
    }

    /// What the files say together.
    ///
    /// No more may be added afterwards.
    func solution() -> Solution {
        state.withLock { state in
            state.carriers = CarrierNames()
            state.solve(isLast: true)
            return state.solver.solution()
        }
    }
}
