import CommandCatalog
import WireFormats

/// What is asked of each command of a log of MONITOR.
private struct MonitorRules: ~Copyable {
    var connections: ConnectionRules
    var growth: GrowthWatch

    init(contract: Contract, growth: consuming GrowthWatch) {
        connections = ConnectionRules(contract: contract)
        self.growth = growth
    }

    @inline(__always)
    mutating func judge(
        _ request: Request, _ place: Place, bytes: Int, isFromClient: Bool, _ judge: inout Judge
    ) {
        let row = judge.judge(request, place, bytes: bytes)
        if isFromClient, let time = place.time { connections.look(row, request, place, time, &judge) }
        growth.note(row, request, place, &judge)
    }
}

extension LintRun {
    // MARK: MONITOR

    func readMonitor(_ stream: ByteStream, _ report: inout InputReport, _ judge: inout Judge) {
        var rules = MonitorRules(
            contract: options.contract, growth: growthWatch(stream, .monitor, judge.store.isOn(.valueGrowsTooLarge)))
        readRequests(stream, &report, &rules, &judge)
        noteOverfull(rules.growth.isOverfull, &report)
        if let rest = rules.growth.remainder() { replayMonitor(stream, rest, &report, &judge) }
        report.summary.coverage += [
            "MONITOR does not show administrative commands (CONFIG, CLIENT LIST, MONITOR itself) "
                + "nor commands that the server rejected",
            "sizes are followed from the beginning of the log: what was stored before is not known",
        ]
        if rules.connections.hasForgotten {
            report.summary.coverage.append(
                "of more than \(ConnectionTable.maximumConnections) connections, those that were silent longest were "
                    + "forgotten")
        }
    }

    /// Reads the lines, on a thread of its own where there is one to spare.
    private func readRequests(
        _ stream: ByteStream, _ report: inout InputReport, _ rules: inout MonitorRules, _ judge: inout Judge
    ) {
        if PipelinedReading.isWorthwhile(stream, threads: threads) {
            let isDone = PipelinedReading.run(
                stream, &report, tell: { tell(stream.path, $0, judge) },
                read: { stream, report, sink in
                    var trace = MonitorTrace()
                    trace.read(stream, &report, onFill: { sink.flush() }, onIdle: { sink.idle() }) {
                        sink.append($0, $1, bytes: $2, isFromClient: $3)
                    }
                },
                foresee: { rules.growth.foresee($0) },
                { rules.judge($0, $1, bytes: $2, isFromClient: $3, &judge) })
            if isDone { return }
        }
        var trace = MonitorTrace()
        // A closure of its own, so that the loop calls no function for it.
        trace.read(stream, &report, onFill: { tell(stream, judge) }, onIdle: { tell(stream, judge) }) {
            rules.judge($0, $1, bytes: $2, isFromClient: $3, &judge)
        }
    }

    private func growthWatch(
        _ stream: ByteStream, _ format: RereadableTrace.Format, _ isOn: Bool
    ) -> GrowthWatch {
        let limit = options.contract.maxValueBytes
        guard isOn else { return GrowthWatch(table: table, limit: limit, trace: nil, .off) }
        guard stream.canBeReadAgain else { return GrowthWatch(table: table, limit: limit, trace: nil, .all) }
        return GrowthWatch(table: table, limit: limit, trace: RereadableTrace(stream, format, table: table))
    }

    private func replayMonitor(
        _ stream: ByteStream, _ rest: GrowthRemainder, _ report: inout InputReport, _ judge: inout Judge
    ) {
        var rest = rest
        let rows = Replayer(table: table)
        let start = stream.isConverted ? 0 : rest.origin.position
        guard let stream = try? ByteStream(again: stream, from: start) else { return }
        var again = InputReport(path: stream.path, kind: .monitor)
        var trace = MonitorTrace(line: start == 0 ? 0 : rest.origin.line)
        trace.read(stream, &again, onFill: {}) { request, place, _, _ in
            rest.apply(rows.row(request), request, place, fileStart: 0, &judge)
        }
        noteRemainder(rest, &report)
    }

    private func noteRemainder(_ rest: GrowthRemainder, _ report: inout InputReport) {
        noteOverfull(rest.replay.isOverfull, &report)
        if rest.isIncomplete {
            report.summary.coverage.append(
                "very many keys were made out of others: of some, what they were made of was not followed")
        }
    }

    private func noteOverfull(_ isOverfull: Bool, _ report: inout InputReport) {
        let note =
            "more than \(GrowthReplay.maximumKeys) keys had to be followed: growing values are found up to there only"
        if isOverfull, !report.summary.coverage.contains(note) { report.summary.coverage.append(note) }
    }

    // MARK: RDB and append-only files

    func readAppendOnly(_ stream: ByteStream, _ report: inout InputReport, _ judge: inout Judge) {
        var growth = growthWatch(stream, .appendOnly, judge.store.isOn(.valueGrowsTooLarge))
        readAppendOnly(stream, isPart: false, &report, &judge, &growth)
        noteOverfull(growth.isOverfull, &report)
        guard var rest = growth.remainder() else { return }
        replayAppendOnly(stream, &rest, fileStart: 0, &judge)
        noteRemainder(rest, &report)
    }

    /// - Parameters:
    ///   - isPart: whether the file is one of several that make up a log.
    ///   - isLast: whether it is the last of them.
    private func readAppendOnly(
        _ stream: ByteStream, isPart: Bool, isLast: Bool = true, _ report: inout InputReport, _ judge: inout Judge,
        _ growth: inout GrowthWatch
    ) {
        judge.manner.isWrittenByServer = true
        if stream.hasMark { report.add("begins with a byte order mark: no server takes it", byteOffset: 0) }
        var hasPreamble = false
        if AOFReader.beginsWithPreamble(stream.window) ?? false || report.summary.kind == .rdb {
            hasPreamble = true
            guard case .complete(let isBaseOfLog) = readKeys(stream, &report, &judge, &growth) else { return }
            if RDBInput.passTail(stream, isBaseOfLog: isBaseOfLog, &report) { return }
        }
        report.summary.coverage.append(
            "an append-only file has no reads, and the server writes it in its own words (EXPIRE as PEXPIREAT, scripts as "
                + "their effects)")
        let start = stream.offset
        let isPart = isPart || hasPreamble
        if PipelinedReading.isWorthwhile(stream, threads: threads) {
            let isDone = PipelinedReading.run(
                stream, &report, tell: { tell(stream.path, $0, judge) },
                read: { stream, report, sink in
                    var input = AppendOnlyInput(at: start, isPart: isPart, isLast: isLast)
                    input.read(stream, &report, onFill: { sink.flush() }) {
                        sink.append($0, $1, bytes: $2, isFromClient: true)
                    }
                },
                foresee: { growth.foresee($0) },
                { request, place, bytes, _ in
                    let row = judge.judge(request, place, bytes: bytes)
                    growth.note(row, request, place, &judge)
                })
            if isDone { return }
        }
        var input = AppendOnlyInput(at: start, isPart: isPart, isLast: isLast)
        input.read(stream, &report, onFill: { tell(stream, judge) }, foresee: { growth.foresee($0) }) {
            let row = judge.judge($0, $1, bytes: $2)
            growth.note(row, $0, $1, &judge)
        }
    }

    /// Reads the files of a multi-part append-only file: what one stores, a later one may let grow.
    mutating func readAppendOnlyFolder(_ folder: AppendOnlyFolder) {
        var whole = InputReport(path: folder.path, kind: .aof)
        var growth = GrowthWatch(table: table, limit: options.contract.maxValueBytes, trace: nil)
        var streams: [(stream: ByteStream, start: Int)] = []
        for file in folder.files {
            do throws(InputProblem) {
                let stream = try ByteStream(file, stop: options.stop, asText: false)
                var report = InputReport(path: stream.path, kind: .aof)
                var judge = Judge(path: stream.path, options: options, table: table)
                growth.begin(RereadableTrace(stream, .appendOnly, table: table), fileStart: whole.summary.bytes)
                streams.append((stream, growth.fileStart))
                if file == folder.base, stream.window.isEmpty {
                    report.add("is empty, and the manifest names it as the base: what it held is lost")
                }
                readAppendOnly(
                    stream, isPart: true, isLast: file == folder.files.last, &report, &judge, &growth)
                report.finish(stream)
                whole.summary.bytes += report.summary.bytes
                whole.summary.commands += judge.commands
                for note in report.summary.coverage where !whole.summary.coverage.contains(note) {
                    whole.summary.coverage.append(note)
                }
                take(judge)
                for problem in report.problems { whole.add(problem) }
            } catch {
                whole.add(error)
            }
        }
        noteOverfull(growth.isOverfull, &whole)
        if var rest = growth.remainder(), !options.disabledRules.contains(Rule.valueGrowsTooLarge.id) {
            for (stream, start) in streams {
                var judge = Judge(path: stream.path, options: options, table: table)
                replayAppendOnly(stream, &rest, fileStart: start, &judge)
                take(judge)
            }
            noteRemainder(rest, &whole)
        }
        result.summary.inputs.append(whole.summary)
        result.summary.problems += whole.problems
    }

    /// Judges the keys of an RDB part, and what is beside them.
    private func readKeys(
        _ stream: ByteStream, _ report: inout InputReport, _ judge: inout Judge, _ growth: inout GrowthWatch
    ) -> RDBInput.End {
        let contract = options.contract
        return withUnsafeMutablePointer(to: &judge) { judge in
            RDBInput.readSizes(
                stream, &report, onFill: { tell(stream, judge.pointee) }, other: { judge.pointee.judge(extra: $0) }
            ) { entry in
                growth.note(key: entry.name, payload: entry.payload, database: entry.database)
                judge.pointee.judge(storedKey: entry, contract)
            }
        }
    }

    private func replayAppendOnly(
        _ stream: ByteStream, _ rest: inout GrowthRemainder, fileStart: Int, _ judge: inout Judge
    ) {
        guard let stream = try? ByteStream(again: stream, from: 0) else { return }
        var again = InputReport(path: stream.path, kind: .aof)
        if AOFReader.beginsWithPreamble(stream.window) == true {
            let end = RDBInput.load(stream, &again, onFill: {}) { key, record in rest.load(key, record) }
            guard case .complete(let isBaseOfLog) = end else { return }
            if RDBInput.passTail(stream, isBaseOfLog: isBaseOfLog, &again) { return }
        }
        var input = AppendOnlyInput(at: stream.offset)
        let rows = Replayer(table: table)
        input.read(stream, &again, onFill: {}) { request, place, _ in
            rest.apply(rows.row(request), request, place, fileStart: fileStart, &judge)
        }
    }

    // MARK: Captures

    func readCapture(_ stream: ByteStream, _ report: inout InputReport, _ judge: inout Judge) {
        var capture = CaptureReader()
        var replay = GrowthReplay(table: table, limit: options.contract.maxValueBytes)
        capture.read(stream, onFill: { tell(stream, judge) }) { request, place, bytes in
            let row = judge.judge(request, place, bytes: bytes)
            replay.apply(row, request, place, &judge)
        }
        capture.tell(&report, isFailure: judge.store.findings.isEmpty)
        noteOverfull(replay.isOverfull, &report)
        report.summary.coverage.append("a capture does not say which client sent a request, nor when")
    }
}
