import Foundation
import Testing

@testable import Compatibility

/// The real traces of `Fixtures/Traces`, beside what the servers themselves counted and showed.
@Suite struct RealTraceTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/Traces").path(percentEncoded: false)

    /// `get 410`: a name as INFO commandstats has it, and how often it was called.
    private static func statistics(_ name: String) throws -> [String: Int] {
        let text = try String(contentsOfFile: "\(folder)/\(name).commandstats", encoding: .utf8)
        return Dictionary(
            uniqueKeysWithValues: try text.split(separator: "\n").map { line in
                let words = line.split(separator: " ")
                return (String(words[0]), try #require(Int(words[1])))
            })
    }

    /// What MONITOR does not show: administrative commands, itself among them.
    private static let unseen: Set<String> = [
        "monitor", "config|get", "config|set", "config|resetstat", "client|list", "client|kill", "slowlog|get",
    ]

    @Test(arguments: ["app", "celery", "rq"])
    func `The commands of a log of MONITOR are those that the server counted`(_ name: String) throws {
        let result = Linter(LintOptions()).run(["\(Self.folder)/\(name).monitor.gz"])
        #expect(result.summary.problems == [])
        let expected = try Self.statistics(name).filter { !Self.unseen.contains($0.key) }
        let found = result.summary.commands
        for command in Set(expected.keys).union(found.keys).sorted() where found[command] != expected[command] {
            Issue.record("\(command): found \(found[command] ?? 0), the server says \(expected[command] ?? 0)")
        }
    }

    @Test(arguments: ["app", "celery", "rq"])
    func `Every command that is refused is found, as often as it was called`(_ name: String) throws {
        let result = Linter(LintOptions()).run(["\(Self.folder)/\(name).monitor.gz"])
        let table = CommandTable(contract: LintOptions().contract)
        for (command, calls) in try Self.statistics(name) where !Self.unseen.contains(command) {
            let row = try #require(table.names.firstIndex(of: command), "\(command)")
            guard table[row].listing != .supported else { continue }
            let spelling = command.uppercased().replacing("|", with: " ")
            let found = result.findings.filter { $0.command == spelling }.reduce(0) { $0 + $1.count }
            #expect(found == calls, "\(command)")
        }
    }

    @Test func `The violations in an RDB file of 2.8.24 are those that the server showed, to the byte`() throws {
        struct Truth: Decodable {
            struct Violation: Decodable {
                let type: String
                let keyBytes: Int
                let valueBytes: Int
            }
            let keys: Int
            let violations: [String: Violation]
        }
        let data = try Data(contentsOf: URL(filePath: "\(Self.folder)/redis-2.8.24.rdb.truth.json"))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let truth = try decoder.decode(Truth.self, from: data)
        let result = SizeReport.read(["\(Self.folder)/redis-2.8.24.rdb.gz"], SizeOptions())
        #expect(result.summary.problems == [])
        #expect(result.totals.reduce(0) { $0 + $1.keys } == truth.keys)
        let found = Dictionary(result.violations.map { (Self.latin1($0.key), $0) }) { first, _ in first }
        #expect(found.keys.sorted() == truth.violations.keys.sorted())
        for (key, expected) in truth.violations {
            let violation = try #require(found[key], "\(key)")
            #expect(violation.type == expected.type, "\(key)")
            #expect(violation.keyBytes == expected.keyBytes, "\(key)")
            #expect(violation.valueBytes == expected.valueBytes, "\(key)")
        }
    }

    private static func latin1(_ bytes: [UInt8]) -> String {
        String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}
