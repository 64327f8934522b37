import CommandCatalog
import Presentation
import SystemCalls

extension LintRun {
    // MARK: Commands a line

    func readScript(_ stream: ByteStream, _ report: inout InputReport, _ judge: inout Judge) {
        judge.manner.isGathered = false
        var script = ScriptJudge(options: options, table: table)
        if let ending = stream.window.firstIndex(of: 13), ending + 1 < stream.window.count, !stream.window.contains(10)
        {
            report.add(
                "its lines end in CR alone, which redis-cli does not take for an end: write LF", byteOffset: ending)
            while !stream.isLast {
                stream.consume(stream.window.count)
                stream.fill()
            }
            return stream.consume(stream.window.count)
        }
        var lines = LineReader()
        lines.read(stream, onFill: { tell(stream, judge) }) { line, number, offset in
            let text = Array(line)
            switch ScriptLine(text) {
            case .nothing: break
            case .badQuotes: report.add("the quotes do not match", line: number, byteOffset: offset)
            case .command(let command): script.judge(command, text, number, offset, &judge)
            }
        }
        lines.report(to: &report)
    }

    // MARK: INFO commandstats

    func readCommandStatistics(_ stream: ByteStream, _ report: inout InputReport, _ judge: inout Judge) {
        var lines = LineReader()
        var statistics = StatisticsJudge()
        lines.read(stream, onFill: { tell(stream, judge) }) { line, number, offset in
            statistics.judge(line, number, offset, &report, &judge)
        }
        lines.report(to: &report)
        report.summary.coverage.append(StatisticsJudge.coverage)
    }

    // MARK: SLOWLOG

    func readSlowLog(_ stream: ByteStream, _ report: inout InputReport, _ judge: inout Judge) {
        stream.fill(upTo: SlowLog.maximumBytes)
        if !stream.isLast || stream.window.count > SlowLog.maximumBytes {
            report.add(
                "the slow log is longer than \(Wording.bytes(SlowLog.maximumBytes)): what follows was not read",
                byteOffset: SlowLog.maximumBytes)
        }
        let text = Array(stream.window.prefix(SlowLog.maximumBytes))
        stream.consume(stream.window.count)
        SlowLogJudge.judge(text, line: 0, byteOffset: 0, &report, &judge)
        report.summary.coverage.append(SlowLogJudge.coverage)
    }

    // MARK: Source code

    mutating func readSource(
        _ stream: ByteStream, _ report: inout InputReport, _ judge: inout Judge, isNamed: Bool
    ) {
        stream.fill(upTo: SourceProject.maximumFileBytes + 1)
        guard stream.window.count <= SourceProject.maximumFileBytes else { return refuseLongSource(stream, &report) }
        let window = stream.window
        defer { stream.consume(stream.window.count) }
        judgeManifest(window, path: stream.path, &judge)
        report.summary.ignoreComments = IgnoreComment.read(window)
        let name = Recognition.plainName(stream.path)
        guard let scan = scan(stream, name: name) else {
            if isNamed, DialectList.index(path: name, head: window) == nil {
                report.add("the language cannot be told from the file's name")
            }
            return
        }
        if let unread = scan.unread {
            report.add(
                "brackets are too deep in each other: what they hold was not read", line: unread.line,
                byteOffset: unread.bytes.lowerBound)
        }
        if !isNamed { noteCoverage(scan, window, path: stream.path, name: name) }
        judge.manner.isGathered = false
        // Several commands may be on one line, which each of them shows.
        let secrets = scan.commands.flatMap { $0.secretPlaces(in: window) }
        if let language = SourceLanguage.of(path: name, head: window) {
            judgeLibraries(scan.libraries, window, language, hiding: secrets, &judge)
        }
        for command in scan.commands { judgeSource(command, window, hiding: secrets, &judge) }
        for script in scan.executed { judgeExecuted(script, window, path: stream.path, &judge) }
        result.summary.undecided += scan.undecided.map { name in
            let location = Location(
                path: stream.path, line: name.place.line, columns: name.place.column..<name.place.endColumn,
                byteOffset: name.place.bytes.lowerBound)
            return Summary.Undecided(
                location: location, text: Secrets.masked(name.text, as: .code),
                confidence: name.confidence == .high ? .high : .low)
        }
    }

    /// Judges what the programs send that a source file runs.
    private mutating func judgeExecuted(
        _ executed: ExecutedShell, _ window: UnsafeRawBufferPointer, path: String, _ judge: inout Judge
    ) {
        let (confidence, library) = (judge.manner.confidence, judge.manner.library)
        judge.manner.confidence = executed.confidence == .high ? .high : .low
        judge.manner.library = "redis-cli"
        defer { (judge.manner.confidence, judge.manner.library) = (confidence, library) }
        var shell = ShellJudge(
            text: executed.script, shown: Array(window), script: ScriptJudge(options: options, table: table))
        shell.judge(ShellScript.read(executed.script).commands, &judge)
        shell.finish(&judge)
        result.summary.undecided += shell.undecided.map { name in
            Summary.Undecided(
                location: name.place.location(path), text: name.text, confidence: judge.manner.confidence)
        }
    }

    private mutating func noteCoverage(
        _ scan: SourceScan, _ window: UnsafeRawBufferPointer, path: String, name: String
    ) {
        guard let dialect = DialectList.index(path: name, head: window) else { return }
        let facts = DialectList.all[dialect].facts
        if !scan.commands.isEmpty { return result.coverage.noteUnderstood(facts.family) }
        guard SourceScanner.mentionsClient(window), let line = ImportMention.line(in: window) else { return }
        result.coverage.noteSilent(facts.family, name: facts.name, Location(path: path, line: line), isRead: true)
    }

    /// Looks through the rest of a file that is too long: one that does not speak of Redis is none to be read.
    private func refuseLongSource(_ stream: ByteStream, _ report: inout InputReport) {
        let overlap = 16
        var mentions = SourceScanner.mentionsClient(stream.window)
        while !mentions, !stream.isLast {
            stream.consume(max(0, stream.window.count - overlap))
            stream.fill()
            mentions = SourceScanner.mentionsClient(stream.window)
        }
        stream.consume(stream.window.count)
        guard mentions else { return }
        report.add(
            "is longer than \(Wording.bytes(SourceProject.maximumFileBytes)), which source code is read up to: "
                + "leave it out (ignored-paths), or split it")
    }

    /// What a source file sends; nil where it is of no language that is read.
    private func scan(_ stream: ByteStream, name: String) -> SourceScan? {
        let window = stream.window
        guard let dialect = DialectList.index(path: name, head: window) else { return nil }
        if stream.canBeReadAgain {
            return project.scan(window, path: stream.file.absolute.text, options.receiverNames)
        }
        // What comes through a pipe is part of no project.
        return SourceProject.read(window, name: name, dialect: dialect).scan(window, path: name, options.receiverNames)
    }

    private func judgeSource(
        _ command: SentCommand, _ window: UnsafeRawBufferPointer, hiding secrets: [Range<Int>], _ judge: inout Judge
    ) {
        judge.manner.confidence = command.confidence == .high ? .high : .low
        judge.manner.library = command.library.rawValue
        judge.manner.judgesArity = command.isRaw && !command.isOpenEnded
        judge.manner.leastWords = command.leastWords
        judge.manner.releasesLock = command.origin == .hidden && command.method.lowercased().hasSuffix("lock")
        defer { judge.manner.releasesLock = false }
        let (bytes, arguments) = command.request()
        guard !arguments.isEmpty else { return }
        let words = arguments.map { Array(bytes[$0]) }
        show(command.place, window, as: .code, hiding: secrets, &judge) { judge, place in
            WordsRequest(words).withRequest { request in
                _ = judge.judge(request, place, bytes: bytes.count + 16 * words.count)
            }
        }
    }

    /// Has a place of a text judged, and gives what is found there its line.
    ///
    /// - Parameters:
    ///   - notation: how the text is written, which says what in the line is a secret.
    ///   - secrets: places of the text that are known to hold secrets.
    func show(
        _ sourcePlace: SourcePlace, _ window: UnsafeRawBufferPointer, as notation: SecretNotation = .text,
        hiding secrets: [Range<Int>] = [], _ judge: inout Judge, _ body: (inout Judge, Place) -> Void
    ) {
        var place = Place()
        place.line = sourcePlace.line
        place.byteOffset = sourcePlace.bytes.lowerBound
        place.columns = sourcePlace.column..<max(sourcePlace.column, sourcePlace.endColumn)
        let known = judge.store.findings.count
        body(&judge, place)
        guard judge.store.findings.count > known else { return }
        let excerpt = Excerpts.window(
            around: sourcePlace.bytes.lowerBound, column: sourcePlace.column, in: window, as: notation,
            hiding: secrets)
        judge.store.amend(from: known) { finding in
            finding.excerpt = excerpt
            finding.examples = []
        }
    }
}

/// Judges the commands of a script one after the other, and follows the sizes of its values.
struct ScriptJudge {
    private var replay: GrowthReplay
    private var database = 0

    init(options: LintOptions, table: CommandTable) {
        replay = GrowthReplay(table: table, limit: options.contract.maxValueBytes)
    }

    /// Judges a command.
    ///
    /// - Parameters:
    ///   - line: the line that it stands in, for the excerpt.
    ///   - column: bytes of the file's line before `line`.
    ///   - database: the one that the input says the connection is in, where it says so.
    mutating func judge(
        _ command: CommandLine, _ line: [UInt8], _ number: Int, _ offset: Int, column: Int = 0,
        database said: Int? = nil, _ judge: inout Judge
    ) {
        var place = Place()
        place.line = number
        place.byteOffset = offset
        if let said, said != database {
            // Nothing before has chosen it: it is told here, once.
            (place.database, database) = (said, said)
        }
        place.repetitions = command.repetitions
        let before = Scalars.count(line[..<command.name.lowerBound])
        let length = max(1, Scalars.count(line[command.name]))
        place.columns = column + before + 1..<column + before + 1 + length
        let request = WordsRequest(command.words)
        let known = judge.store.findings.count
        request.withRequest { request in
            if request.count == 2, request.isWord(0, "SELECT") { database = request.integer(1) ?? 0 }
            let row = judge.judge(request, place, bytes: request.wireBytes)
            var replayed = place
            replayed.database = database
            replay.apply(row, request, replayed, &judge)
        }
        guard judge.store.findings.count > known else { return }
        let focus = before + 1
        let hidden = RequestSecrets.places(in: line) { words in words.count - min(words.count, command.words.count) }
        judge.store.amend(from: known) { finding in
            finding.excerpt = line.withUnsafeBytes {
                Excerpts.window(of: $0, column: focus, firstColumn: column + 1, hiding: hidden)
            }
        }
    }
}

/// Counts Unicode scalars.
enum Scalars {
    /// The scalars of some UTF-8: its bytes that continue none.
    static func count(_ bytes: some Sequence<UInt8>) -> Int {
        bytes.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    }
}

extension SentCommand {
    /// Where the words of the command that are secrets stand as they are on its line.
    fileprivate func secretPlaces(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        let (sent, arguments) = request()
        let words = arguments.map { Array(sent[$0]) }
        let start = place.bytes.lowerBound
        guard let first = Catalog.firstSecret(of: words), start < text.count else { return [] }
        // What is farther away is not shown beside the command.
        let near = text[start..<min(text.count, start + 4_096)]
        let end = near.firstIndex(of: 10) ?? near.endIndex
        return words[first...].filter { !$0.isEmpty }.flatMap { word in
            stride(from: start, through: end - word.count, by: 1).filter {
                text[$0] == word[0] && text[$0...].starts(with: word)
            }.map { $0..<$0 + word.count }
        }
    }
}
