import Foundation
import Presentation
import Testing

@testable import Compatibility

/// RDB and append-only files as people have them: `sizes` and `lint` say what is in them and what the target cannot hold, and
/// a total that lacks something is never complete.
@Suite("Stored data") struct StoredDataTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/Stored").path(percentEncoded: false)

    /// What is true of a file.
    struct Truth: CustomTestStringConvertible {
        let file: String
        /// The keys with the payload of their values.
        let keys: [String: Int]
        /// The rules that `sizes` and `lint` find something by.
        var sizes: [String] = []
        var lint: [String] = []
        /// Whether it is read to its end.
        var isComplete = true

        var testDescription: String { file }
    }

    static let oddKeys = [
        "comma,\"quote\"\nnewline": 1, "\u{0}\nhell-redis": 2, "a big key": 4, "日本": 10, "page": 50,
        "\u{FFFD}\u{FFFD}": 1,
    ]

    static let truths: [Truth] = [
        Truth(file: "aof-flushall.aof", keys: ["after": 1], lint: ["refused-command"]),
        Truth(file: "aof-flushdb-async.aof", keys: ["after": 1], lint: ["refused-command"]),
        Truth(file: "aof-move.aof", keys: ["a": 1], sizes: ["other-database"], lint: ["refused-command"]),
        Truth(file: "aof-eval.aof", keys: [:], lint: ["unlisted-command"], isComplete: false),
        Truth(
            file: "aof-restore-replace.aof", keys: ["s": 5, "l": 10, "h": 4],
            lint: ["newer-argument", "unsupported-data"]),
        Truth(
            file: "aof-restore-absttl.aof", keys: ["s": 5, "l": 10, "h": 4],
            lint: ["newer-argument", "unsupported-data"]),
        Truth(file: "aof-restore-v10.aof", keys: ["s": 5, "l": 10, "h": 4], lint: ["unsupported-data"]),
        Truth(file: "aof-multi-no-exec.aof", keys: ["foo": 5]),
        Truth(file: "aof-partial-exec.aof", keys: ["foo": 5]),
        Truth(file: "aof-zero-tail.aof", keys: ["a": 1], isComplete: false),
        Truth(file: "aof-newline-tail.aof", keys: ["a": 1], isComplete: false),
        Truth(file: "aof-wrong-length.aof", keys: ["good": 1, "bad": 5], isComplete: false),
        Truth(file: "aof-no-cr.aof", keys: ["good": 1], isComplete: false),
        Truth(file: "aof-preamble-no-checksum.aof", keys: oddKeys.merging(["tail": 1]) { $1 }),
        Truth(
            file: "aof-preamble-two-dbs.aof", keys: oddKeys.merging(["tail": 1, "one": 1]) { $1 },
            sizes: ["other-database"], lint: ["other-database", "refused-command"]),
        Truth(
            file: "rdb12-hash-field-ttl.rdb", keys: ["cart:1": 11, "cart:2": 6], sizes: ["unsupported-data"],
            lint: ["unsupported-data"]),
        Truth(file: "rdb-database-3.rdb", keys: ["k": 1], sizes: ["other-database"], lint: ["other-database"]),
        Truth(file: "rdb-version-13-plain.rdb", keys: ["k": 1]),
        Truth(file: "rdb-valkey-80-plain.rdb", keys: ["k": 1]),
        Truth(file: "rdb-with-eof-mark.rdb", keys: ["greeting": 5]),
        Truth(file: "rdb2-odd-keys.rdb", keys: oddKeys),
    ]

    private static func keys(_ result: SizeResult) -> [String: Int] {
        Dictionary(result.largest.map { (String(decoding: $0.key, as: UTF8.self), $0.valueBytes) }) { $1 }
    }

    private static func sizes(_ bytes: [UInt8], name: String = "dump.rdb", kind: InputKind? = nil) -> SizeResult {
        let file = TemporaryFile(bytes, name: name)
        var options = SizeOptions()
        options.forcedKind = kind
        return SizeReport.read([file.path], options)
    }

    private static func log(_ lines: String...) -> [UInt8] {
        Array(
            lines.map { line in
                let words = line.split(separator: " ").map(String.init)
                return "*\(words.count)\r\n" + words.map { "$\($0.utf8.count)\r\n\($0)\r\n" }.joined()
            }.joined().utf8)
    }

    /// An RDB file of these records, its checksum left out.
    private static func rdb(_ version: String, _ hexadecimal: String) -> [UInt8] {
        let digits = Array(hexadecimal.filter { $0 != " " })
        let records = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0..<$0 + 2]), radix: 16)
        }
        return Array(version.utf8) + records + [0xFF] + [UInt8](repeating: 0, count: 8)
    }

    @Test(arguments: truths) func `sizes tells what is true of a file`(_ truth: Truth) {
        let result = SizeReport.read(["\(Self.folder)/\(truth.file)"], SizeOptions())
        #expect(Self.keys(result) == truth.keys)
        #expect(result.findings.map(\.rule.name) == truth.sizes)
        #expect(result.summary.hasFailures == !truth.isComplete, "\(result.summary.problems)")
        let text = ByteSink.text { result.writeText(isColored: false, to: &$0) }
        #expect(text.contains("not complete: ") == !truth.isComplete)
    }

    @Test(arguments: truths) func `lint tells what is true of a file`(_ truth: Truth) {
        let result = Linter(LintOptions()).run(["\(Self.folder)/\(truth.file)"])
        #expect(Lint.rules(result) == truth.lint)
        // What EVAL does is a finding here.
        let isRead = truth.isComplete || truth.file == "aof-eval.aof"
        #expect(result.summary.hasFailures == !isRead, "\(result.summary.problems)")
    }

    // MARK: What is no log

    @Test func `what is no append-only file is refused with the byte`() throws {
        let text = try Array(Data(contentsOf: URL(filePath: "\(Self.folder)/resp-lf-only.txt")))
        for bytes in [
            text, Array("* a list\n* of words\n".utf8), Array("# nothing\n# but remarks\n".utf8),
            Self.log("SET a 1").dropLast(4) + [],
        ] {
            let result = Self.sizes(bytes, name: "log.aof", kind: .aof)
            let problem = try #require(result.summary.problems.first)
            #expect(problem.isFailure && problem.location.byteOffset == 0, "\(problem)")
            #expect(problem.message.hasPrefix("this is no append-only file"), "\(problem)")
            #expect(Lint.bytes(bytes, name: "log.aof", options: Self.takenForLog).summary.hasFailures)
        }
    }

    private static var takenForLog: LintOptions {
        var options = LintOptions()
        options.forcedKind = .aof
        return options
    }

    @Test(arguments: ["", "dump.rdb", "log.aof"]) func `an empty file is told`(_ name: String) {
        let file = TemporaryFile("", name: name.isEmpty ? "input" : name)
        for kind in [nil, InputKind.aof, .rdb] {
            var options = SizeOptions()
            options.forcedKind = kind
            #expect(SizeReport.read([file.path], options).summary.hasFailures)
        }
    }

    @Test func `an empty base that a manifest names is damage, an empty log behind it is not`() {
        let file = TemporaryFile(
            "file base.rdb seq 1 type b\nfile a.1.incr.aof seq 1 type i\nfile a.2.incr.aof seq 2 type i\n",
            name: "a.manifest")
        file.write(Self.rdb("REDIS0011", "fe00 00 016b 0176"), name: "base.rdb")
        file.write(Self.log("SELECT 0", "SET a 1"), name: "a.1.incr.aof")
        file.write([], name: "a.2.incr.aof")
        let whole = SizeReport.read([file.parent], SizeOptions())
        #expect(Self.keys(whole) == ["k": 1, "a": 1])
        #expect(!whole.summary.hasFailures, "\(whole.summary.problems)")
        file.write([], name: "base.rdb")
        #expect(SizeReport.read([file.parent], SizeOptions()).summary.hasFailures)
        #expect(Linter(LintOptions()).run([file.parent]).summary.hasFailures)
    }

    // MARK: What follows RDB data

    @Test(arguments: ["\n", "\r\n", "\0\0\0\0", "0123456789abcdef0123456789abcdef01234567", "$EOF"])
    func `bytes behind the end of RDB data are passed over and told`(_ tail: String) {
        let bytes = Self.rdb("REDIS0009", "fe00 00 016b 0176") + Array(tail.utf8)
        for kind in [nil, InputKind.rdb, .aof] {
            let result = Self.sizes(bytes, kind: kind)
            #expect(Self.keys(result) == ["k": 1])
            #expect(!result.summary.hasFailures, "\(result.summary.problems)")
            #expect(result.summary.inputs.first?.coverage.first?.contains("\(tail.utf8.count) bytes behind") == true)
            #expect(result.summary.bytes == bytes.count)
        }
        #expect(!Lint.bytes(bytes, name: "dump.rdb").summary.hasFailures)
    }

    @Test func `what follows the base of a log, or another RDB file, is not passed over`() {
        let data = "fe00 00 016b 0176"
        let base = Self.rdb("REDIS0010", "fa 08616f662d62617365 c001 \(data)") + Array("\n".utf8)
        #expect(Self.sizes(base).summary.hasFailures)
        let two = Self.rdb("REDIS0009", data) + Self.rdb("REDIS0009", data)
        #expect(Self.sizes(two).summary.hasFailures)
        let named = Self.rdb("REDIS0009", data) + Array("\n".utf8)
        #expect(Self.sizes(named, name: "log.aof").summary.hasFailures)
    }

    @Test func `commands behind RDB data are replayed, however large these are`() {
        // More than what recognition looks at: a string of 100,000 bytes.
        let value = String(repeating: "61", count: 100_000)
        let bytes =
            Self.rdb("REDIS0009", "fe00 00 016b 80000186a0 \(value)") + Self.log("SELECT 0", "APPEND k bc", "SET a 1")
        let result = Self.sizes(bytes)
        #expect(Self.keys(result) == ["k": 100_002, "a": 1])
        #expect(result.summary.inputs.first?.kind == .aof)
        #expect(result.summary.bytes == bytes.count)
        #expect(!result.summary.hasFailures, "\(result.summary.problems)")
        #expect(Self.keys(Self.sizes(bytes, kind: .rdb)) == ["k": 100_002, "a": 1])
    }

    // MARK: Kinds that the target does not have

    /// A key of each kind, and what is beside them: two databases, a stream, a module's value and data, functions, a hash
    /// with a field's deadline in the year 2286.
    private static let everything = rdb(
        "REDIS0012",
        "f5 19 23216c7561206e616d653d6d796c69620a72656469732e780a"
            + "f7 8145e25238df912c03 02 02 01 05 00 fe00 0f 0173 00 00 00 00 00"
            + "07 016a 8145e25238df912c03 01 01 00 19 0168 00a0724e18090000 17 17000000 0300 816602 817602 f400a0724e1809000009 ff"
            + "00 0170 0176 fe03 00 0161 0176 00 0162 0176 0f 0174 00 00 00 00 00")

    @Test func `what the target cannot hold is a finding in every format, with its key`() throws {
        let sizes = Self.sizes(Self.everything)
        let lint = Lint.bytes(Self.everything, name: "dump.rdb")
        for result in [sizes.findings, lint.findings] {
            #expect(
                Set(result.map { "\($0.rule.id) \($0.message) \($0.count)" }) == [
                    "CTL019 'mylib' is a library of functions 1",
                    "CTL019 a module keeps data of the type ReJSON-RL beside the keys 1",
                    "CTL019 the key 's' is a stream 2", "CTL019 the key 'j' is a value of the module type ReJSON-RL 1",
                    "CTL019 fields of the key 'h' have a time to live 1", "CTL007 the key 'a' is in database 3 3",
                ])
        }
        let report = Report(sizes, toolVersion: "1", base: SampleRun.base)
        for format in ReportFormat.allCases {
            let text = ByteSink.text { report.write(format, to: &$0) }
            for words in ["CTL007", "CTL019", "mylib", "ReJSON-RL"] { #expect(text.contains(words), "\(format)") }
        }
        #expect(report.result.findings.allSatisfy { $0.severity == .error })
    }

    @Test func `a log's keys of other kinds are found when it is over, expired ones are not`() {
        let bytes = Self.log(
            "SELECT 0", "XADD s * f v", "HSET h f v", "HPEXPIREAT h 10000000000000 FIELDS 1 f", "SET gone v",
            "PEXPIREAT gone 1", "SELECT 2", "SET b 1", "SET a 1", "SET old 1 PXAT 1")
        let result = Self.sizes(bytes, name: "log.aof")
        #expect(
            Set(result.unkept.map { "\($0.data.message($0.first.key)) \($0.count) \($0.examples.count)" }) == [
                "the key 's' is a stream 1 0", "fields of the key 'h' have a time to live 1 0",
                "the key 'a' is in database 2 2 1",
            ])
        #expect(result.expiredKeys == 2)
        #expect(!result.summary.hasFailures, "\(result.summary.problems)")
    }

    @Test func `a key that has expired breaks no limit`() {
        let value = String(repeating: "61", count: 1_000_001)
        let bytes = Self.rdb(
            "REDIS0006", "fe00 fc 0100000000000000 00 04676f6e65 80000f4241 \(value) fc 00a0724e18090000 00 016b 0176")
        let result = Self.sizes(bytes)
        #expect(result.findings.isEmpty && result.expiredKeys == 1)
        #expect(result.largest.first?.hasExpired == true)
        let text = ByteSink.text { result.writeText(isColored: false, to: &$0) }
        #expect(text.contains("string, expired") && text.contains("1 key has expired"))
        #expect(Lint.bytes(bytes, name: "dump.rdb").findings.isEmpty)
    }

    @Test func `a type that is not known ends the reading, and is not called damage`() throws {
        for version in ["REDIS0015", "VALKEY080"] {
            let result = Self.sizes(Self.rdb(version, "fe00 00 016b 0176 1e 0161 00"))
            #expect(Self.keys(result) == ["k": 1])
            let problem = try #require(result.summary.problems.first)
            #expect(problem.isFailure && problem.location.byteOffset == 16)
            #expect(problem.message.contains("is not supported") && !problem.message.contains("damage"), "\(problem)")
        }
    }

    // MARK: What a log does not say

    @Test(
        arguments: [
            "EVAL x 1 k", "EVALSHA 6b1bf486c81ceb7edf3c093f4c48582e38c0e791 0", "FCALL f 1 k", "JSON.SET k $ 1",
            "BF.ADD k x", "VADD k VALUES 1 1 m", "NOSUCH k",
        ])
    func `sizes without what a script or a module does are not complete`(_ line: String) throws {
        let result = Self.sizes(Self.log("SELECT 0", "SET k v", line, line), name: "log.aof")
        let problem = try #require(result.summary.problems.first)
        #expect(problem.isFailure && problem.location.byteOffset == 50, "\(problem)")
        #expect(
            problem.message.contains(line.prefix { $0 != " " }) && problem.message.contains("2 times"), "\(problem)")
        #expect(Self.keys(result) == ["k": 1])
    }

    @Test(
        arguments: [
            "SCRIPT FLUSH", "SCRIPT LOAD x", "PUBLISH c m", "SPUBLISH c m", "FUNCTION FLUSH", "PING", "XACK s g 1-1",
            "HPERSIST h FIELDS 1 f", "REPLCONF GETACK *",
        ])
    func `what changes no key leaves the sizes complete`(_ line: String) {
        let result = Self.sizes(Self.log("SELECT 0", "SET k v", line), name: "log.aof")
        #expect(!result.summary.hasFailures, "\(result.summary.problems)")
    }

    @Test(
        arguments: [
            (["HSET h a 1 b 2", "HSETEX h PXAT 10000000000000 FIELDS 2 a 22 c 333"], ["h": 9]),
            (["HSET h a 1 b 2", "HGETDEL h FIELDS 1 a", "HGETEX h PERSIST FIELDS 1 b"], ["h": 2]),
            (["MSETEX 2 a 1 b 22 PXAT 10000000000000", "SET c 1", "DELEX c IFEQ 1"], ["a": 1, "b": 2]),
            (["SET k 1 IFEQ 0", "DELIFEQ k 1"], [:]),
        ] as [([String], [String: Int])])
    func `commands of Redis 8 and Valkey 9 have their effects`(_ lines: [String], _ sizes: [String: Int]) {
        let bytes = (["SELECT 0"] + lines).flatMap { Self.log($0) }
        let result = Self.sizes(bytes, name: "log.aof")
        #expect(Self.keys(result) == sizes)
        #expect(!result.summary.hasFailures, "\(result.summary.problems)")
    }
}
