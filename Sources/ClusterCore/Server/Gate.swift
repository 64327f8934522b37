import CommandCatalog

/// Judges a request before it reaches the data: whether it is supported, whole, allowed to this client, and small enough.
///
/// A value without state, so that the judgement is the same for every connection.
struct Gate: Sendable {
    let contract: Contract
    private let names = NameIndex.shared

    /// What the gate says of a request.
    enum Admission {
        case admitted(Command.ID, Command.Facts)
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
    }

    /// Judges a request, in the order in which Redis 2.8 judges: the name, the arity, the password; then our sizes.
    @inline(__always)
    func admit(_ arguments: Arguments, isAuthenticated: Bool) -> Admission {
        guard case .supported(let id) = names.find(arguments[0].buffer.span) else { return .refused }
        let facts = id.facts
        guard facts.accepts(argumentCount: arguments.count) else { return .wrongArity(id) }
        guard isAuthenticated || id == .auth else { return .unauthenticated }
        if case .range(first: 1, last: 1, _) = facts.keys {
            return arguments[1].count <= contract.maxKeyBytes ? .admitted(id, facts) : .keyTooLong(argument: 1)
        }
        for index in arguments.keyIndexes(facts.keys) where arguments[index].count > contract.maxKeyBytes {
            return .keyTooLong(argument: index)
        }
        return .admitted(id, facts)
    }
}
