import Foundation
import Testing

@testable import Compatibility

/// How many calls the fixtures of a language have that are reported, and how many lines that only look like one.
private struct FixtureCount {
    var firing = 0
    var silent = 0

    /// The names of refused commands as methods are called: `flushall`, `xlen`, `configget`.
    private static let refused: Set<String> = {
        let table = CommandTable(contract: LintOptions().contract)
        return Set((0..<table.count).filter { table[$0].listing != .supported }.map { plain(table.names[$0]) })
    }()

    private static func plain(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }

    mutating func add(_ file: FixtureFile) throws {
        let expected = try file.expected
        // `line:column-end COMMAND words high origin library`
        firing +=
            expected.filter { line in
                let words = line.split(separator: " ").map(String.init)
                return words.contains("high") && words.count > 1 && Self.refused.contains(Self.plain(words[1]))
            }.count
        let reported = Set(expected.compactMap { $0.split(separator: ":").first.map(String.init) })
        let lines = String(decoding: try file.bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        silent += lines.enumerated().filter { !reported.contains("\($0 + 1)") && Self.looksLikeCall($1) }.count
    }

    /// The line calls something by the name of a refused command.
    private static func looksLikeCall(_ line: Substring) -> Bool {
        line.split(separator: "(", omittingEmptySubsequences: false).dropLast().contains { before in
            refused.contains(
                plain(String(before.reversed().prefix { $0.isLetter || $0 == "_" || $0.isNumber }.reversed())))
        }
    }

    static func of(_ language: SourceLanguage) throws -> FixtureCount {
        var count = FixtureCount()
        for file in FixtureFile.all
        where try file.bytes.withUnsafeBytes({ SourceLanguage.of(path: file.name, head: $0) }) == language {
            try count.add(file)
        }
        return count
    }
}

@Suite struct FixtureCountTests {
    @Test(arguments: SourceLanguage.allCases)
    func `a language has thirty calls that are reported and thirty lines that only look like one`(
        language: SourceLanguage
    ) throws {
        let count = try FixtureCount.of(language)
        print("\(language): \(count.firing) firing, \(count.silent) silent")
        #expect(count.firing >= 30, "\(language)")
        #expect(count.silent >= 30, "\(language)")
    }
}
