import CommandCatalog
import WireFormats

extension LintRun {
    // MARK: MONITOR

    func readMonitor(_ stream: ByteStream, _ report: inout InputReport, _ judge: inout Judge) {
        var connections = ConnectionRules(contract: options.contract)
        let canReadAgain = stream.storedTotal != nil && stream.path != "-"
        if canReadAgain, judge.store.isOn(.valueGrowsTooLarge) {
            var screen = GrowthScreen(limit: options.contract.maxValueBytes)
            let table = table
            readRequests(stream, &report) { request, place, bytes, isFromClient in
                let row = judge.judge(request, place, bytes: bytes)
                if isFromClient, let time = place.time { connections.look(row, request, place, time, &judge) }
                if row >= 0 { screen.note(table[row].effect, request, database: place.database) }
            }
            if let suspects = screen.suspects() { replayMonitor(stream.path, suspects, &report, &judge) }
        } else {
            var replay = GrowthReplay(table: table, suspects: nil, limit: options.contract.maxValueBytes)
            readRequests(stream, &report) { request, place, bytes, isFromClient in
                let row = judge.judge(request, place, bytes: bytes)
                if isFromClient, let time = place.time { connections.look(row, request, place, time, &judge) }
                replay.apply(row, request, place, &judge)
            }
            noteOverfull(replay, &report)
        }
        report.summary.coverage += [
            "MONITOR does not show administrative commands (CONFIG, CLIENT LIST, MONITOR itself) "
                + "nor commands that the server rejected",
            "sizes are followed from the beginning of the log: what was stored before is not known",
        ]
        if connections.hasForgotten {
            report.summary.coverage.append(
                "of more than \(ConnectionTable.maximumConnections) connections, those that were silent longest were "
                    + "forgotten")
        }
    }

    /// Reads the lines, on a thread of its own where there is one to spare.
    @inline(__always)
    private func readRequests(
        _ stream: ByteStream, _ report: inout InputReport,
        _ body: (Request, Place, _ bytes: Int, _ isFromClient: Bool) -> Void
    ) {
        if PipelinedReading.isWorthwhile(stream, threads: threads) {
            let isDone = PipelinedReading.run(
                stream, &report, tell: { tell(stream.path, $0) },
                read: { stream, report, sink in
                    var trace = MonitorTrace()
                    trace.read(stream, &report, onFill: { sink.flush() }) {
                        sink.append($0, $1, bytes: $2, isFromClient: $3)
                    }
                }, body)
            if isDone { return }
        }
        var trace = MonitorTrace()
        trace.read(stream, &report, onFill: { tell(stream) }, body)
    }

    private func replayMonitor(
        _ path: String, _ suspects: GrowthScreen.Suspects, _ report: inout InputReport, _ judge: inout Judge
    ) {
        guard let stream = try? ByteStream(path: path) else { return }
        var replay = GrowthReplay(table: table, suspects: suspects, limit: options.contract.maxValueBytes)
        var again = InputReport(path: path, kind: .monitor)
        var trace = MonitorTrace()
        let rows = Replayer(table: table)
        trace.read(stream, &again, onFill: {}) { request, place, _, _ in
            replay.apply(rows.row(request), request, place, &judge)
        }
        noteSuspects(suspects, replay, &report)
    }

    private func noteSuspects(
        _ suspects: GrowthScreen.Suspects, _ replay: GrowthReplay, _ report: inout InputReport
    ) {
        noteOverfull(replay, &report)
        if suspects.isIncomplete {
            report.summary.coverage.append(
                "very many keys were made out of others: of some, what they were made of was not followed")
        }
    }

    private func noteOverfull(_ replay: GrowthReplay, _ report: inout InputReport) {
        guard replay.isOverfull else { return }
        report.summary.coverage.append(
            "more than \(GrowthReplay.maximumKeys) keys had to be followed: growing values are found up to there only")
    }

    // MARK: RDB and append-only files

    func readAppendOnly(_ stream: ByteStream, _ report: inout InputReport, _ judge: inout Judge) {
        var screen = GrowthScreen(limit: options.contract.maxValueBytes)
        readAppendOnly(stream, &report, &judge, &screen)
        guard stream.storedTotal != nil, stream.path != "-", judge.store.isOn(.valueGrowsTooLarge),
            let suspects = screen.suspects()
        else { return }
        var replay = GrowthReplay(table: table, suspects: suspects, limit: options.contract.maxValueBytes)
        replayAppendOnly(stream.path, &replay, &judge)
        noteSuspects(suspects, replay, &report)
    }

    private func readAppendOnly(
        _ stream: ByteStream, _ report: inout InputReport, _ judge: inout Judge, _ screen: inout GrowthScreen
    ) {
        judge.manner.isWrittenByServer = true
        if AOFReader.beginsWithPreamble(stream.window) ?? false || report.summary.kind == .rdb {
            guard readKeys(stream, &report, &judge, &screen) else { return }
        }
        stream.fill(upTo: 1)
        guard !stream.window.isEmpty else { return }
        report.summary.coverage.append(
            "an append-only file has no reads, and the server writes it in its own words (EXPIRE as PEXPIREAT, scripts as "
                + "their effects)")
        var input = AppendOnlyInput(at: stream.offset)
        let table = table
        input.read(stream, &report, onFill: { tell(stream) }) { request, place, bytes in
            let row = judge.judge(request, place, bytes: bytes)
            if row >= 0 { screen.note(table[row].effect, request, database: place.database) }
        }
    }

    /// Reads the files of a multi-part append-only file: what one stores, a later one may let grow.
    mutating func readAppendOnlyFolder(_ folder: AppendOnlyFolder) {
        var whole = InputReport(path: folder.path, kind: .aof)
        var screen = GrowthScreen(limit: options.contract.maxValueBytes)
        for file in folder.files {
            do throws(InputProblem) {
                let stream = try ByteStream(path: file)
                var report = InputReport(path: file, kind: .aof)
                var judge = Judge(path: file, options: options, table: table)
                readAppendOnly(stream, &report, &judge, &screen)
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
        if let suspects = screen.suspects(), !options.disabledRules.contains(Rule.valueGrowsTooLarge.id) {
            var replay = GrowthReplay(table: table, suspects: suspects, limit: options.contract.maxValueBytes)
            for file in folder.files {
                var judge = Judge(path: file, options: options, table: table)
                replayAppendOnly(file, &replay, &judge)
                take(judge)
            }
            noteSuspects(suspects, replay, &whole)
        }
        result.summary.inputs.append(whole.summary)
        result.summary.problems += whole.problems
    }

    /// Judges the keys of an RDB part by their sizes.
    ///
    /// Returns whether it is whole.
    private func readKeys(
        _ stream: ByteStream, _ report: inout InputReport, _ judge: inout Judge, _ screen: inout GrowthScreen
    ) -> Bool {
        let contract = options.contract
        let end = RDBInput.readSizes(stream, &report, onFill: { tell(stream) }) { entry in
            screen.note(key: entry.name, payload: entry.payload, database: entry.database)
            judge.judge(storedKey: entry, contract)
        }
        if case .complete = end { return true }
        return false
    }

    private func replayAppendOnly(_ path: String, _ replay: inout GrowthReplay, _ judge: inout Judge) {
        guard let stream = try? ByteStream(path: path) else { return }
        var again = InputReport(path: path, kind: .aof)
        if AOFReader.beginsWithPreamble(stream.window) == true {
            let end = RDBInput.load(stream, &again, onFill: {}) { key, record in replay.load(key, record) }
            guard case .complete = end else { return }
        }
        var input = AppendOnlyInput(at: stream.offset)
        let rows = Replayer(table: table)
        input.read(stream, &again, onFill: {}) { request, place, _ in
            replay.apply(rows.row(request), request, place, &judge)
        }
    }

    // MARK: Captures

    func readCapture(_ stream: ByteStream, _ report: inout InputReport, _ judge: inout Judge) {
        var capture = CaptureReader()
        var replay = GrowthReplay(table: table, suspects: nil, limit: options.contract.maxValueBytes)
        capture.read(stream, &report, onFill: { tell(stream) }) { request, place, bytes in
            let row = judge.judge(request, place, bytes: bytes)
            replay.apply(row, request, place, &judge)
        }
        noteOverfull(replay, &report)
        if judge.commands == 0 { report.add("no request is found in the capture", byteOffset: 0) }
        report.summary.coverage.append("a capture does not say which client sent a request, nor when")
    }
}
