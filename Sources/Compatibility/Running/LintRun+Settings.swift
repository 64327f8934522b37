import CommandCatalog

extension LintRun {
    /// Reads what a file of settings, a build file or documentation has sent to Redis.
    mutating func readSettings(_ stream: ByteStream, _ report: inout InputReport, _ judge: inout Judge) {
        while !stream.isLast, stream.window.count <= SettingsFile.maximumBytes { stream.fill() }
        let window = stream.window
        defer { stream.consume(stream.window.count) }
        guard window.count <= SettingsFile.maximumBytes else {
            let limit = SettingsFile.maximumBytes
            return report.add("a file of settings of more than \(limit) bytes is not read", byteOffset: limit)
        }
        judgeSettings(window, path: stream.path, &judge)
    }

    /// Judges the databases that a text chooses and the commands that its shell lines send.
    mutating func judgeSettings(_ window: UnsafeRawBufferPointer, path: String, _ judge: inout Judge) {
        noteSettings(path: path, head: window)
        guard SettingsFile.mentionsServer(window), let file = SettingsFile.of(path: Recognition.plainName(path)),
            !SettingsFile.isReport(window)
        else { return }
        let text = ManifestText(window)
        judge.manner.isGathered = false
        judge.manner.confidence = .high
        if file == .prose { judge.manner.severity = .note }
        defer { judge.manner.severity = nil }
        judgeEntries(text, file, window, &judge)
        judgeEmbeddedShell(text, file, path: path, &judge)
    }

    private func judgeEntries(
        _ text: ManifestText, _ file: SettingsFile, _ window: UnsafeRawBufferPointer, _ judge: inout Judge
    ) {
        let entries = SettingsEntries.read(text, as: file)
        let choices =
            DatabaseSetting.inAddresses(of: text) + entries.compactMap { DatabaseSetting.chosen(by: $0, in: text) }
        var sent = choices.map { (words: ["SELECT", String($0.number)], range: $0.range) }
        sent += entries.compactMap { entry in AnsibleTask.command(of: entry, in: text).map { ($0, entry.value) } }
        let places = TextPlaces(text.bytes)
        judge.manner.judgesArity = false
        for (words, range) in sent.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            show(places[range], window, &judge) { judge, place in
                WordsRequest(words.map { Array($0.utf8) }).withRequest { _ = judge.judge($0, place, bytes: 0) }
            }
        }
        judge.manner.judgesArity = true
        for use in FrameworkSetting.uses(in: entries, of: text, file: file) {
            show(places[use.range], window, &judge) { judge, place in
                judge.noteFramework(use.framework, job: use.job, place)
            }
        }
    }

    private mutating func judgeEmbeddedShell(
        _ text: ManifestText, _ file: SettingsFile, path: String, _ judge: inout Judge
    ) {
        guard let embedded = EmbeddedShell.find(in: text, as: file) else { return }
        judge.manner.library = "redis-cli"
        defer { judge.manner.library = nil }
        var shell = ShellJudge(
            text: embedded.script, script: ScriptJudge(options: options, table: table), variables: embedded.variables)
        shell.judge(ShellScript.read(embedded.script).commands, &judge)
        shell.finish(&judge)
        if let unread = shell.unread {
            result.summary.problems.append(
                InputProblem(
                    location: shell.place(unread).location(path),
                    message: "commands are too deep in each other: what they run was not read"))
        }
        result.summary.undecided += shell.undecided.map { name in
            Summary.Undecided(location: name.place.location(path), text: name.text, confidence: .high)
        }
    }
}
