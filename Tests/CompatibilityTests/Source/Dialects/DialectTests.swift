import Foundation
import Testing

@testable import Compatibility

extension SyntaxDump {
    /// The nodes of a program, a line each statement.
    static func lines(of program: String, in language: String) throws -> [String] {
        let dialect = try #require(DialectList.index(ofName: language))
        return Array(program.utf8).withUnsafeBytes { bytes in
            let text = SourceText(bytes)
            var builder = SyntaxBuilder()
            DialectList.all[dialect].read(text, into: &builder)
            return SyntaxDump(builder.tree(text)).text.split(separator: "\n").map(String.init)
        }
    }
}

@Suite struct DialectTests {
    @Test func `no two languages have an ending in common, and each has one`() {
        let endings = DialectList.all.flatMap { $0.facts.extensions }
        #expect(Set(endings).count == endings.count)
        #expect(DialectList.all.allSatisfy { !$0.facts.extensions.isEmpty && !$0.facts.keywords.isEmpty })
    }

    @Test func `resolving knows no language`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../../Sources/Compatibility/Source/Resolving").standardized
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path())
        #expect(files.count > 5)
        for file in files {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            for language in DialectList.all.map({ $0.facts.name }) {
                #expect(!text.contains("\"\(language)\""), "\(file) names \(language)")
            }
        }
    }

    @Test(arguments: DialectList.all.map { $0.facts.name })
    func `deep nesting, open brackets and strings without an end are read in no time`(language: String) throws {
        for piece in [
            "(", "{", "[", "<", "\"", "'", "`", "${", "a.", "a(", "f(x){", "if a:\n ", "=", "a,", "->", "new A(){",
        ] {
            let program = "redis " + String(repeating: piece, count: 20_000)
            _ = try SyntaxDump.lines(of: program, in: language)
        }
    }
}
