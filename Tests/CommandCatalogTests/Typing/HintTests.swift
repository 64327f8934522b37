import CommandCatalog
import Testing

@Suite("Hints") struct HintTests {
    @Test(arguments: try Fixture.records(of: "hints.txt"))
    func `a hint says what is still to come or what is wrong`(record: [String]) throws {
        try #require(record.count == 2 && record[0].hasSuffix("|"), "a line of the fixture: \(record)")
        let hint = Hint(for: Array(record[0].dropLast().utf8), contract: .clusterEdition)
        let isWarning = record[1].hasPrefix("!")
        #expect(hint?.text ?? "" == String(record[1].dropFirst(isWarning ? 1 : 0)), "\(record[0])")
        #expect(hint?.isWarning ?? false == isWarning)
    }

    @Test(arguments: Command.ID.allCases)
    func `every command's own syntax is taken word by word`(id: Command.ID) {
        var expectation = Expectation(of: id.row)
        // The first thing that may stand next, until the request may end.
        for _ in 0..<16 where !expectation.isComplete {
            let word: String
            switch expectation.next.first {
            case .token(let token)?: word = token
            default: word = "1"
            }
            guard let next = expectation.taking(Array(word.utf8)) else {
                Issue.record("\(id.row.name): \(expectation.text) does not take \(word)")
                return
            }
            expectation = next
        }
        #expect(expectation.isComplete, "\(id.row.name): \(expectation.text)")
    }

    @Test func `bytes that are no text do no harm`() {
        for line in [[0xFF, 0x20], [0x67, 0x65, 0x74, 0x20, 0xC3], [0x22, 0xFF], [0x5C]] as [[UInt8]] {
            _ = Hint(for: line, contract: .clusterEdition)
            _ = Completion(of: line)
        }
        #expect(Hint(for: Array("get ".utf8) + [0xFF, 0x20], contract: .clusterEdition) == nil)
    }
}
