/// What clients did to one key, and whether there is an order of it all that explains what they saw.
///
/// The method is Wing and Gong's search with Lowe's memory of states that were tried: an operation may take its place
/// anywhere between its call and its return; one whose client was never told whether it happened may take it at any time
/// after its call, or never. What a key is and what its operations do to it is the model's to say.
struct History<Model: HistoryModel> {
    /// One operation.
    struct Operation: Sendable {
        let call: ContinuousClock.Instant
        /// When the client was told; nil where it never was.
        let returned: ContinuousClock.Instant?
        let action: Model.Action
    }

    private(set) var operations: [Operation] = []

    mutating func add(_ operation: Operation) { operations.append(operation) }

    /// What the key may be at a moment at which all operations that returned before it are done.
    private struct Possibility: Hashable {
        let state: Model.State
        /// Which of the unknown operations have happened, a bit each.
        let happened: UInt64
    }

    /// Where a search has come in a part of the history.
    private struct Position: Hashable {
        /// Which of the part's operations are done, a bit each.
        let done: UInt64
        let reached: Possibility
    }

    /// Whether the operations can be put into an order in which each answers what it did answer.
    ///
    /// The history is cut wherever nothing was under way but what nobody was told of: a part is searched for everything
    /// that the key may be after the one before, so the search takes time that grows with how much happens at once, not
    /// with its length.
    func isLinearizable(from initial: Model.State = Model.initial) -> Bool {
        let unknown = unknown
        precondition(unknown.count <= 64, "\(unknown.count) operations of which nobody was told: check more often")
        var possibilities: Set<Possibility> = [Possibility(state: initial, happened: 0)]
        for part in parts {
            var next: Set<Possibility> = []
            for possibility in possibilities { next.formUnion(Self.search(part, unknown, from: possibility)) }
            if next.isEmpty { return false }
            possibilities = Self.withoutNeedless(next)
        }
        return true
    }

    /// What the key may be after all operations of a part; nothing where no order explains them.
    private static func search(
        _ part: [Operation], _ unknown: [Operation], from start: Possibility
    ) -> Set<Possibility> {
        precondition(part.count < 64, "\(part.count) operations at once: let fewer clients share a key")
        let all = (UInt64(1) << UInt64(part.count)) - 1
        var tried: Set<Position> = []
        var finals: Set<Possibility> = []
        var stack = [Position(done: 0, reached: start)]
        while let position = stack.popLast() {
            guard tried.insert(position).inserted else { continue }
            guard position.done != all else {
                finals.insert(position.reached)
                continue
            }
            let open = part.indices.filter { position.done & (1 << UInt64($0)) == 0 }
            // What is called after another has returned cannot come before it.
            let bound = open.compactMap { part[$0].returned }.min()
            func isPossible(_ operation: Operation) -> Bool { bound.map { operation.call <= $0 } ?? true }
            for index in open where isPossible(part[index]) {
                for state in Model.states(after: part[index].action, in: position.reached.state) {
                    stack.append(
                        Position(
                            done: position.done | 1 << UInt64(index),
                            reached: Possibility(state: state, happened: position.reached.happened)))
                }
            }
            var tries: Set<Model.Action> = []
            for index in unknown.indices where position.reached.happened & (1 << UInt64(index)) == 0 {
                // Of several that do the same, the first one that was called stands for all.
                guard isPossible(unknown[index]), tries.insert(unknown[index].action).inserted else { continue }
                for state in Model.states(after: unknown[index].action, in: position.reached.state) {
                    stack.append(
                        Position(
                            done: position.done,
                            reached: Possibility(
                                state: state, happened: position.reached.happened | 1 << UInt64(index))))
                }
            }
        }
        return finals
    }

    /// The possibilities without those that another one makes needless: it is the same state and more may still happen.
    private static func withoutNeedless(_ possibilities: Set<Possibility>) -> Set<Possibility> {
        var kept: Set<Possibility> = []
        for (_, group) in Dictionary(grouping: possibilities, by: \.state) {
            kept.formUnion(
                group.filter { one in
                    !group.contains { $0.happened != one.happened && $0.happened & one.happened == $0.happened }
                })
        }
        return kept
    }
}

// MARK: - Parts

extension History {
    /// The operations of which nobody was told, in the order of their calls; those that explain nothing are left out.
    private var unknown: [Operation] {
        let known = operations.filter { $0.returned != nil }.map(\.action)
        return operations.filter { $0.returned == nil && Model.mayExplain($0.action, known) }
            .sorted { $0.call < $1.call }
    }

    /// The operations that have returned, between moments at which none was under way, in order.
    private var parts: [[Operation]] {
        var parts: [[Operation]] = []
        var part: [Operation] = []
        var latest: ContinuousClock.Instant?
        for operation in operations.sorted(by: { $0.call < $1.call }) {
            guard let returned = operation.returned else { continue }
            if let latest, operation.call > latest {
                parts.append(part)
                part = []
            }
            part.append(operation)
            latest = max(latest ?? returned, returned)
        }
        return parts + [part]
    }
}
