import CommandCatalog

/// Judges a request before it reaches the data: whether it is supported, whole, allowed to this client, and small enough.
///
/// A value without state, so that the judgement is the same for every connection.
struct Gate: Sendable {
    let contract: Contract
    private let names = NameIndex.shared

    /// What of each command the gate looks at, by the command's number: one word a command, in one place.
    private let routes: [Route]

    private struct Route {
        let arity: Int32
        let shape: KeyShape
    }

    /// Where a command has its keys, as far as its way depends on it.
    enum KeyShape: UInt8 {
        /// It has none: the session answers it.
        case none
        /// The first argument after the name is its only key: most commands, and the fastest way.
        case first
        /// The same, but 2.8 may answer it without a look at the arguments behind the key: they are judged by
        /// themselves.
        case firstAlone
        /// As `first`, but what it does with a large value may take milliseconds and its reply may be short: it is
        /// answered by itself, so that it can be looked after it whether the connection's turn is over.
        case alone
        /// It has several, or they stand elsewhere: its `KeyLayout` tells.
        case several
    }

    /// What the gate says of a request.
    enum Admission {
        case admitted(Command.ID, KeyShape)
        /// Not a command of the contract.
        case refused
        /// The number of arguments is not one that the command has in 2.8.
        case wrongArity(Command.ID)
        case unauthenticated
        /// The key at this place among the arguments is too long.
        case keyTooLong(argument: Int)
    }

    init(contract: Contract) {
        self.contract = contract
        routes = Command.ID.allCases.map { id in
            let shape: KeyShape =
                switch id.facts.keys {
                case .none: .none
                case .range(first: 1, last: 1, _):
                    id.row.mayPassOverLaterForms ? .firstAlone : Self.mayTakeLong.contains(id) ? .alone : .first
                default: .several
                }
            return Route(arity: Int32(id.facts.arity), shape: shape)
        }
    }

    /// Commands that go through a whole value, or pack it, and may answer little.
    private static let mayTakeLong: Set<Command.ID> = [.dump, .hscan, .linsert, .lrem, .restore, .sscan, .zscan]

    /// Judges a request, in the order in which Redis 2.8 judges: the name, the arity, the password; then our sizes.
    @inline(__always)
    func admit(_ arguments: Arguments, isAuthenticated: Bool) -> Admission {
        guard case .supported(let id) = names.find(arguments[0].buffer.span) else { return .refused }
        let route = routes[Int(id.rawValue)]
        let count = Int32(truncatingIfNeeded: arguments.count)
        guard route.arity >= 0 ? count == route.arity : count >= -route.arity else { return .wrongArity(id) }
        guard isAuthenticated || id == .auth || id == .quit else { return .unauthenticated }
        switch route.shape {
        case .none: break
        case .first, .firstAlone, .alone:
            if arguments[1].count > contract.maxKeyBytes { return .keyTooLong(argument: 1) }
        case .several:
            if let index = tooLongKey(arguments, id.facts.keys) { return .keyTooLong(argument: index) }
        }
        return .admitted(id, route.shape)
    }

    private func tooLongKey(_ arguments: Arguments, _ keys: KeyLayout) -> Int? {
        for index in arguments.keyIndexes(keys) where arguments[index].count > contract.maxKeyBytes { return index }
        return nil
    }
}
