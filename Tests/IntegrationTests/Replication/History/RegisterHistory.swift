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
        let done: UInt64
        let value: Int?
    }

    /// Whether the operations can be put into an order in which each read finds what was written last.
    ///
    /// The history is cut wherever nothing was under way: a part is searched for every value that the register may have
    /// after the one before, so the search takes time that grows with how much happens at once, not with its length.
    func isLinearizable(from initial: Int? = nil) -> Bool {
        var values: Set<Int?> = [initial]
        for part in parts {
            values = values.reduce(into: []) { $0.formUnion(Self.values(after: part, from: $1)) }
            if values.isEmpty { return false }
        }
        return true
    }

    /// The values that a register may have after all of these operations; none where no order explains them.
    private static func values(after operations: [Operation], from initial: Int?) -> Set<Int?> {
        precondition(
            operations.count <= 64, "\(operations.count) operations at once: let fewer clients share a register")
        let needed = operations.indices.filter { operations[$0].returned != nil }.reduce(UInt64(0)) {
            $0 | 1 << UInt64($1)
        }
        var tried: Set<State> = []
        var finals: Set<Int?> = []
        var stack = [State(done: 0, value: initial)]
        while let state = stack.popLast() {
            guard tried.insert(state).inserted else { continue }
            if state.done & needed == needed { finals.insert(state.value) }
            let open = operations.indices.filter { state.done & (1 << UInt64($0)) == 0 }
            // What is called after another has returned cannot come before it.
            let bound = open.compactMap { operations[$0].returned }.min()
            for index in open where bound.map({ operations[index].call <= $0 }) ?? true {
                let done = state.done | 1 << UInt64(index)
                switch operations[index].action {
                case .write(let value): stack.append(State(done: done, value: value))
                case .read(let found) where found == state.value: stack.append(State(done: done, value: state.value))
                case .read: break
                }
            }
        }
        return finals
    }
}

// MARK: - Parts

extension RegisterHistory {
    /// The operations between moments at which nothing was under way, in order.
    private var parts: [[Operation]] {
        let seen = Set(operations.compactMap { if case .read(let value) = $0.action { value } else { nil } })
        // A write that nobody was told of explains nothing and contradicts nothing where nobody has seen its value.
        let relevant = operations.filter { operation in
            guard operation.returned == nil, case .write(let value) = operation.action else { return true }
            return seen.contains(value)
        }
        var parts: [[Operation]] = []
        var part: [Operation] = []
        var latest: ContinuousClock.Instant?
        for operation in relevant.map(settled).sorted(by: { $0.call < $1.call }) {
            if let latest, operation.call > latest {
                parts.append(part)
                part = []
            }
            part.append(operation)
            latest = max(latest ?? operation.call, operation.returned ?? operation.call)
        }
        return parts + [part]
    }

    /// A write that nobody was told of as one that ended, at the latest, when its value was first seen.
    private func settled(_ operation: Operation) -> Operation {
        guard operation.returned == nil, case .write(let value) = operation.action else { return operation }
        let reads = operations.filter { if case .read(value) = $0.action { true } else { false } }
        return Operation(call: operation.call, returned: reads.compactMap(\.returned).min(), action: operation.action)
    }
}
