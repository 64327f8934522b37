/// The functions of a project that give a parameter of theirs to a client, as the format of a command.
///
/// `void *ask(const char *format, ...) { … redisvCommand(c, format, list); }` sends what it is called with.
struct Forwarding: Sendable {
    struct Target: Sendable, Equatable {
        /// The number of the parameter, from 0.
        let number: Int32
        /// The type of the client's function.
        let type: Int32
    }

    private var owners: [UInt64: Owner] = [:]
    private var functions: [UInt64: [Target]] = [:]

    private struct Owner: Sendable {
        let function: UInt64
        let number: Int32
    }

    init(_ parameters: [(entity: UInt64, function: UInt64, number: Int32)]) {
        for parameter in parameters {
            owners[parameter.entity] = Owner(function: parameter.function, number: parameter.number)
        }
    }

    func isParameter(_ entity: UInt64) -> Bool { owners[entity] != nil }

    func targets(of function: UInt64) -> [Target] { functions[function] ?? [] }

    /// A parameter is given as an argument to something; true if more is known now.
    mutating func add(_ parameter: UInt64, given number: Int32, to callee: FlowValue, _ index: ClientIndex) -> Bool {
        guard let owner = owners[parameter] else { return false }
        let target: Target
        switch callee.kind {
        case .clientClass:
            guard isFormat(Identifier("new"), of: callee.a, isStatic: true, number, index) else { return false }
            target = Target(number: owner.number, type: callee.a)
        case .clientMember:
            guard isFormat(callee.name, of: callee.a, isStatic: callee.b == 1, number, index) else { return false }
            target = Target(number: owner.number, type: callee.a)
        case .function:
            guard let own = targets(of: callee.key).first(where: { $0.number == number }) else { return false }
            target = Target(number: owner.number, type: own.type)
        default: return false
        }
        guard !targets(of: owner.function).contains(target) else { return false }
        functions[owner.function, default: []].append(target)
        return true
    }

    private func isFormat(
        _ name: Identifier, of type: Int32, isStatic: Bool, _ number: Int32, _ index: ClientIndex
    ) -> Bool {
        guard let line = index.line(name, on: Int(type), isStatic: isStatic, argumentCount: .max) else { return false }
        return line.templates.contains { $0.isFormat && $0.firstWord == Int(number) }
    }
}
