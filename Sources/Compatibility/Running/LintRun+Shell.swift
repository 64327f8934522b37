import CommandCatalog
import Presentation

extension LintRun {
    /// A longer shell script is none.
    private static let maximumShellBytes = 4 << 20

    mutating func readShell(_ stream: ByteStream, _ report: inout InputReport, _ judge: inout Judge) {
        stream.fill(upTo: Self.maximumShellBytes + 1)
        guard stream.window.count <= Self.maximumShellBytes else {
            report.add("a shell script of more than \(Wording.bytes(Self.maximumShellBytes))")
            return stream.consume(stream.window.count)
        }
        let text = Array(stream.window)
        stream.consume(text.count)
        report.summary.ignoreComments = IgnoreComment.read(text)
        judge.manner.isGathered = false
        judge.manner.library = "redis-cli"
        var shell = ShellJudge(text: text, script: ScriptJudge(options: options, table: table))
        let script = ShellScript.read(text)
        for command in script.commands { shell.judge(command, &judge) }
        shell.finish(&judge)
        if let unread = script.unread, RedisClientCall.programs.contains(where: { text[unread...].contains($0.utf8) }) {
            report.add(
                "a quote is not closed, or substitutions are too deep in each other: what follows was not read",
                line: shell.place(unread).line, byteOffset: unread)
        }
        result.summary.undecided += shell.undecided.map { place, text in
            Summary.Undecided(location: place.location(stream.path), text: text, confidence: .high)
        }
        report.summary.coverage.append("variables and the output of commands are not known in a shell script")
    }
}

/// Judges what a shell script has redis-cli send.
struct ShellJudge {
    private let text: [UInt8]
    private var script: ScriptJudge
    private var variables = ShellVariables()
    private var previous = ShellScript.SimpleCommand()
    /// In how many scripts of scripts the command is.
    private var depth = 0
    /// Calls whose commands are in a variable, a file or another program's output.
    private(set) var undecided: [(place: Place, text: String)] = []
    /// The findings that have no line yet, with the places of their commands.
    private var unshown: [(indexes: Range<Int>, offset: Int, column: Int)] = []
    /// The places of words that are secrets.
    private var secrets: [Range<Int>] = []
    private let places: TextPlaces

    /// What writes its words instead of running them.
    private static let writers: Set<String> = ["echo", "printf"]
    private static let maximumDepth = 5

    /// - Parameter variables: variables that hold a call, known from elsewhere.
    init(text: [UInt8], script: ScriptJudge, variables: [String: [ShellScript.Word]] = [:]) {
        self.text = text
        self.script = script
        self.variables = ShellVariables(variables)
        places = TextPlaces(text)
    }

    mutating func judge(_ command: ShellScript.SimpleCommand, _ judge: inout Judge) {
        defer { previous = command }
        switch ShellProgram.of(command.words, isClient: { variables.call($0) != nil }) {
        case .client(let program): judgeCall(command, program, &judge)
        case .script(let index): judgeScript(command.words[index], &judge)
        case .other: break
        }
        // Behind the call: `R=1 redis-cli` is not yet that call's.
        variables.note(command, in: text)
    }

    private mutating func judgeCall(_ command: ShellScript.SimpleCommand, _ program: Int, _ judge: inout Judge) {
        let word = command.words[program]
        let prefix = variables.call(word) ?? []
        let isFed = !command.documents.isEmpty || command.readsPipe || command.input != nil
        let isArgumentsFed = command.words[..<program].contains { ShellProgram.name($0) == "xargs" }
        let call = RedisClientCall((prefix + command.words[(program + 1)...])[...], inputFollows: isFed)
        noteSecrets(call.secrets)
        for var sent in call.sent {
            sent.isOpen = sent.isOpen || isArgumentsFed
            self.judge(sent, word.offset, &judge)
        }
        if call.readsInput { judgeInput(of: command, word, call.repetitions, &judge) }
    }

    /// Judges what a call reads: a here-document, or what the command before it writes.
    private mutating func judgeInput(
        of command: ShellScript.SimpleCommand, _ program: ShellScript.Word, _ repetitions: Int, _ judge: inout Judge
    ) {
        for document in command.documents { judgeLines(document.text, document.offset, repetitions, &judge) }
        guard command.documents.isEmpty else { return }
        let writer = previous.words.first.map { ShellProgram.name($0) } ?? ""
        if let input = command.input {
            noteUndecided(input)
        } else if Self.writers.contains(writer) {
            judgeEcho(repetitions, &judge)
        } else if writer == "cat", !previous.documents.isEmpty {
            // `cat <<EOF | redis-cli`
            for document in previous.documents { judgeLines(document.text, document.offset, repetitions, &judge) }
        } else {
            noteUndecided(previous.words.first ?? program)
        }
    }

    /// `sh -c "redis-cli …"` runs what its word says.
    private mutating func judgeScript(_ word: ShellScript.Word, _ judge: inout Judge) {
        guard depth < Self.maximumDepth, word.offset < word.end, word.end <= text.count else { return }
        let written = text[word.offset..<word.end]
        let inner = ShellScript.unquoted(written)
        let start = word.offset + (written.count - inner.count) / 2
        depth += 1
        defer { depth -= 1 }
        let outer = previous
        previous = ShellScript.SimpleCommand()
        for nested in ShellScript.commands(of: inner) { self.judge(nested.moved(by: start), &judge) }
        previous = outer
    }

    private mutating func judge(_ sent: RedisClientCall.Sent, _ fallback: Int, _ judge: inout Judge) {
        guard let first = sent.words.first, !first.isUnknown else {
            if let first = sent.words.first { noteUndecided(first) }
            return
        }
        let offset = first.offset > 0 ? first.offset : fallback
        var place = self.place(offset)
        place.repetitions = sent.repetitions
        let shown = max(1, Scalars.count(first.bytes))
        place.columns = place.columns.map { $0.lowerBound..<$0.lowerBound + shown }
        noteSecrets(sent.words[(Catalog.firstSecret(of: sent.bytes) ?? sent.words.count)...])
        judge.manner.judgesArity = !sent.isOpen
        let known = judge.store.findings.count
        WordsRequest(sent.bytes).withRequest { request in
            _ = judge.judge(request, place, bytes: request.wireBytes)
        }
        judge.manner.judgesArity = true
        guard judge.store.findings.count > known else { return }
        unshown.append((known..<judge.store.findings.count, offset, place.columns?.lowerBound ?? 1))
    }

    /// Gives the findings their lines, once the secrets of all commands are known: several may be on one line.
    mutating func finish(_ judge: inout Judge) {
        for (indexes, offset, column) in unshown {
            let excerpt = text.withUnsafeBytes {
                Excerpts.window(around: offset, column: column, in: $0, hiding: secrets)
            }
            judge.store.amend(indexes) { $0.excerpt = excerpt }
        }
        unshown = []
    }

    private mutating func noteSecrets(_ words: some Sequence<ShellScript.Word>) {
        secrets += words.map { $0.offset..<max($0.offset, $0.end) }
    }

    private mutating func noteUndecided(_ word: ShellScript.Word) {
        guard word.offset < word.end, word.end <= text.count else { return }
        var place = place(word.offset)
        // The word alone: what follows may be a password.
        let written = text[word.offset..<word.end]
        place.columns = place.columns.map { $0.lowerBound..<$0.lowerBound + max(1, Scalars.count(written)) }
        undecided.append((place, Secrets.masked(String(decoding: written.prefix(200), as: UTF8.self))))
    }

    /// Lines that redis-cli reads from a here-document.
    private mutating func judgeLines(_ document: [UInt8], _ offset: Int, _ repetitions: Int, _ judge: inout Judge) {
        // What `--pipe` gets may be RESP.
        guard document.first != UInt8(ascii: "*") else { return }
        var start = 0
        for line in document.split(separator: 10, omittingEmptySubsequences: false) {
            let text = Array(line.last == 13 ? line.dropLast() : line)
            if case .command(let command) = ScriptLine(text), isKnown(command) {
                let place = place(offset + start)
                script.judge(
                    command, text, place.line, offset + start, column: (place.columns?.lowerBound ?? 1) - 1, &judge)
            }
            start += line.count + 1
        }
    }

    /// A line is judged if its first word has no variable in it.
    private func isKnown(_ command: CommandLine) -> Bool {
        !(command.words.first?.contains(UInt8(ascii: "$")) ?? true)
    }

    /// Judges what the command before writes into a pipe, as in `echo "KEYS *" | redis-cli`.
    private mutating func judgeEcho(_ repetitions: Int, _ judge: inout Judge) {
        guard let first = previous.words.first else { return }
        var words = previous.words.dropFirst()
        while let option = words.first, option.bytes.first == UInt8(ascii: "-") { words = words.dropFirst() }
        guard let place = words.first, !place.isUnknown else { return }
        let isFormat = ShellProgram.name(first) == "printf" || previous.words.count > words.count + 1
        let joined = words.map(\.text).joined(separator: " ")
        let lines = isFormat ? joined.replacing("\\n", with: "\n").replacing("\\r", with: "") : joined
        guard !lines.hasPrefix("*") else { return }
        for line in lines.split(separator: "\n") {
            guard let command = try? CommandLine(Array(line.utf8)) else { continue }
            let at = self.place(place.offset)
            script.judge(
                command, Array(line.utf8), at.line, place.offset, column: (at.columns?.lowerBound ?? 1) - 1, &judge)
        }
    }

    func place(_ offset: Int) -> Place {
        let found = places.place(of: offset)
        var place = Place()
        place.line = found.line
        place.byteOffset = offset
        place.columns = found.column..<found.column + 1
        return place
    }
}
