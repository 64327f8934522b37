import Compatibility
import Glibc
import Presentation
import ServerClient
import SystemCalls
import WireFormats

/// What data are brought to a cluster for: what is said where that fails.
enum ImportPurpose {
    /// Into a running cluster.
    case `import`
    /// To try whether all can be kept.
    case trial
    /// Into a cluster that is then to be used.
    case load

    /// Behind the reason, where something was imported already.
    var brokenOff: String { self == .import ? ": what stands before it is imported" : refused }

    /// Behind the reason, where nothing was.
    var refused: String { self == .load ? ": nothing is started without the data of --load" : ": nothing is imported" }
}

/// Carries what a file or a server holds to a cluster, whatever form it has.
struct DataImport {
    let source: DataSource
    let target: ImportTarget
    /// The file with the names of the keys that a server is asked for; nil for all.
    var keys: String?
    /// What it is for.
    var purpose = ImportPurpose.import

    /// What was done.
    struct Summary {
        var keys = 0
        var commands = 0
        var expired = 0
        var expiredFields = 0
        var missing = 0
        var refusals = ImportRefusals()

        /// One line.
        var line: String {
            var parts: [String] = []
            if keys > 0 || commands == 0 { parts.append(Quantity.count(keys, "key")) }
            if commands > 0 { parts.append(Quantity.count(commands, "command")) }
            if expired > 0 { parts.append("\(Quantity.count(expired)) expired") }
            if expiredFields > 0 { parts.append("\(Quantity.count(expiredFields, "field")) expired") }
            if missing > 0 { parts.append("\(Quantity.count(missing)) not there") }
            let skipped = refusals.count - refusals.partial
            if refusals.partial > 0 { parts.append("\(Quantity.count(refusals.partial)) changed") }
            if skipped > 0 { parts.append("\(Quantity.count(skipped)) skipped") }
            return parts.joined(separator: ", ")
        }
    }

    /// Carries everything; where the target is strict, everything or nothing.
    ///
    /// What a server sends is of one moment, and what comes through a pipe comes once: where it is read more than once it
    /// is kept in a file until then.
    func run() throws(Failure) -> Summary {
        switch source {
        case .file(let path):
            if let folder = try appendOnlyFolder(path) {
                let files = { () throws(Failure) in
                    try folder.files.map { path throws(Failure) in
                        try FileSource(path) as any ByteSource
                    }
                }
                return try run(Files(open: files, base: folder.base?.text, isLog: true))
            }
            let path = FilePath(argument: path)
            let file = try FileSource(path)
            guard !file.canBeReadAgain else {
                return try run(Files { () throws(Failure) in [try FileSource(path)] })
            }
            let spool = try Spool(file)
            return try run(Files { () throws(Failure) in [try spool.source()] })
        case .server(let address):
            let source = try open(address)
            guard target.isStrict else { return try carry([source], LogPlan(), nil, to: target, purpose) }
            let spool = try Spool(source)
            return try run(Files { () throws(Failure) in [try spool.source()] })
        }
    }

    /// Files that can be read more than once.
    private struct Files {
        let open: () throws(Failure) -> [any ByteSource]
        /// The one that has the data up to a log's rewrite; nil where there is none.
        var base: String?
        /// Whether they make up one log.
        var isLog = false
    }

    private func run(_ files: Files) throws(Failure) -> Summary {
        var plan = LogPlan()
        for source in try files.open() { try plan.add(source) }
        if target.isStrict { try lookAhead(files, plan) }
        return try carry(try files.open(), plan, files, to: target, purpose)
    }

    /// Tries all of it on a cluster without keys, and ends the import where something breaks the contract.
    private func lookAhead(_ files: Files, _ plan: LogPlan) throws(Failure) {
        let cluster = try TrialCluster(target.limits)
        defer { cluster.stop() }
        let trial = try ImportTarget(
            cluster.address, password: cluster.password, limits: target.limits, isStrict: false, listed: .max)
        let refusals = try carry(try files.open(), plan, files, to: trial, .trial).refusals
        guard refusals.count > 0 else { return }
        for line in refusals.lines { StandardError.writeLine(line) }
        throw Failure(
            "\(source.name): \(Quantity.count(refusals.count, "thing")) cannot be kept, so nothing is imported: import "
                + "without --strict to leave that out", .findings)
    }

    private func carry(
        _ sources: [any ByteSource], _ plan: LogPlan, _ files: Files?, to target: ImportTarget, _ purpose: ImportPurpose
    ) throws(Failure) -> Summary {
        var summary = Summary()
        let databases = try LogDatabases(target, plan)
        do throws(Failure) {
            for (index, source) in sources.enumerated() {
                let isLast = index == sources.count - 1
                try carry(source, files, databases, purpose, isLast: isLast, &summary)
            }
            summary.expired += try databases.finish()
        } catch {
            databases.finishAfterFailure()
            guard error.status == .interrupted, purpose == .import else { throw error }
            throw Failure(
                "\(self.source.name): interrupted: what was read of it by then is imported, \(summary.line)",
                .interrupted)
        }
        summary.refusals = target.refusals
        return summary
    }

    /// A server's keys: as it sends them to a replica, or else one after another, which is told.
    private func open(_ address: ServerAddress) throws(Failure) -> any ByteSource {
        if let path = keys {
            let list: KeyList
            do throws(InputProblem) {
                list = try KeyList(path)
            } catch {
                throw Failure(error.message, .unreachable)
            }
            let source = try KeySource(address, keys: list)
            StandardError.writeLine("\(source.name): \(source.way) one after another, not as they are at one instant")
            return source
        }
        switch try LiveSource.open(address) {
        case .keys(let source): return source
        case .refused(let reason):
            let source = try KeySource(address, keys: nil)
            StandardError.writeLine(
                "\(source.name) refuses SYNC (\(reason)): \(source.way) one after another, not as they are at one "
                    + "instant")
            return source
        }
    }

    private func appendOnlyFolder(_ path: String) throws(Failure) -> AppendOnlyFolder? {
        do throws(InputProblem) {
            return try InputFinder.appendOnlyFolder(path)
        } catch {
            throw Failure("\(error.location.path): \(error.message): name a file that can be read", .unreachable)
        }
    }

    private func carry(
        _ source: any ByteSource, _ files: Files?, _ databases: LogDatabases, _ purpose: ImportPurpose,
        isLast: Bool, _ summary: inout Summary
    ) throws(Failure) {
        let window = ByteWindow(source)
        let progress = ImportProgress(source)
        defer { progress.end() }
        let told = { progress.show(window.done) }
        try window.fill()
        let isLog = files?.isLog ?? false
        guard !window.bytes.isEmpty else {
            if isLog, source.name != files?.base { return }
            let reason = isLog ? "is empty, and the manifest names it as the base: what it held is lost" : "is empty"
            throw Failure("\(source.name) \(reason)\(purpose.refused)", .unreachable)
        }
        while window.bytes.count < 16, !window.isAtEnd { try window.fill() }
        let isRDB = window.bytes.withUnsafeBytes { RDBFormat.begins($0) } == true
        guard isRDB || window.bytes.withUnsafeBytes({ AOFReader.beginsWithCommand($0) }) else {
            // What is in it may be a password: nothing of it is shown.
            throw Failure(
                "\(source.name): byte 0: neither an RDB file nor an append-only log: it "
                    + "\(FileForm.sentence(window.bytes))\(purpose.refused)", .unreachable)
        }
        if isRDB {
            var keys = RDBImport(databases: databases, isBase: isLog, purpose: purpose)
            do throws(Failure) {
                try keys.run(window, told)
                try databases.target.finish()
            } catch {
                if error.status == .interrupted { try databases.target.finish() }
                summary.keys += databases.target.accepted
                throw error
            }
            summary.keys += databases.target.accepted
            summary.expired += keys.expired
            summary.expiredFields += keys.expiredFields
            guard try mayGoOn(window, isBaseOfLog: keys.isBaseOfLog, purpose) else {
                return note(source, databases.target, &summary)
            }
        }
        var commands = AOFImport(databases: databases, purpose: purpose)
        defer { summary.commands += commands.commands }
        try commands.run(window, isPart: isLog || isRDB, isLast: isLast, told)
        note(source, databases.target, &summary)
    }

    private func note(_ source: any ByteSource, _ target: ImportTarget, _ summary: inout Summary) {
        summary.missing += source.findings.missing
        target.refuse(source.findings.refusals)
    }

    /// Whether commands stand behind the end of RDB data; what is none is passed over, as Redis does, and told.
    private func mayGoOn(
        _ window: ByteWindow, isBaseOfLog: Bool, _ purpose: ImportPurpose
    ) throws(Failure) -> Bool {
        switch try RDBImport.tail(window, isBaseOfLog: isBaseOfLog) {
        case .nothing: return false
        case .commands: return true
        case .other: break
        }
        let start = window.offset
        guard window.bytes.withUnsafeBytes({ RDBFormat.begins($0) }) != true else {
            throw Failure(
                "\(window.source.name): another RDB file begins at byte \(start), which no Redis reads"
                    + purpose.brokenOff, .unreachable)
        }
        while !window.isAtEnd {
            window.drop(window.bytes.count)
            try window.fill()
        }
        guard purpose != .trial else { return false }
        StandardError.writeLine(
            "\(window.source.name): \(Quantity.count(window.offset + window.bytes.count - start)) bytes behind the end of the RDB data are no "
                + "part of them, and are passed over")
        return false
    }
}

/// A line on the terminal that tells how far an import has come; nothing where stderr is no terminal.
final class ImportProgress {
    private let source: any ByteSource
    private var next = ContinuousClock.now + .milliseconds(500)
    private var isOnScreen = false

    init(_ source: any ByteSource) {
        self.source = source
    }

    func show(_ done: Int) {
        guard StandardError.isEditable, ContinuousClock.now >= next else { return }
        next = ContinuousClock.now + .milliseconds(100)
        let amount =
            source.total.map { "\(done * 100 / max(1, $0)) % of \(Quantity.bytes($0))" }
            ?? source.findings.keys.map { Quantity.count($0, "key") } ?? Quantity.bytes(done)
        StandardError.write("\r\u{1B}[K\(amount)  \(SafeText.line(source.name))")
        isOnScreen = true
    }

    /// Takes the line away.
    func end() {
        if isOnScreen { StandardError.write("\r\u{1B}[K") }
        isOnScreen = false
    }
}
