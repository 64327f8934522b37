import Testing

@testable import Compatibility

/// Random damage of every input format: whatever comes, a run ends, and what is wrong has a place.
@Suite struct DamageTests {
    static let monitor = (0..<40).map { index in
        "1795394106.\(100_000 + index) [0 10.0.0.\(index % 3):5000] \"HSET\" \"user:\(index)\" \"a\\x00\\n\" \"\(index)\" \"b\" \"2\"\n"
    }.joined()

    static let appendOnly =
        Lint.resp("SELECT", "0") + Lint.resp("MULTI") + Lint.resp("SET", "k", "value") + Lint.resp("EXEC")
        + Lint.resp("RPUSH", "l", "a", "b", "c") + "#TS:1795394106\r\n" + Lint.resp("ZADD", "z", "1", "m")
        + Lint.resp("ZUNIONSTORE", "u", "2", "z", "z", "WEIGHTS", "1", "2") + Lint.resp("LTRIM", "l", "0", "-2")
        + Lint.resp("SETRANGE", "k", "10", "x") + Lint.resp("SUNIONSTORE", "s", "t") + Lint.resp("COPY", "k", "q")

    static let capture =
        "lost\r\n" + Lint.resp("GET", "k") + "SET a b\r\n" + appendOnly + Lint.resp("SORT", "l", "STORE", "m")

    static let script = "KEYS *\n3 INCR a\nSET k \"a\\x41 b\"\nHSET h a b c d\nSELECT 3\nBITOP AND d a b\n"

    static let shell =
        "#!/bin/sh\nR=\"redis-cli -h x\"\n$R KEYS '*' | while read k; do redis-cli -n 2 DEL \"$k\"; done\n"
        + "redis-cli <<EOF\nGET a\nSCAN 0\nEOF\nx=$(redis-cli --scan `date`)\necho \"INFO\" | redis-cli -x SET ${a}\n"

    static let slowLog =
        "1) 1) (integer) 26\n   2) (integer) 1795394111\n   3) (integer) 6\n   4) 1) \"KEYS\"\n      2) \"*\"\n   5) \"127.0.0.1:1\"\n   6) \"\"\n"

    static let slowJSON =
        "[[26,1795394111,6,[\"KEYS\",\"\\u0041\"],\"127.0.0.1:1\",\"\"],[25,1795394110,4,[\"SET\",\"k\"],\"127.0.0.1:1\",\"\"]]\n"

    static let slowCSV =
        "26,1795394111,6,\"KEYS\",\"*\",\"127.0.0.1:1\",\"\"\n25,1795394110,4,\"GET\",\"k\",\"127.0.0.1:1\",\"\"\n"

    static let slowPiped = "26\n1795394111\n6\nKEYS\n*\n127.0.0.1:1\n\n25\n1795394110\n4\nGET\nk\n127.0.0.1:1\n\n"

    static let statistics = "# Commandstats\r\ncmdstat_get:calls=12,usec=3\r\ncmdstat_config|get:calls=3,usec=1\r\n"

    /// An RDB file of version 6 with a string, a list, and its checksum left out (eight zeros).
    static let rdb: [UInt8] =
        Array("REDIS0006".utf8) + [0xFE, 0x00, 0x00, 0x01] + Array("k".utf8) + [0x05] + Array("value".utf8)
        + [0x01, 0x01] + Array("l".utf8) + [0x02, 0x01] + Array("a".utf8) + [0x01] + Array("b".utf8)
        + [0xFF, 0, 0, 0, 0, 0, 0, 0, 0]

    static let formats: [(InputKind, [UInt8])] = [
        (.monitor, Array(monitor.utf8)), (.aof, Array(appendOnly.utf8)), (.resp, Array(capture.utf8)),
        (.script, Array(script.utf8)), (.shell, Array(shell.utf8)), (.slowlog, Array(slowLog.utf8)),
        (.slowlog, Array(slowJSON.utf8)), (.slowlog, Array(slowCSV.utf8)), (.slowlog, Array(slowPiped.utf8)),
        (.commandstats, Array(statistics.utf8)), (.rdb, rdb),
    ]

    /// One of: some bits flipped, the end cut off, a piece of it put elsewhere, a piece repeated.
    static func damaged(_ bytes: [UInt8], _ random: inout SeededNumbers) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0..<3, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let end = Int.random(in: place..<min(bytes.count, place + 40), using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes.removeSubrange(place...)
            case 2: bytes.insert(contentsOf: bytes[place...end], at: Int.random(in: 0...bytes.count, using: &random))
            case 3: bytes.removeSubrange(place...end)
            default: bytes[place] = UInt8.random(in: 0...255, using: &random)
            }
        }
        return bytes
    }

    @Test(arguments: formats.indices) func `A damaged input ends with its problems in their places`(_ index: Int) {
        let (kind, intact) = Self.formats[index]
        var random = SeededNumbers(UInt64(index))
        let whole = Lint.bytes(intact)
        #expect(whole.summary.inputs.first?.kind == kind, "\(whole.summary.problems)")
        #expect(!whole.summary.hasFailures, "\(whole.summary.problems)")
        for round in 0..<400 {
            let bytes = Self.damaged(intact, &random)
            var options = LintOptions()
            options.forcedKind = round % 2 == 0 ? kind : nil
            let file = TemporaryFile(bytes)
            let result = Linter(options).run([file.path])
            for problem in result.summary.problems {
                #expect(problem.location.path == file.path)
                #expect(problem.location.byteOffset ?? 0 <= bytes.count, "seed \(SeededNumbers.seed), round \(round)")
            }
            var sizes = SizeOptions()
            sizes.forcedKind = options.forcedKind
            if kind == .rdb || kind == .aof || kind == .monitor { _ = SizeReport.read([file.path], sizes) }
        }
    }

    @Test func `A cut RDB file is told with the byte and what was before it counts`() {
        let file = TemporaryFile(Array(Self.rdb.dropLast(12)), name: "x.rdb")
        let result = SizeReport.read([file.path], SizeOptions())
        #expect(result.totals.map(\.keys) == [1])
        #expect(result.summary.hasFailures)
        #expect(result.summary.problems.first?.location.byteOffset != nil)
    }
}
