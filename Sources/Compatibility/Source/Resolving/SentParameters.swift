/// The parameters of a project's functions that are sent to Redis as a command's name, or as the format of a command.
///
/// `send(cmd, ...args) { return this.client.call(cmd, ...args) }`, `this.client[cmd](...args)` and
/// `void *ask(const char *format, ...) { … redisvCommand(c, format, list); }` send what they are called with.
struct SentParameters: Sendable {
    /// Who sends a parameter.
    struct Sender: Sendable {
        /// The type of the client.
        let type: Int
        /// The parameter is the format of a command, whose values follow it; else it is the command's name.
        let isFormat: Bool
    }

    private var senders: [UInt64: Sender] = [:]

    /// Names of commands are looked for among so many first arguments.
    static let maximumNumber = 4
    /// How many functions may pass a name on to each other.
    static let maximumDepth = 8
    /// What the tables call a method that takes the words themselves, and a function of its own.
    static let method = Identifier("call")
    static let construction = Identifier("new")

    fileprivate(set) subscript(parameter: UInt64) -> Sender? {
        get { senders[parameter] }
        set { senders[parameter] = newValue }
    }

    fileprivate var count: Int { senders.count }

    /// Their keys.
    var parameters: some Collection<UInt64> { senders.keys }
}

extension Solver {
    /// The parameters that are sent, with who sends them.
    mutating func sentParameters() -> SentParameters {
        var sent = SentParameters()
        for _ in 0..<SentParameters.maximumDepth {
            let before = sent.count
            for argument in arguments where argument.name == .none {
                guard let parameter = values.origin(of: argument.value), sent[parameter] == nil else { continue }
                sent[parameter] = sender(of: argument, sent)
            }
            if sent.count == before { break }
        }
        return sent
    }

    /// The client that sends an argument, itself or through other functions.
    private mutating func sender(of argument: FileFlow.Argument, _ sent: SentParameters) -> SentParameters.Sender? {
        for known in evaluation.sets[evaluation.set(of: argument.callee, &values)] {
            let callee = values[known]
            switch callee.kind {
            case .clientMember where callee.plain != .none:
                if callee.name == MemberNames.named, evaluation.mayBeOther(argument.callee, &values) { continue }
                if let sender = sender(callee.a, callee.name, isStatic: callee.b == 1, argument.number) {
                    return sender
                }
            case .clientClass:
                let sender = sender(callee.a, SentParameters.construction, isStatic: true, argument.number)
                if let sender { return sender }
            case .function:
                if let sender = sent[EntityKey.parameter(Int(argument.number), of: callee.key)] { return sender }
            default: continue
            }
        }
        return nil
    }

    /// The client's type, if its method takes a name or a format as the argument of a number.
    private func sender(
        _ type: Int32, _ method: Identifier, isStatic: Bool, _ number: Int32
    ) -> SentParameters.Sender? {
        let type = Int(type)
        if method == MemberNames.named {
            guard evaluation.index.table.types[type].speaksCommands else { return nil }
            return SentParameters.Sender(type: type, isFormat: false)
        }
        let skipped: Int32 = evaluation.index.table.types[type].skipsFirst ? 1 : 0
        let line = evaluation.index.line(method, on: type, isStatic: isStatic, argumentCount: .max)
        for template in line?.templates ?? [] where template.isRaw {
            let isFormat = template.isFormat
            if number == Int32(template.firstWord) + (isFormat ? 0 : skipped) {
                return SentParameters.Sender(type: type, isFormat: isFormat)
            }
        }
        return nil
    }
}

extension Evaluation {
    /// The member's object may be one of the project's own as well as a client, as what a container of all things gives:
    /// which of them a name is a method of is not known.
    mutating func mayBeOther(_ member: ValueID, _ values: inout ValueTable) -> Bool {
        sets[set(of: values[member].a, &values)].contains {
            switch values[$0].kind {
            case .instance, .classObject, .function, .module: true
            default: false
            }
        }
    }
}

extension ValueTable {
    /// The parameter that a value is, if need be in another form: its bytes, its first element.
    func origin(of id: ValueID, depth: Int = 0) -> UInt64? {
        guard depth < 12 else { return nil }
        let value = self[id]
        switch value.kind {
        case .entity: return value.key
        case .element, .tuple: return origin(of: value.a, depth: depth + 1)
        case .member: return Self.forms.contains(value.name) ? origin(of: value.a, depth: depth + 1) : nil
        case .result: return self[value.a].kind == .member ? origin(of: value.a, depth: depth + 1) : nil
        case .choice: return origin(of: value.a, depth: depth + 1) ?? origin(of: value.b, depth: depth + 1)
        default: return nil
        }
    }

    /// Members that give a string, or a list of them, in another form.
    private static let forms = Set(
        [
            "c_str", "data", "begin", "cbegin", "str", "constData", "toUtf8", "toStdString", "getBytes", "as_str",
            "as_bytes",
        ].map { Identifier($0) })
}
