import Compatibility
import Glibc
import ServerClient
import WireFormats

/// The keys of a running server that does not send them as a whole, read one after another with commands that change
/// nothing, in the form of an RDB file of version 6.
///
/// The server goes on meanwhile: each value is as it was when it was read, and the whole is of no one moment. A long list
/// is read in pages.
final class KeySource: ByteSource {
    let name: String
    let total: Int? = nil
    var findings = SourceFindings(keys: 0)
    let connection: RequestConnection
    private(set) var pages: Pages
    var writer = RDBFileWriter()
    private var isFinished = false
    /// Whether values are asked for with DUMP: nil until a value was seen.
    ///
    /// What a 2.8 answers is what RESTORE takes; that of later releases is not, and its parts are asked for.
    var usesDump: Bool?

    enum Pages {
        /// By SCAN, from a cursor on; nil behind the last page.
        case scan(cursor: [UInt8]?)
        case list(KeyList)
    }

    private static let pageSize = 256
    /// So many values are asked for at once.
    private static let batch = 32

    /// Connects to a server.
    ///
    /// - Parameter keys: the keys to read; nil for all, which needs SCAN.
    init(_ address: ServerAddress, keys: KeyList?) throws(Failure) {
        name = ServerAddress(address.endpoint).description
        connection = try RequestConnection(address)
        pages = keys.map { .list($0) } ?? .scan(cursor: Array("0".utf8))
        try connection.authenticate(address)
        if keys == nil { try addPage() }
        try noteOtherDatabases()
    }

    /// How the keys are found, for people.
    var way: String {
        switch pages {
        case .scan: "its keys are read by SCAN"
        case .list: "the listed keys are read"
        }
    }

    func read() throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.isEmpty {
            if writer.bytes.isEmpty {
                guard !isFinished else { return [] }
                if try !addPage() {
                    isFinished = true
                    writer.finish()
                }
            }
            writer.take { bytes = Array($0) }
        }
        return bytes
    }

    /// Reads some keys more; false where there are none.
    @discardableResult
    private func addPage() throws(Failure) -> Bool {
        guard let names = try nextNames() else { return false }
        for start in stride(from: 0, to: names.count, by: Self.batch) {
            try add(names[start..<min(names.count, start + Self.batch)])
        }
        return true
    }

    // MARK: Names

    private func nextNames() throws(Failure) -> [[UInt8]]? {
        switch pages {
        case .scan(let cursor):
            guard let cursor else { return nil }
            let page = try scan(from: cursor)
            pages = .scan(cursor: page.cursor == Array("0".utf8) ? nil : page.cursor)
            return page.keys
        case .list(let list):
            var names: [[UInt8]] = []
            while names.count < Self.pageSize, let name = list.next() { names.append(name) }
            return names.isEmpty ? nil : names
        }
    }

    private func scan(from cursor: [UInt8]) throws(Failure) -> (cursor: [UInt8], keys: [[UInt8]]) {
        let reply = try connection.ask([
            Array("SCAN".utf8), cursor, Array("COUNT".utf8), Array("\(Self.pageSize)".utf8),
        ])
        switch reply {
        case .array(let parts) where parts.count == 2:
            guard case .bulk(let next) = parts[0], case .array(let names) = parts[1] else { throw unknown("SCAN") }
            return (next, names.compactMap(\.bulkBytes))
        case .error(let line):
            let text = Quantity.printable(line, longest: 80)
            guard !RequestConnection.asksForPassword(text) else {
                throw Failure("\(name) \(RequestConnection.passwordAdvice)", .unreachable)
            }
            throw Failure(
                "\(name) has neither SYNC nor SCAN, as the Cluster edition has not (it answers \(text)): write its keys "
                    + "to a file, one a line, and name that with `clusterctl import --keys`", .unreachable)
        default: throw unknown("SCAN")
        }
    }

    /// Notes databases that hold keys and are not read; a server that does not tell has none, or hides them.
    private func noteOtherDatabases() throws(Failure) {
        guard case .bulk(let text) = try connection.ask([Array("INFO".utf8), Array("keyspace".utf8)]) else { return }
        for line in String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline)
        where line.hasPrefix("db") && !line.hasPrefix("db0:") {
            let database = line.prefix { $0 != ":" }
            let keys = line.split(separator: "keys=").last.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
            findings.refusals.add(
                Array(database.utf8), "not read, with \(Quantity.count(keys, "key")): there is only database 0")
        }
    }

    func unknown(_ command: String) -> Failure {
        Failure("\(name) answers \(command) as no Redis does: is it one?", .unreachable)
    }
}
