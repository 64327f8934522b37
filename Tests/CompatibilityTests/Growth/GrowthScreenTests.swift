import CommandCatalog
import Testing

@testable import Compatibility

@Suite struct GrowthScreenTests {
    @Test func `No key that grows over the limit escapes the screen`() {
        var random = SeededNumbers(3)
        let commands = [
            "RPUSH", "SADD", "APPEND", "ZADD", "HSET", "RENAME", "SUNIONSTORE", "DEL", "RPOPLPUSH", "RPOP", "LPOP",
            "LTRIM", "SREM", "HDEL", "ZREM", "SET", "SETNX", "SPOP", "ZINCRBY", "HINCRBY", "COPY", "GETSET", "SETRANGE",
            "LREM", "LINSERT", "FLUSH",
        ]
        for round in 0..<40 {
            var text = "OK\n"
            var last = ""
            for index in 0..<1500 {
                let name = commands[Int.random(in: 0..<commands.count, using: &random)]
                func key() -> String { "\(name.first ?? "k")\(Int.random(in: 0..<5, using: &random))" }
                let value = String(repeating: "v", count: Int.random(in: 1..<60, using: &random)) + String(index)
                let arguments: [String]
                // Mostly an element that is there.
                if name == "RPUSH" { last = value }
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
                case "FLUSH" where index % 9 == 0: arguments = []
                case "FLUSH": continue
                case "LREM" where round % 2 == 0: arguments = ["R\(index % 5)", "0", last]
                case "LINSERT" where round % 3 == 0: arguments = ["R\(index % 5)", "BEFORE", last, value]
                case "LREM", "LINSERT": arguments = ["R\(index % 5)", "0", "x"]
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
                let sent = name == "FLUSH" ? (index % 2 == 0 ? "FLUSHALL" : "FLUSHDB") : name
                let words = ([sent] + arguments).map { "\"\($0)\"" }.joined(separator: " ")
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

    @Test(arguments: [false, true], [false, true])
    func `Lists are exact where elements are sought late, early, or in another list`(isEarly: Bool, rereads: Bool) {
        var commands: [[String]] = isEarly ? [["LREM", "other", "0", "x"]] : []
        func push(_ count: Int, _ element: String) {
            for index in 0..<count { commands.append(["RPUSH", "list", "\(element)\(index % 4)", "z\(index)"]) }
        }
        // Over the limit, below it by what LREM takes, and over it again.
        push(40, String(repeating: "e", count: 40))
        for part in 0..<3 { commands.append(["LREM", "list", "0", String(repeating: "e", count: 40) + "\(part)"]) }
        push(30, String(repeating: "f", count: 40))
        // Only what is there has something beside it.
        for index in 0..<20 {
            commands.append(["LREM", "list", "-2", "z\(index)"])
            commands.append(["LINSERT", "list", "AFTER", "z\(index)", String(repeating: "i", count: 90)])
            commands.append(["LINSERT", "list", "BEFORE", "none", String(repeating: "i", count: 900)])
        }
        for part in 0..<4 { commands.append(["LREM", "list", "0", String(repeating: "f", count: 40) + "\(part)"]) }
        push(25, String(repeating: "g", count: 40))
        let text = commands.enumerated().map { index, words in
            "1795394106.\(100_000 + index) [0 10.0.0.1:1] " + words.map { "\"\($0)\"" }.joined(separator: " ") + "\n"
        }
        var options = LintOptions()
        options.contract.maxValueBytes = 1500
        let all = Self.growth(text.joined(), options, isScreened: false)
        #expect(all.count == 1 && all[0].hasPrefix("RPUSH list 3 "), "grows over the limit three times: \(all)")
        #expect(Self.growth(text.joined(), options, isScreened: true, rereads: rereads) == all)
    }

    @Test(arguments: ["DEL", "SET", "FLUSHALL", "FLUSHDB"])
    func `What grew before a key was gone is found by a last reading, too`(end: String) {
        func line(_ words: [String]) -> String {
            "1795394106.100000 [0 10.0.0.1:1] " + words.map { "\"\($0)\"" }.joined(separator: " ") + "\n"
        }
        var text = ""
        for _ in 0..<3 {
            for index in 0..<40 { text += line(["APPEND", "log", String(repeating: "a", count: 50) + "\(index)"]) }
            text += line(end.hasPrefix("FLUSH") ? [end] : [end, "log"] + (end == "SET" ? ["x"] : []))
        }
        for index in 0..<40 { text += line(["SET", "key\(index)", "value"]) }
        var options = LintOptions()
        options.contract.maxValueBytes = 1500
        let all = Self.growth(text, options, isScreened: false)
        #expect(all.count == 1 && all[0].hasPrefix("APPEND log 3 "), "\(all)")
        for rereads in [false, true] {
            #expect(Self.growth(text, options, isScreened: true, rereads: rereads) == all, "rereads: \(rereads)")
        }
    }

    @Test(arguments: [["MOVE", "k", "1"], ["COPY", "k", "k", "DB", "1"]])
    func `A key that went to another database outlives FLUSHDB`(sent: [String]) {
        func line(_ words: [String], database: Int = 0) -> String {
            "1795394106.100000 [\(database) 10.0.0.1:1] " + words.map { "\"\($0)\"" }.joined(separator: " ") + "\n"
        }
        let half = ["APPEND", "k", String(repeating: "v", count: 900)]
        let text = line(half) + line(sent) + line(["FLUSHDB"]) + line(half, database: 1)
        var options = LintOptions()
        options.contract.maxValueBytes = 1500
        let all = Self.growth(text, options, isScreened: false)
        #expect(all == ["APPEND k 1 4-4"])
        #expect(Self.growth(text, options, isScreened: true) == all)
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
                Self.read(file.path) { request, place in
                    guard place.byteOffset >= rest.origin.position else { return }
                    rest.apply(rows.row(request), request, place, fileStart: 0, &judge)
                }
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
