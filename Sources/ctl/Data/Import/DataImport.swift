import Glibc
import WireFormats

/// Carries what a file or a server holds to a cluster, whatever form it has.
struct DataImport {
    let source: DataSource
    let target: ImportTarget

    /// What was done.
    struct Summary {
        var keys = 0
        var commands = 0
        var expired = 0
        var refusals = ImportRefusals()

        /// One line.
        var line: String {
            var parts: [String] = []
            if keys > 0 || commands == 0 { parts.append(Quantity.count(keys, "key")) }
            if commands > 0 { parts.append(Quantity.count(commands, "command")) }
            if expired > 0 { parts.append("\(Quantity.count(expired)) expired") }
            if refusals.count > 0 { parts.append("\(Quantity.count(refusals.count)) skipped") }
            return parts.joined(separator: ", ")
        }
    }

    /// Carries everything.
    func run() throws(Failure) -> Summary {
        var summary = Summary()
        switch source {
        case .server(let address): try carry(try LiveSource(address), &summary)
        case .file(let path): for path in try files(path) { try carry(try FileSource(path: path), &summary) }
        }
        try target.finish()
        summary.refusals = target.refusals
        return summary
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

    private func carry(_ source: any ByteSource, _ summary: inout Summary) throws(Failure) {
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
            var keys = RDBImport(target: target)
            try keys.run(window, progress.show)
            try target.finish()
            summary.keys += target.accepted
            summary.expired += keys.expired
        }
        var commands = AOFImport(target: target)
        try commands.run(window, progress.show)
        summary.commands += commands.commands
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
            source.total.map { "\(done * 100 / max(1, $0)) % of \(Quantity.bytes($0))" } ?? Quantity.bytes(done)
        StandardError.write("\r\u{1B}[K\(amount)  \(source.name)")
        isOnScreen = true
    }

    /// Takes the line away.
    func end() {
        if isOnScreen { StandardError.write("\r\u{1B}[K") }
        isOnScreen = false
    }
}
