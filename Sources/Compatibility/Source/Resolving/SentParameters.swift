/// The parameters of a project's functions that are sent to Redis as a command's name: `cmd` of
/// `send(cmd, ...args) { return this.client.call(cmd, ...args) }`.
enum SentParameters {
    /// Names of commands are looked for among so many first arguments.
    static let maximumNumber = 4
    /// How many functions may pass a name on to each other.
    static let maximumDepth = 6
    /// What the tables call a method that takes the words themselves.
    static let method = Identifier("call")
}

extension Solver {
    /// The parameters, each with the type of the client that it is given to.
    mutating func sentParameters() -> [UInt64: Int] {
        var sent: [UInt64: Int] = [:]
        for _ in 0..<SentParameters.maximumDepth {
            let before = sent.count
            for argument in arguments where argument.name == .none && values[argument.value].kind == .entity {
                let entity = values[argument.value].key
                guard sent[entity] == nil else { continue }
                sent[entity] = type(sentBy: argument, sent)
            }
            if sent.count == before { break }
        }
        return sent
    }

    /// The client that sends an argument as a command's name.
    private mutating func type(sentBy argument: FileFlow.Argument, _ sent: [UInt64: Int]) -> Int? {
        for known in evaluation.sets[evaluation.set(of: argument.callee, &values)] {
            let callee = values[known]
            switch callee.kind {
            case .clientMember:
                let type = Int(callee.a)
                let skipped: Int32 = evaluation.index.table.types[type].skipsFirst ? 1 : 0
                let line = evaluation.index.line(callee.name, on: type, isStatic: callee.b == 1, argumentCount: .max)
                let isSent = line?.templates.contains { template in
                    template.isRaw && !template.isFormat && argument.number == skipped + Int32(template.firstWord)
                }
                if isSent == true { return type }
            case .function:
                if let type = sent[EntityKey.parameter(Int(argument.number), of: callee.key)] { return type }
            default: continue
            }
        }
        return nil
    }
}
