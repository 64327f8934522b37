import CommandCatalog

/// The session's own commands, which begin with a colon.
struct Verb {
    let name: String
    /// The arguments as the help shows them.
    let arguments: String
    let summary: String
    /// The words that may stand behind it, where it is one of a few.
    let choices: [String]
    /// Whether a command of Redis follows.
    let takesCommand: Bool

    init(_ name: String, _ arguments: String, _ summary: String, choices: [String] = [], takesCommand: Bool = false) {
        self.name = name
        self.arguments = arguments
        self.summary = summary
        self.choices = choices
        self.takesCommand = takesCommand
    }

    private static let switches = ["on", "off"]

    /// Every verb, in the order of the help.
    static let all = [
        Verb("help", "[COMMAND|@group]", "this list, or what a command does", takesCommand: true),
        Verb("explain", "COMMAND [argument ...]", "what the Cluster edition says of a request", takesCommand: true),
        Verb(
            "check", "off|warn|block", "what is done with a request that it would refuse",
            choices: ReplSettings.Check.allCases.map(\.rawValue)),
        Verb("slot", "KEY", "the hash slot of a key"),
        Verb("peek", "KEY", "type, time to live, size against the limit, first elements"),
        Verb("watch", "SECONDS COMMAND", "sends a command again and again, until Ctrl-C"),
        Verb("source", "FILE", "runs the lines of a file"),
        Verb("edit", "", "writes lines in $VISUAL or $EDITOR, then runs them"),
        Verb(
            "mode", "tty|raw|csv|json", "how replies are written", choices: ReplSettings.Mode.allCases.map(\.rawValue)),
        Verb(
            "dialect", "2.8|7", "`(empty list or set)` or `(empty array)`",
            choices: ReplSettings.Dialect.allCases.map(\.rawValue)),
        Verb("utf8", "on|off", "text in UTF-8 as it is, not as \\xHH", choices: switches),
        Verb("timing", "on|off", "the time of every request, not of slow ones alone", choices: switches),
        Verb("pager", "on|off", "a pager for replies that are taller than the screen", choices: switches),
        Verb("confirm", "on|off", "a question before what deletes much", choices: switches),
        Verb("hints", "on|off", "the arguments still to come, behind the cursor", choices: switches),
        Verb("quit", "", "ends the session, as Ctrl-D does"),
    ]

    static func named(_ name: String) -> Verb? { all.first { $0.name == name } }
}

/// Completion of whole lines: verbs, help and commands.
enum LineCompletion {
    /// What the line up to the cursor may become.
    static func of(_ line: [UInt8], keys: [[UInt8]]) -> Completion {
        let typed = TypedLine(line)
        let words = typed.words.map { String(decoding: $0, as: UTF8.self) }
        let partial = String(decoding: typed.partialWord, as: UTF8.self)
        guard let first = words.first else {
            guard partial.hasPrefix(":") else {
                let commands = Completion(of: line, keys: keys)
                guard !partial.isEmpty, "help".hasPrefix(partial.lowercased()) else { return commands }
                return Completion(
                    replacedBytes: commands.replacedBytes, candidates: (commands.candidates + ["help"]).sorted())
            }
            return matching(Verb.all.map { ":\($0.name)" }, partial)
        }
        let lower = first.lowercased()
        if lower == "help" || lower == ":help" || lower == "?" { return help(words.dropFirst(), partial) }
        guard lower.hasPrefix(":") else { return Completion(of: line, keys: keys) }
        return verb(String(lower.dropFirst()), words.count, line, keys, partial)
    }

    private static func verb(
        _ name: String, _ position: Int, _ line: [UInt8], _ keys: [[UInt8]], _ partial: String
    ) -> Completion {
        guard let verb = Verb.named(name) else { return Completion(replacedBytes: 0, candidates: []) }
        if !verb.choices.isEmpty { return matching(position == 1 ? verb.choices : [], partial) }
        if name == "slot" || name == "peek" { return Completion(of: Array("GET \(partial)".utf8), keys: keys) }
        guard verb.takesCommand || name == "watch" else { return Completion(replacedBytes: 0, candidates: []) }
        let skipped = name == "watch" ? 2 : 1
        guard position >= skipped else { return Completion(replacedBytes: 0, candidates: []) }
        var rest = line[...]
        for _ in 0..<skipped {
            rest = rest.drop { $0 == 32 }.drop { $0 != 32 }
        }
        return Completion(of: Array(rest), keys: keys)
    }

    private static func help(_ words: ArraySlice<String>, _ partial: String) -> Completion {
        if let first = words.first, let row = Catalog.row(named: first) {
            let names = Catalog.subcommands(of: row).map { String($0.name.dropFirst(row.name.count + 1)) }
            return matching(words.count == 1 ? names : [], partial)
        }
        let groups = Command.Group.allCases.map { ReplHelp.groupName($0) }
        return matching(Catalog.all.filter { $0.container == nil }.map(\.name) + groups, partial)
    }

    private static func matching(_ words: [String], _ partial: String) -> Completion {
        let isLower = partial.last?.isLowercase ?? false
        let folded = partial.lowercased()
        let found = words.filter { $0.lowercased().hasPrefix(folded) }
        return Completion(
            replacedBytes: partial.utf8.count, candidates: found.map { isLower ? $0.lowercased() : $0 }.sorted())
    }
}

/// The hints of whole lines: verbs and commands.
enum LineHint {
    /// The hint for a line whose end the cursor is at; nil for none.
    static func of(_ line: [UInt8], contract: Contract) -> Hint? {
        let typed = TypedLine(line)
        guard let first = typed.words.first ?? (typed.partial.isEmpty ? nil : typed.partialWord) else { return nil }
        let name = String(decoding: first, as: UTF8.self).lowercased()
        if ["help", "?", "exit", "quit", "clear", "#"].contains(name) { return nil }
        guard name.hasPrefix(":") else { return Hint(for: line, contract: contract) }
        let verb = Verb.named(String(name.dropFirst()))
        guard !typed.words.isEmpty else {
            let isBeginning = Verb.all.contains { ":\($0.name)".hasPrefix(name) }
            return isBeginning ? nil : Hint("  there is no such verb: :help lists them", isWarning: true)
        }
        guard let verb else { return Hint("there is no such verb: :help lists them", isWarning: true) }
        guard typed.words.count == 1, typed.partial.isEmpty, !verb.arguments.isEmpty else { return nil }
        return Hint(verb.arguments)
    }
}
