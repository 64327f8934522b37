import CommandCatalog
import Testing

@Suite("Completion") struct CompletionTests {
    private static let keys = ["user:1", "user:2", "a key"].map { Array($0.utf8) }

    @Test(arguments: try Fixture.records(of: "completions.txt"))
    func `Tab offers what the grammar allows at that place`(record: [String]) throws {
        try #require(record.count == 2 && record[0].hasSuffix("|"), "a line of the fixture: \(record)")
        let completion = Completion(of: Array(record[0].dropLast().utf8), keys: Self.keys)
        #expect(completion.candidates.joined(separator: " ") == record[1], "\(record[0])")
    }

    @Test func `what the candidates have in common is found`() {
        #expect(Completion(replacedBytes: 0, candidates: ["hget", "hgetall"]).commonPrefix == "hget")
        #expect(Completion(replacedBytes: 0, candidates: ["a", "b"]).commonPrefix.isEmpty)
        #expect(Completion(replacedBytes: 0, candidates: []).commonPrefix.isEmpty)
    }

    @Test func `only the word before the cursor is replaced`() {
        #expect(Completion(of: Array("set \"a b\" v e".utf8)).replacedBytes == 1)
        #expect(Completion(of: Array("get \"a".utf8), keys: Self.keys).replacedBytes == 2)
        #expect(Completion(of: Array("get ".utf8), keys: Self.keys).replacedBytes == 0)
    }

    @Test func `an escape within quotes is read as it will be`() {
        let keys = [Array("user\n1".utf8), Array("user:1".utf8)]
        #expect(Completion(of: Array(#"get "\x75ser\n"#.utf8), keys: keys).candidates == [#""user\x0a1""#])
        #expect(Completion(of: Array(#"get "\x75ser:"#.utf8), keys: keys).candidates == [#""user:1""#])
        #expect(Completion(of: Array(#"get '\x75"#.utf8), keys: keys).candidates.isEmpty)
    }

    @Test func `a key that is no text is offered in quotes that give it back`() {
        let completion = Completion(of: Array("get ".utf8), keys: [[0xFF, 0x22, 0x20]])
        #expect(completion.candidates == [#""\xff\" ""#])
    }
}
