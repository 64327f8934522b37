import CommandCatalog
import Testing

@testable import Compatibility

@Suite struct GrowthScreenTests {
    @Test func `No key that grows over the limit escapes the screen`() {
        var random = SeededNumbers(3)
        let commands = [
            "RPUSH", "SADD", "APPEND", "ZADD", "HSET", "RENAME", "SUNIONSTORE", "DEL", "RPOPLPUSH", "RPOP", "LPOP",
            "LTRIM", "SREM", "HDEL", "ZREM", "SET", "SETNX", "SPOP", "ZINCRBY", "HINCRBY", "COPY", "GETSET", "SETRANGE",
        ]
        for round in 0..<40 {
            var text = "OK\n"
            for index in 0..<1500 {
                let name = commands[Int.random(in: 0..<commands.count, using: &random)]
                func key() -> String { "\(name.first ?? "k")\(Int.random(in: 0..<5, using: &random))" }
                let value = String(repeating: "v", count: Int.random(in: 1..<60, using: &random)) + String(index)
                let arguments: [String]
                switch name {
                case "RENAME", "RPOPLPUSH": arguments = ["R\(index % 5)", "R\(index % 3)"]
                case "SUNIONSTORE": arguments = ["S\(index % 5)", "S\(index % 3)", "S\(index % 4)"]
                case "DEL":
                    arguments = [
                        ["R", "S", "A", "Z", "H"].randomElement(using: &random).map { "\($0)\(index % 5)" } ?? ""
                    ]
                case "RPOP", "LPOP": arguments = ["R\(index % 5)"]
                case "LTRIM":
                    let ends = [("0", "\(index % 9)"), ("-\(1 + index % 9)", "-1"), ("1", "-1"), ("3", "2")]
                    let (first, last) = ends[index % 4]
                    arguments = ["R\(index % 5)", first, last]
                case "SREM": arguments = [key(), "v\(index % 600)"]
                case "HDEL": arguments = [key(), "f\(index % 50)"]
                case "ZREM": arguments = [key(), value]
                case "SET", "SETNX", "GETSET": arguments = ["A\(index % 5)", value]
                case "SETRANGE": arguments = ["A\(index % 5)", "\(index % 900)", value]
                case "SPOP": arguments = [key()]
                case "ZINCRBY": arguments = [key(), "1", "m\(index % 20)"]
                case "HINCRBY": arguments = [key(), "f\(index % 50)", "7"]
                case "COPY": arguments = ["S\(index % 5)", "C\(index % 5)"]
                case "ZADD": arguments = [key(), "1", value]
                case "HSET": arguments = [key(), "f\(index % 50)", value]
                default: arguments = [key(), value]
                }
                let words = ([name] + arguments).map { "\"\($0)\"" }.joined(separator: " ")
                text += "1795394106.\(100_000 + index) [\(index % 7 == 0 ? 1 : 0) 10.0.0.1:1] \(words)\n"
            }
            var options = LintOptions()
            options.contract.maxValueBytes = 1500
            let screened = Self.growth(text, options, isScreened: true)
            let all = Self.growth(text, options, isScreened: false)
            #expect(screened == all, "seed \(SeededNumbers.seed), round \(round)")
            let atTheEnd = Self.growth(text, options, isScreened: true, rereads: false)
            #expect(atTheEnd == all, "all left for the end: seed \(SeededNumbers.seed), round \(round)")
            let bits = 1 + round % 5
            let shared = Self.growth(text, options, isScreened: true, rereads: round % 2 == 0, bits: bits)
            #expect(shared == all, "keys share \(1 << bits) buckets: seed \(SeededNumbers.seed), round \(round)")
        }
    }

    /// The places at which values grow too large, with the screen or with every key followed.
    ///
    /// - Parameters:
    ///   - rereads: whether the beginning may be read once more in the middle, or all is left for the end.
    ///   - bits: so many bits tell buckets apart.
    static func growth(
        _ text: String, _ options: LintOptions, isScreened: Bool, rereads: Bool = true, bits: Int? = nil
    ) -> [String] {
        let table = CommandTable(contract: options.contract)
        let file = TemporaryFile(text)
        var judge = Judge(path: "x", options: options, table: table)
        let rows = Replayer(table: table)
        let limit = options.contract.maxValueBytes
        if isScreened, let stream = try? ByteStream(path: file.path) {
            let trace = rereads ? RereadableTrace(stream, .monitor, table: table) : nil
            let division = bits.map { BucketDivision(bits: $0) }
            var watch = GrowthWatch(table: table, limit: limit, trace: trace, division: division)
            Self.read(file.path) { request, place in watch.note(rows.row(request), request, place, &judge) }
            if var rest = watch.remainder() {
                Self.read(file.path) { rest.apply(rows.row($0), $0, $1, fileStart: 0, &judge) }
            }
        } else {
            var replay = GrowthReplay(table: table, limit: limit)
            Self.read(file.path) { request, place in replay.apply(rows.row(request), request, place, &judge) }
        }
        return judge.store.findings.sorted { ($0.first.line ?? 0) < ($1.first.line ?? 0) }.map {
            "\($0.command ?? "") \($0.keyPattern ?? "") \($0.count) \($0.first.line ?? 0)-\($0.last.line ?? 0)"
        }
    }

    static func read(_ path: String, _ body: (Request, Place) -> Void) {
        guard let stream = try? ByteStream(path: path) else { return }
        var report = InputReport(path: path, kind: .monitor)
        var trace = MonitorTrace()
        trace.read(stream, &report, onFill: {}) { request, place, _, _ in body(request, place) }
    }
}
