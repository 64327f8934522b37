import CommandCatalog
import Testing

@testable import Compatibility

@Suite struct ConnectionRulesTests {
    static func rules(_ lines: String...) -> [String] {
        Lint.rules(Lint.text(lines.joined(separator: "\n") + "\n"))
    }

    @Test func `A key used by others between MULTI and EXEC is found`() {
        #expect(
            Self.rules(
                #"1795394106.000001 [0 10.0.0.1:1] "MULTI""#, #"1795394106.000002 [0 10.0.0.2:1] "GET" "k""#,
                #"1795394106.000003 [0 10.0.0.1:1] "SET" "k" "v""#, #"1795394106.000003 [0 10.0.0.1:1] "EXEC""#)
                == ["locked-key-touched"])
    }

    @Test func `Another key, the same connection and another time are no touch`() {
        #expect(
            Self.rules(
                #"1795394106.000001 [0 10.0.0.2:1] "GET" "k""#, #"1795394106.000001 [0 10.0.0.1:1] "MULTI""#,
                #"1795394106.000002 [0 10.0.0.2:1] "GET" "j""#, #"1795394106.000003 [0 10.0.0.1:1] "SET" "k" "v""#,
                #"1795394106.000003 [0 10.0.0.1:1] "GET" "k""#, #"1795394106.000003 [0 10.0.0.1:1] "EXEC""#,
                #"1795394106.000004 [0 10.0.0.2:1] "GET" "k""#) == [])
    }

    @Test func `More than 30 minutes of silence are found, 30 are not`() {
        let first = #"1795394106.000000 [0 10.0.0.1:1] "PING""#
        #expect(Self.rules(first, #"1795395906.000000 [0 10.0.0.1:1] "PING""#) == [])
        #expect(Self.rules(first, #"1795395907.000000 [0 10.0.0.2:1] "PING""#) == [])
        #expect(Self.rules(first, #"1795395907.000000 [0 10.0.0.1:1] "PING""#) == ["idle-connection"])
    }

    @Test func `Very many connections are followed in bounded memory`() {
        var table = ConnectionTable()
        for client in 0..<200_000 {
            let place = table.place(of: UInt64(client) &* 0x9E37_79B9_7F4A_7C15)
            table[place].lastTime = Int64(client)
        }
        let hasForgotten = table.hasForgotten
        let last = table.place(of: 199_999 &* 0x9E37_79B9_7F4A_7C15)
        let lastTime = table[last].lastTime
        #expect(hasForgotten)
        #expect(lastTime == 199_999)
    }
}

@Suite struct GrowthScreenTests {
    @Test func `No key that grows over the limit escapes the screen`() {
        var random = SeededNumbers(3)
        let commands = ["RPUSH", "SADD", "APPEND", "ZADD", "HSET", "RENAME", "SUNIONSTORE", "DEL", "RPOPLPUSH"]
        for round in 0..<40 {
            var text = "OK\n"
            for index in 0..<600 {
                let name = commands[Int.random(in: 0..<commands.count, using: &random)]
                func key() -> String { "\(name.first ?? "k")\(Int.random(in: 0..<5, using: &random))" }
                let value = String(repeating: "v", count: Int.random(in: 1..<60, using: &random)) + String(index)
                let arguments: [String]
                switch name {
                case "RENAME", "RPOPLPUSH": arguments = ["R\(index % 5)", "R\(index % 3)"]
                case "SUNIONSTORE": arguments = ["S\(index % 5)", "S\(index % 3)", "S\(index % 4)"]
                case "DEL": arguments = [index % 2 == 0 ? "R\(index % 5)" : "S\(index % 5)"]
                case "ZADD": arguments = [key(), "1", value]
                case "HSET": arguments = [key(), "f\(index % 50)", value]
                default: arguments = [key(), value]
                }
                let words = ([name] + arguments).map { "\"\($0)\"" }.joined(separator: " ")
                text += "1795394106.\(100_000 + index) [0 10.0.0.1:1] \(words)\n"
            }
            var options = LintOptions()
            options.contract.maxValueBytes = 1500
            let screened = Self.growth(text, options, isScreened: true)
            let all = Self.growth(text, options, isScreened: false)
            #expect(screened == all, "seed \(SeededNumbers.seed), round \(round)")
        }
    }

    /// The places at which values grow too large, with the screen or with every key followed.
    static func growth(_ text: String, _ options: LintOptions, isScreened: Bool) -> [String] {
        let table = CommandTable(contract: options.contract)
        let file = TemporaryFile(text)
        var judge = Judge(path: "x", options: options, table: table)
        let rows = Replayer(table: table)
        var suspects: GrowthScreen.Suspects?
        if isScreened {
            var screen = GrowthScreen(limit: options.contract.maxValueBytes)
            Self.read(file.path) { request, _ in
                let row = rows.row(request)
                if row >= 0 { screen.note(table[row].effect, request) }
            }
            suspects = screen.suspects()
            if suspects == nil { return [] }
        }
        var replay = GrowthReplay(table: table, suspects: suspects, limit: options.contract.maxValueBytes)
        Self.read(file.path) { request, place in replay.apply(rows.row(request), request, place, &judge) }
        return judge.store.findings.map {
            "\($0.command ?? "") \($0.keyPattern ?? "") \($0.count) \($0.first.line ?? 0)"
        }
    }

    static func read(_ path: String, _ body: (Request, Place) -> Void) {
        guard let stream = try? ByteStream(path: path) else { return }
        var report = InputReport(path: path, kind: .monitor)
        var trace = MonitorTrace()
        trace.read(stream, &report, onFill: {}) { request, place, _, _ in body(request, place) }
    }
}
