/// What clients did to one register, and whether there is an order of it all that explains what they saw.
///
/// The method is Wing and Gong's search with Lowe's memory of states that were tried: an operation may take its place
/// anywhere between its call and its return; one whose client was never told whether it happened may take it later, or
/// never.
struct RegisterHistory {
    /// One operation on a register that is written and read as a whole.
    struct Operation {
        let call: ContinuousClock.Instant
        /// When the client was told; nil where it never was.
        let returned: ContinuousClock.Instant?
        let action: Action
    }

    /// What was done.
    enum Action {
        case write(Int)
        /// A read and what it found; nil where the register was never written.
        case read(Int?)
    }

    private(set) var operations: [Operation] = []

    mutating func add(_ operation: Operation) { operations.append(operation) }

    private struct State: Hashable {
        let done: Set<Int>
        let value: Int?
    }

    /// Whether the operations can be put into an order in which each read finds what was written last.
    ///
    /// - Parameter initial: what the register had before.
    func isLinearizable(from initial: Int? = nil) -> Bool {
        let operations = self.operations.sorted { $0.call < $1.call }
        var tried: Set<State> = []
        var stack = [State(done: [], value: initial)]
        let needed = operations.indices.filter { operations[$0].returned != nil }
        while let state = stack.popLast() {
            guard tried.insert(state).inserted else { continue }
            if needed.allSatisfy(state.done.contains) { return true }
            let open = operations.indices.filter { !state.done.contains($0) }
            // What is called after another has returned cannot come before it.
            let bound = open.compactMap { operations[$0].returned }.min()
            for index in open where bound.map({ operations[index].call <= $0 }) ?? true {
                switch operations[index].action {
                case .write(let value): stack.append(State(done: state.done.union([index]), value: value))
                case .read(let found) where found == state.value:
                    stack.append(State(done: state.done.union([index]), value: state.value))
                case .read: break
                }
            }
        }
        return false
    }
}

// MARK: - Long histories

extension RegisterHistory {
    /// Parts that can be checked one after another, each with what the register has before: the search takes time that
    /// grows with the length of what it is given.
    ///
    /// A history is cut at a moment at which nothing was under way, where what the register then had is known: the value
    /// of the last write before it, if that write was alone. A write that nobody was told of may come later at any time,
    /// so nothing is cut behind one but where its value is known to have been overwritten or never seen again.
    func parts() -> [(initial: Int?, history: RegisterHistory)] {
        let unknown = operations.filter { $0.returned == nil }
        let seen = Set(operations.compactMap { if case .read(let value) = $0.action { value } else { nil } })
        // One that nobody has seen the value of explains nothing and contradicts nothing: it never happened.
        let relevant = unknown.filter { if case .write(let value) = $0.action { seen.contains(value) } else { false } }
        let sorted = (operations.filter { $0.returned != nil } + relevant.map(settled)).sorted { $0.call < $1.call }
        var parts: [(initial: Int?, history: RegisterHistory)] = []
        var part = RegisterHistory()
        var initial: Int?
        var latest: ContinuousClock.Instant?
        for operation in sorted {
            if let latest, operation.call > latest, let value = part.lastValue(from: initial) {
                parts.append((initial, part))
                initial = value.value
                part = RegisterHistory()
            }
            part.add(operation)
            latest = max(latest ?? operation.call, operation.returned ?? operation.call)
        }
        return parts + [(initial, part)]
    }

    /// An operation that nobody was told of as one that ended, at the latest, when its value was last seen.
    private func settled(_ operation: Operation) -> Operation {
        guard case .write(let value) = operation.action else { return operation }
        let reads = operations.filter { if case .read(value) = $0.action { true } else { false } }
        return Operation(call: operation.call, returned: reads.compactMap(\.returned).min(), action: operation.action)
    }

    /// What the register has when all of this is over, where that is certain.
    private func lastValue(from initial: Int?) -> (value: Int?, Void)? {
        let writes = operations.filter { if case .write = $0.action { true } else { false } }
        guard let last = writes.max(by: { $0.call < $1.call }), case .write(let value) = last.action else {
            return (initial, ())
        }
        let isAlone = writes.allSatisfy { $0.call == last.call || ($0.returned ?? last.call) < last.call }
        return isAlone ? (value, ()) : nil
    }
}
