import WireFormats

extension LintRun {
    /// Reads what was copied of a session with redis-cli: the commands behind its prompts are judged, and replies that are
    /// traces themselves.
    mutating func readSession(_ stream: ByteStream, _ report: inout InputReport, _ judge: inout Judge) {
        var session = SessionJudge(script: ScriptJudge(options: options, table: table))
        defer {
            result.summary.undecided += session.undecided.map { name in
                Summary.Undecided(location: name.place.location(stream.path), text: name.text, confidence: .high)
            }
        }
        var lines = LineReader()
        lines.read(stream, onFill: { tell(stream, judge) }) { line, number, offset in
            session.take(line, number, offset, &report, &judge)
        }
        session.endReply(&report, &judge)
        lines.report(to: &report)
        for note in session.coverage { report.summary.coverage.append(note) }
    }
}

/// Judges the lines of a session one after the other.
private struct SessionJudge: ~Copyable {
    private var script: ScriptJudge
    /// What the last command has asked for, if its reply is a trace.
    private var trace: InputKind?
    /// The last command, as long as nobody knows whether its reply is a trace: then it is how the trace was made, and
    /// nothing that an application sends.
    private var pending: (command: CommandLine, text: [UInt8], number: Int, offset: Int, prompt: RedisPrompt)?
    private var slowLog: [UInt8] = []
    private var slowLogStart = (line: 0, offset: 0)
    private var statistics = StatisticsJudge()
    private var monitor = MonitorReader()
    private var kinds: Set<InputKind> = []
    /// What calls of redis-cli on a shell's line leave open.
    private(set) var undecided: [ShellJudge.Undecided] = []

    init(script: ScriptJudge) {
        self.script = script
    }

    /// What the traces among the replies do not show.
    var coverage: [String] {
        var notes = ["of a session, what was typed counts; the replies are passed over"]
        if kinds.contains(.slowlog) { notes.append(SlowLogJudge.coverage) }
        if kinds.contains(.commandstats) { notes.append(StatisticsJudge.coverage) }
        return notes
    }

    mutating func take(
        _ line: UnsafeRawBufferPointer, _ number: Int, _ offset: Int, _ report: inout InputReport,
        _ judge: inout Judge
    ) {
        let drawn = TerminalText.lastDrawn(line)
        guard let prompt = RedisPrompt(drawn) else {
            guard let start = TerminalText.call(line) else { return takeReply(line, number, offset, &report, &judge) }
            endReply(&report, &judge)
            return takeCall(line, start, number, offset, &judge)
        }
        let (line, offset) = (drawn, offset + line.count - drawn.count)
        endReply(&report, &judge)
        let text = Array(line.dropFirst(prompt.command))
        switch ScriptLine(text) {
        case .nothing: break
        case .badQuotes: report.add("the quotes do not match", line: number, byteOffset: offset)
        case .command(let command):
            pending = (command, text, number, offset, prompt)
            trace = SessionCommand(command).traceKind
            if trace == nil { judgePending(&judge) }
        }
    }

    /// Judges `$ redis-cli keys x`.
    private mutating func takeCall(
        _ line: UnsafeRawBufferPointer, _ start: Int, _ number: Int, _ offset: Int, _ judge: inout Judge
    ) {
        let text = Array(line[start...])
        var shell = ShellJudge(
            text: text, script: script, origin: (number - 1, offset + start, Scalars.count(line[..<start])))
        judge.manner.isGathered = false
        shell.judge(ShellScript.read(text).commands, &judge)
        shell.finish(&judge)
        judge.manner.isGathered = true
        undecided += shell.undecided
    }

    private mutating func judgePending(_ judge: inout Judge) {
        guard let (command, text, number, offset, prompt) = pending else { return }
        pending = nil
        judge.manner.isGathered = false
        script.judge(
            command, text, number, offset + prompt.command, column: prompt.command, database: prompt.database, &judge)
        judge.manner.isGathered = true
    }

    private mutating func takeReply(
        _ line: UnsafeRawBufferPointer, _ number: Int, _ offset: Int, _ report: inout InputReport,
        _ judge: inout Judge
    ) {
        switch trace {
        case .monitor: takeMonitor(line, number, offset, &report, &judge)
        case .commandstats where line.starts(with: CommandStatistics.prefix):
            found(.commandstats)
            statistics.judge(line, number, offset, &report, &judge)
        case .slowlog:
            if slowLog.isEmpty { slowLogStart = (number - 1, offset) }
            guard slowLog.count + line.count < SlowLog.maximumBytes else {
                trace = nil
                return report.add(
                    "the slow log is longer than \(Wording.bytes(SlowLog.maximumBytes)): it was not read", line: number)
            }
            slowLog += Array(line) + [10]
        default: break
        }
    }

    private mutating func takeMonitor(
        _ line: UnsafeRawBufferPointer, _ number: Int, _ offset: Int, _ report: inout InputReport,
        _ judge: inout Judge
    ) {
        guard let base = line.baseAddress, !line.isEmpty else { return }
        switch monitor.next(in: line, isLast: true) {
        case .command:
            found(.monitor)
            var place = Place()
            place.line = number
            place.byteOffset = offset
            place.time = MonitorTrace.time(monitor.command)
            place.database = Int(monitor.command.database)
            place.lineText = 0..<line.count
            place.peer = monitor.command.peer
            judge.judge(
                Request(
                    base: base, ranges: monitor.ranges, lengths: monitor.lengths.baseAddress, notation: .monitor),
                place, bytes: line.count)
        case .malformed where !TerminalText.isNoise(line):
            report.add("the line is none of MONITOR", line: number, byteOffset: offset)
        default: break
        }
    }

    private mutating func found(_ kind: InputKind) {
        pending = nil
        kinds.insert(kind)
    }

    /// Ends the reply to the last command.
    mutating func endReply(_ report: inout InputReport, _ judge: inout Judge) {
        if trace == .slowlog, !slowLog.isEmpty {
            var lines = TextLines(slowLog)
            var first: [ArraySlice<UInt8>] = []
            while first.count < 200, let line = lines.next() { first.append(line.bytes) }
            if SlowLogShape.of(first) != nil {
                found(.slowlog)
                SlowLogJudge.judge(
                    slowLog, line: slowLogStart.line, byteOffset: slowLogStart.offset, &report, &judge)
            }
        }
        slowLog.removeAll()
        judgePending(&judge)
        trace = nil
    }
}
