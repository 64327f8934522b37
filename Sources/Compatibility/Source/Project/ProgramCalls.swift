import CommandCatalog

/// Calls of redis-cli that a program makes: `exec.Command("redis-cli", "FLUSHALL")`, `["redis-cli", "keys", "*"]`,
/// `system("redis-cli flushall")`.
struct ProgramCalls {
    private let tree: SyntaxTree
    /// How sure it is that a list of words is run: what tests expect is not.
    private let ofLists: SentCommand.Confidence
    private(set) var commands: [SentCommand] = []

    /// - Parameter tree: of a file that is no shell script.
    init(_ tree: SyntaxTree, path: String) {
        self.tree = tree
        ofLists = Self.isTest(path) ? .low : .high
        guard tree.text.find("-cli", from: 0, end: tree.text.count) != nil else { return }
        for (number, node) in tree.nodes.enumerated() {
            let id = NodeID(index: Int32(number))
            switch node.kind {
            case .call, .new: readCall(id)
            case .collection where !node.flags.contains(.map): readWords(Array(tree.children(of: id)), ofLists)
            default: continue
            }
        }
    }

    private static func isTest(_ path: String) -> Bool {
        path.split(separator: "/").contains { part in
            let name = part.lowercased()
            return name.hasPrefix("test") || name.hasPrefix("spec") || name.contains("_test.")
                || name.contains(".test.")
                || name.contains("_spec.") || name.contains(".spec.") || part.contains("Test.")
                || part.contains("Tests.")
        }
    }

    /// Functions and types that run what their arguments say.
    private static let running = Set(
        [
            "Command", "CommandContext", "exec", "execSync", "execFile", "execFileSync", "spawn", "spawnSync", "execa",
            "run",
            "Popen", "popen", "call", "check_call", "check_output", "getoutput", "system", "shell_exec", "passthru",
            "proc_open", "ProcessBuilder", "Process", "Exec", "ExecCommand", "Run", "RunCommand", "runCommand", "cmd",
            "sh",
            "shell", "bash", "execute", "execl", "execlp", "execv", "execvp", "Start", "command", "capture", "capture2",
            "capture3", "run_command", "execInContainer", "new",
        ].map { Identifier($0) })

    private static let call = Identifier("call")

    private mutating func readCall(_ id: NodeID) {
        guard let callee = tree.child(0, of: id) else { return }
        let isRunning = Self.running.contains(tree[callee].name)
        let arguments = Array(tree.children(of: id).dropFirst())
        // `call` alone is subprocess', or what a mock of Python expects.
        let isExpected = tree[callee].kind == .name && tree[callee].name == Self.call
        let confidence = isExpected ? ofLists : .high
        if isRunning { readWords(arguments, confidence) }
        guard isRunning || arguments.contains(where: isScriptOption) else { return }
        for argument in arguments { readScript(argument, confidence) }
    }

    /// `sh -c`, with the script behind it.
    private func isScriptOption(_ id: NodeID) -> Bool {
        guard let text = text(id) else { return false }
        return text == "-c" || text == "-lc"
    }

    private func text(_ id: NodeID) -> String? {
        let node = tree[id]
        guard node.kind == .literal, node.flags.contains(.string), node.end - node.start < 2_000 else { return nil }
        return String(decoding: StringDecoder.bytes(of: node, in: tree.text).bytes, as: UTF8.self)
    }

    /// The program and its arguments, each a word.
    private mutating func readWords(_ all: [NodeID], _ confidence: SentCommand.Confidence) {
        let program = all.firstIndex { id in
            guard let name = text(id)?.split(separator: "/").last else { return false }
            return RedisClientCall.isProgram(String(name))
        }
        guard let program else { return }
        let words = all[(program + 1)...].map { id in
            let node = tree[id]
            guard let text = text(id) else {
                let isOpen = node.kind == .argument && node.flags.contains(.spread)
                return ShellScript.Word(isUnknown: true, isOpen: isOpen, offset: Int(node.start), end: Int(node.end))
            }
            return ShellScript.Word(bytes: Array(text.utf8), offset: Int(node.start), end: Int(node.end))
        }
        add(RedisClientCall(words[...], inputFollows: false), at: tree[all[program]], confidence)
    }

    /// A string that a shell runs.
    private mutating func readScript(_ id: NodeID, _ confidence: SentCommand.Confidence) {
        guard let text = text(id), text.contains("-cli ") else { return }
        for command in ShellScript.commands(of: Array(text.utf8)) {
            let program = ShellProgram.of(command.words) { RedisClientCall.isProgram(ShellProgram.name($0)) }
            guard case .client(let place) = program else { continue }
            let call = RedisClientCall(command.words[(place + 1)...], inputFollows: false)
            add(call, at: tree[id], confidence, isScript: true)
        }
    }

    private mutating func add(
        _ call: RedisClientCall, at node: SyntaxNode, _ confidence: SentCommand.Confidence, isScript: Bool = false
    ) {
        for sent in call.sent {
            guard let first = sent.words.first, !first.isUnknown, Catalog.find(first.bytes.span) != nil else {
                continue
            }
            let place =
                isScript || first.end <= first.offset
                ? Int(node.start)..<Int(node.end) : first.offset..<first.end
            var name = first
            name.bytes = Array(first.text.uppercased().utf8)
            commands.append(
                SentCommand(
                    place: SourcePlace(bytes: place, line: 0, column: 0, endColumn: 0),
                    words: ([name] + sent.words.dropFirst()).map { $0.isUnknown ? .unknown : .literal($0.bytes) },
                    isOpenEnded: sent.isOpen || sent.words.contains(where: \.isOpen), leastWords: sent.words.count,
                    isRaw: true, origin: .raw, library: .redisCLI, confidence: confidence, method: "redis-cli"))
        }
    }
}
