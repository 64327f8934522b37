import Compatibility
import Glibc
import ServerClient
import WireFormats

/// Carries what a file or a server holds to a cluster, whatever form it has.
struct DataImport {
    let source: DataSource
    let target: ImportTarget
    /// The file with the names of the keys that a server is asked for; nil for all.
    var keys: String?

    /// What was done.
    struct Summary {
        var keys = 0
        var commands = 0
        var expired = 0
        var missing = 0
        var refusals = ImportRefusals()

        /// One line.
        var line: String {
            var parts: [String] = []
            if keys > 0 || commands == 0 { parts.append(Quantity.count(keys, "key")) }
            if commands > 0 { parts.append(Quantity.count(commands, "command")) }
            if expired > 0 { parts.append("\(Quantity.count(expired)) expired") }
            if missing > 0 { parts.append("\(Quantity.count(missing)) not there") }
            if refusals.count > 0 { parts.append("\(Quantity.count(refusals.count)) skipped") }
            return parts.joined(separator: ", ")
        }
    }

    /// Carries everything; where the target is strict, everything or nothing.
    ///
    /// What a server sends is of one moment, or cannot be had again: for a trial it is kept in a file until then.
    func run() throws(Failure) -> Summary {
        switch source {
        case .file(let path):
            let paths = try files(path)
            return try run { () throws(Failure) in try paths.map { path throws(Failure) in try FileSource(path: path) }
            }
        case .server(let address):
            let source = try open(address)
            guard target.isStrict else { return try run { [source] } }
            let spool = try Spool(source)
            return try run { () throws(Failure) in [try spool.source()] }
        }
    }

    private func run(_ sources: () throws(Failure) -> [any ByteSource]) throws(Failure) -> Summary {
        if target.isStrict { try lookAhead(try sources()) }
        return try carry(try sources(), to: target)
    }

    /// Tries all of it on a cluster without keys, and ends the import where something breaks the contract.
    private func lookAhead(_ sources: [any ByteSource]) throws(Failure) {
        let cluster = try TrialCluster(target.limits)
        defer { cluster.stop() }
        let trial = try ImportTarget(
            cluster.address, password: cluster.password, limits: target.limits, isStrict: false, listed: .max)
        let refusals = try carry(sources, to: trial).refusals
        guard refusals.count > 0 else { return }
        for line in refusals.lines("") { StandardError.writeLine(line) }
        throw Failure(
            "\(source.name): \(Quantity.count(refusals.count, "thing")) cannot be kept, so nothing is imported: import "
                + "without --strict to leave that out", .findings)
    }

    private func carry(_ sources: [any ByteSource], to target: ImportTarget) throws(Failure) -> Summary {
        var summary = Summary()
        let deadlines = LoggedDeadlines(target: target)
        do throws(Failure) {
            for source in sources { try carry(source, to: target, deadlines, &summary) }
            try target.finish()
            summary.expired += try deadlines.settle()
        } catch {
            deadlines.settleAfterFailure()
            throw error
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

    /// The files that a path stands for: those of a manifest, or the file itself.
    private func files(_ path: String) throws(Failure) -> [String] {
        let head = ByteWindow(try FileSource(path: path))
        try head.fill()
        guard AOFManifest.isManifest(head.bytes) else { return [path] }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        do {
            return try AOFManifest(head.bytes).dataFiles.map { folder + String(decoding: $0.name, as: UTF8.self) }
        } catch {
            throw Failure("\(path): \(error)", .unreachable)
        }
    }

    /// Whether a file is one of several that the named one lists.
    private func isOfManifest(_ file: any ByteSource) -> Bool {
        guard case .file(let path) = source else { return false }
        return file.name != path
    }

    private func carry(
        _ source: any ByteSource, to target: ImportTarget, _ deadlines: LoggedDeadlines, _ summary: inout Summary
    ) throws(Failure) {
        let window = ByteWindow(source)
        let progress = ImportProgress(source)
        defer { progress.end() }
        try window.fill()
        let isRDB = window.bytes.withUnsafeBytes { AOFReader.beginsWithPreamble($0) } == true
        guard
            isRDB || window.bytes.isEmpty || window.bytes[0] == UInt8(ascii: "*")
                || window.bytes[0] == UInt8(ascii: "#")
        else {
            throw Failure(
                "\(source.name): neither an RDB file nor an append-only log: it begins with "
                    + "'\(Quantity.printable(Array(window.bytes.prefix(8))))'", .unreachable)
        }
        if isRDB {
            var keys = RDBImport(target: target, deadlines: deadlines, isBase: isOfManifest(source))
            try keys.run(window, progress.show)
            try target.finish()
            summary.keys += target.accepted
            summary.expired += keys.expired
        }
        var commands = AOFImport(target: target, deadlines: deadlines)
        try commands.run(window, progress.show)
        summary.commands += commands.commands
        summary.missing += source.findings.missing
        target.refuse(source.findings.refusals)
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
        guard StandardError.isTerminal, ContinuousClock.now >= next else { return }
        next = ContinuousClock.now + .milliseconds(100)
        let amount =
            source.total.map { "\(done * 100 / max(1, $0)) % of \(Quantity.bytes($0))" }
            ?? source.findings.keys.map { Quantity.count($0, "key") } ?? Quantity.bytes(done)
        StandardError.write("\r\u{1B}[K\(amount)  \(source.name)")
        isOnScreen = true
    }

    /// Takes the line away.
    func end() {
        if isOnScreen { StandardError.write("\r\u{1B}[K") }
        isOnScreen = false
    }
}
