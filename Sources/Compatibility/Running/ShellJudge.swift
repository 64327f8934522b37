import CommandCatalog
import Presentation

/// Judges what a shell script has redis-cli send.
///
/// A function is followed where it is called, with the arguments of the call; what its commands send whatever the arguments
/// are is judged where it is written.
struct ShellJudge {
    /// A call whose command is in a variable, a file or another program's output.
    struct Undecided {
        let place: Place
        let text: String
        /// Whether the arguments of a function would tell.
        let isArgument: Bool
    }

    let text: [UInt8]
    /// What is shown of it: the file that the script is part of, as long as the script.
    private let shown: [UInt8]
    var script: ScriptJudge
    var variables: ShellVariables
    /// The commands that are gone through, and how they belong together.
    private(set) var commands: [ShellScript.SimpleCommand] = []
    private(set) var structure = ShellStructure([])
    /// What commands without an input of their own read: that of the script or function which they are in.
    var inherited: [ShellOutput] = []
    /// In how many scripts of scripts and functions the command is.
    private var depth = 0
    /// Whether a function is followed, of which only what its arguments change is judged.
    var isFollowing = false
    /// How many commands of functions may still be followed.
    private var budget = 100_000
    /// How many commands were decided by arguments.
    private var decided = 0
    private(set) var undecided: [Undecided] = []
    private var undecidedPlaces: Set<Int> = []
    private var followedFunctions: Set<String> = []
    /// Where commands are too deep in each other.
    private(set) var unread: Int?
    /// The descriptors that the script has connected with a server of Redis.
    private var connections: Set<String> = []
    /// The findings that have no line yet, with the places of their commands.
    private var unshown: [(indexes: Range<Int>, offset: Int, column: Int)] = []
    /// The places of words that are secrets.
    private var secrets: [Range<Int>] = []
    private let places: TextPlaces
    /// Where in the input the text begins: the number of lines, bytes and columns before it.
    private let origin: (line: Int, byteOffset: Int, column: Int)

    private static let maximumDepth = 5
    /// So many commands are followed for each that is written.
    private static let followedOfEach = 20

    /// - Parameters:
    ///   - shown: the file that the script was taken out of, at the same places; nil where it is the script.
    ///   - variables: variables that hold a call, known from elsewhere.
    ///   - origin: the number of lines, bytes and columns of the input before the text, which is one line then.
    init(
        text: [UInt8], shown: [UInt8]? = nil, script: ScriptJudge, variables: [String: [ShellScript.Word]] = [:],
        origin: (line: Int, byteOffset: Int, column: Int) = (0, 0, 0)
    ) {
        self.text = text
        self.shown = shown ?? text
        self.origin = origin
        self.script = script
        self.variables = ShellVariables(variables)
        places = TextPlaces(text)
    }

    /// Judges the commands of a script.
    mutating func judge(_ commands: [ShellScript.SimpleCommand], _ judge: inout Judge) {
        let outer = (self.commands, structure)
        (self.commands, structure) = (commands, ShellStructure(commands))
        // A long script may follow more, so that its functions are not called too deep for their number.
        if depth == 0 { budget = max(budget, commands.count * Self.followedOfEach) }
        for index in commands.indices { self.judge(at: index, &judge) }
        (self.commands, structure) = outer
    }

    private mutating func judge(at index: Int, _ judge: inout Judge) {
        let command = commands[index]
        guard command.parenthesis == nil, !structure.isDefinition[index] else { return }
        for words in variables.expanded(command.words) {
            if isFollowing, !words.contains(where: \.isArgument), !readsArguments(index) { continue }
            self.judge(words, at: index, &judge)
        }
        judgeOutputs(at: index, &judge)
        // Behind the call: `R=1 redis-cli` is not yet that call's.
        variables.note(command, in: text, isConditional: structure.isConditional[index])
        if isFollowing { shift(command.words) }
    }

    private mutating func judge(_ words: [ShellScript.Word], at index: Int, _ judge: inout Judge) {
        switch ShellProgram.of(words, isClient: { variables.call($0) != nil }) {
        case .client(let program): judgeCall(words, program, at: index, &judge)
        case .script(let place): judgeScript(words[place], at: index, &judge)
        case .input: judgeInputScript(at: index, &judge)
        case .unknown(let place): judgeUnknown(words, place, at: index, &judge)
        case .unread(let place): noteUnread(words[place])
        case .connection(let place): judgeConnection(words, place, at: index, &judge)
        case .other: break
        }
    }

    // MARK: Calls

    private mutating func judgeCall(
        _ words: [ShellScript.Word], _ program: Int, at index: Int, _ judge: inout Judge
    ) {
        let word = words[program]
        let prefix = variables.call(word) ?? []
        let inputs = self.inputs(of: index)
        let isArgumentsFed = words[..<program].contains { ShellProgram.name($0) == "xargs" }
        let call = RedisClientCall((prefix + words[(program + 1)...])[...], inputFollows: !inputs.isEmpty)
        noteSecrets(call.secrets)
        for var sent in call.sent where !isFollowing || sent.words.first?.isArgument ?? false {
            sent.isOpen = sent.isOpen || isArgumentsFed
            self.judge(sent, word, &judge)
        }
        guard call.readsInput, !isFollowing || readsArguments(index) else { return }
        decided += 1
        for input in inputs { judgeInput(input, word, &judge) }
    }

    private mutating func judge(
        _ sent: RedisClientCall.Sent, _ program: ShellScript.Word, _ judge: inout Judge
    ) {
        guard let first = sent.words.first else { return }
        guard !first.isUnknown else {
            noteUndecided(first.end > first.offset ? first : program)
            return guessBehindOptions(sent, program, &judge)
        }
        decided += 1
        let offset = first.offset > 0 ? first.offset : program.offset
        var place = self.place(offset)
        place.repetitions = sent.repetitions
        let shown = first.isElsewhere ? first.end - first.offset : Scalars.count(first.bytes)
        place.columns = place.columns.map { $0.lowerBound..<$0.lowerBound + max(1, shown) }
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

    /// `redis-cli $OPTIONS keys x`: if the variable has options alone, the next word is the command.
    private mutating func guessBehindOptions(
        _ sent: RedisClientCall.Sent, _ program: ShellScript.Word, _ judge: inout Judge
    ) {
        let rest = sent.words.drop { $0.isUnknown && $0.isOpen }
        guard rest.count < sent.words.count, let name = rest.first, !name.isUnknown, isCommand(name) else { return }
        var behind = sent
        behind.words = Array(rest)
        asGuess(&judge) { $0.judge(behind, program, &$1) }
    }

    func isCommand(_ word: ShellScript.Word) -> Bool { Catalog.find(word.bytes.span) != nil }

    private mutating func asGuess(_ judge: inout Judge, _ body: (inout ShellJudge, inout Judge) -> Void) {
        let confidence = judge.manner.confidence
        judge.manner.confidence = .low
        body(&self, &judge)
        judge.manner.confidence = confidence
    }

    // MARK: Connections without a client

    /// `nc host 6379` sends what it reads.
    private mutating func judgeConnection(
        _ words: [ShellScript.Word], _ program: Int, at index: Int, _ judge: inout Judge
    ) {
        guard !isFollowing || readsArguments(index) else { return }
        let arguments = words[(program + 1)...].map { word in
            let isWritten = !word.isElsewhere && word.offset < word.end && word.end <= text.count
            return isWritten ? String(decoding: text[word.offset..<word.end], as: UTF8.self) : word.text
        }
        guard ShellConnection.isToRedis(arguments) else { return }
        decided += 1
        for input in inputs(of: index) { judgeInput(input, words[program], &judge) }
    }

    /// `exec 3<>/dev/tcp/host/6379` connects a descriptor, and `echo "KEYS *" >&3` sends.
    private mutating func judgeOutputs(at index: Int, _ judge: inout Judge) {
        let command = commands[index]
        for output in command.outputs {
            let isSent =
                output.isDescriptor
                ? connections.contains(output.target) : ShellConnection.isToRedis(file: output.target)
            guard isSent, let word = command.words.first else {
                // The descriptor leads elsewhere from here on.
                if Self.isExec(command), !output.isDescriptor { connections.remove(output.descriptor) }
                continue
            }
            if Self.isExec(command) {
                connections.insert(output.descriptor)
                continue
            }
            for output in written(by: index) where !isFollowing || output.isArgument {
                decided += 1
                judgeInput(output, word, &judge)
            }
        }
    }

    private static func isExec(_ command: ShellScript.SimpleCommand) -> Bool {
        command.words.count == 1 && command.words[0].text == "exec"
    }

    // MARK: Other programs

    /// `sh -c "redis-cli …"` runs what its word says.
    private mutating func judgeScript(_ word: ShellScript.Word, at index: Int, _ judge: inout Judge) {
        let nested: [ShellScript.SimpleCommand]
        if word.isElsewhere {
            nested = ShellScript.read(word.bytes).commands.map { $0.placed(at: word) }
        } else {
            guard word.offset < word.end, word.end <= text.count else { return }
            let written = text[word.offset..<word.end]
            let inner = ShellScript.unquoted(written)
            let start = word.offset + (written.count - inner.count) / 2
            nested = ShellScript.read(inner).commands.map { $0.moved(by: start) }
        }
        judgeNested(nested, word, inputs(of: index), &judge)
    }

    /// `sh <<EOF`, `ssh host <<EOF` and `echo "redis-cli …" | sh` run what they read.
    private mutating func judgeInputScript(at index: Int, _ judge: inout Judge) {
        for input in inputs(of: index) {
            switch input {
            case .document(let text, let offset):
                let nested = ShellScript.read(text).commands.map { $0.moved(by: offset) }
                let word = ShellScript.Word(offset: offset, end: offset + text.count)
                judgeNested(nested, word, [], &judge)
            case .text(let text, let word):
                judgeNested(ShellScript.read(text).commands.map { $0.placed(at: word) }, word, [], &judge)
            case .unknown: break
            }
        }
    }

    private mutating func judgeNested(
        _ nested: [ShellScript.SimpleCommand], _ word: ShellScript.Word, _ inputs: [ShellOutput], _ judge: inout Judge
    ) {
        guard depth < Self.maximumDepth else { return noteUnread(word) }
        depth += 1
        let outer = (inherited, isFollowing)
        (inherited, isFollowing) = (inputs, false)
        self.judge(nested, &judge)
        (inherited, isFollowing) = outer
        depth -= 1
    }

    /// A function of the script, or a program that nobody knows here: `retry 3 redis-cli flushall` may well run the call.
    private mutating func judgeUnknown(
        _ words: [ShellScript.Word], _ place: Int, at index: Int, _ judge: inout Judge
    ) {
        let rest = Array(words[(place + 1)...])
        if !words[place].isUnknown, let function = structure.functions[words[place].text],
            follow(function, rest, at: index, &judge)
        {
            return
        }
        guard let program = rest.indices.first(where: { variables.call(rest[$0]) != nil }) else { return }
        let inputs = self.inputs(of: index)
        let prefix = variables.call(rest[program]) ?? []
        let call = RedisClientCall((prefix + rest[(program + 1)...])[...], inputFollows: !inputs.isEmpty)
        let isCall = call.sent.contains { $0.words.first.map { !$0.isUnknown && isCommand($0) } ?? false }
        if isCall {
            asGuess(&judge) { $0.judgeCall(words, place + 1 + program, at: index, &$1) }
        } else if program + 1 < rest.count || call.readsInput {
            noteUndecided(rest[program])
        }
    }

    /// Goes through a function with the arguments of a call; returns whether they have decided what is sent.
    private mutating func follow(
        _ function: ShellStructure.Function, _ arguments: [ShellScript.Word], at index: Int, _ judge: inout Judge
    ) -> Bool {
        guard depth < Self.maximumDepth, budget > 0, !function.body.contains(index) else { return false }
        let before = decided
        let saved = (variables, inherited, isFollowing)
        let inputs = hasInput(index) ? self.inputs(of: index) : []
        depth += 1
        variables.arguments = arguments.map { argument in
            var argument = argument
            argument.isArgument = true
            return argument
        }
        inherited = inputs.map(\.asArgument)
        isFollowing = true
        for index in function.body where budget > 0 {
            budget -= 1
            self.judge(at: index, &judge)
        }
        if budget == 0, let first = commands[index].words.first { noteUnread(first) }
        (variables, inherited, isFollowing) = saved
        depth -= 1
        guard decided > before else { return false }
        if followedFunctions.insert(function.name).inserted { forgetUndecided(in: function) }
        return true
    }

    /// What the arguments of a function decide is undecided no longer.
    private mutating func forgetUndecided(in function: ShellStructure.Function) {
        let places = function.body.flatMap { commands[$0].words }.map(\.offset)
        guard let first = places.min(), let last = places.max() else { return }
        undecided.removeAll { $0.isArgument && (first...last).contains($0.place.byteOffset - origin.byteOffset) }
    }

    private mutating func shift(_ words: [ShellScript.Word]) {
        guard let first = ShellProgram.first(of: words), words[first].text == "shift" else { return }
        let count = first + 1 < words.count ? Int(words[first + 1].text) ?? 1 : 1
        variables.arguments = variables.arguments.map { Array($0.dropFirst(max(0, count))) }
    }

    // MARK: Notes

    /// Gives the findings their lines, once the secrets of all commands are known: several may be on one line.
    mutating func finish(_ judge: inout Judge) {
        for (indexes, offset, column) in unshown {
            let excerpt = shown.withUnsafeBytes {
                Excerpts.window(
                    around: offset, column: column - origin.column, in: $0, hiding: secrets)
            }
            judge.store.amend(indexes) { finding in
                finding.excerpt = excerpt
                finding.excerpt?.firstColumn += origin.column
            }
        }
        unshown = []
    }

    private mutating func noteSecrets(_ words: some Sequence<ShellScript.Word>) {
        secrets += words.map { $0.offset..<max($0.offset, $0.end) }
    }

    private mutating func noteUnread(_ word: ShellScript.Word) { unread = unread ?? word.offset }

    mutating func noteUndecided(_ word: ShellScript.Word) {
        guard word.offset < word.end, word.end <= text.count, undecidedPlaces.insert(word.offset).inserted else {
            return
        }
        var place = place(word.offset)
        // The word alone: what follows may be a password.
        let written = shown[word.offset..<word.end]
        place.columns = place.columns.map { $0.lowerBound..<$0.lowerBound + max(1, Scalars.count(written)) }
        let isArgument = word.variable?.first.map { "@*123456789".contains($0) } ?? false
        undecided.append(
            Undecided(
                place: place, text: Secrets.masked(String(decoding: written.prefix(200), as: UTF8.self)),
                isArgument: isArgument))
    }

    func place(_ offset: Int) -> Place {
        let found = places.place(of: offset)
        var place = Place()
        place.line = origin.line + found.line
        place.byteOffset = origin.byteOffset + offset
        place.columns = origin.column + found.column..<origin.column + found.column + 1
        return place
    }
}
