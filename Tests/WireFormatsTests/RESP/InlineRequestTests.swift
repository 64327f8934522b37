import Testing

@testable import WireFormats

@Suite("Words of a typed line")
struct InlineRequestTests {
    @Test("Empty quoted words are kept for a caller that wants them")
    func emptyWords() {
        #expect(InlineRequest.words(of: [UInt8]("SET k \"\" ''")) == ["SET", "k", "", ""].map { [UInt8]($0) })
        #expect(InlineRequest.words(of: []) == [])
    }

    @Test("Hexadecimal escapes make any byte, in either case")
    func hexadecimal() {
        #expect(InlineRequest.words(of: [UInt8]("\"\\x00\\xfF\\xg0\"")) == [[0x00, 0xFF] + [UInt8]("xg0")])
    }

    @Test("Unbalanced quotes give nothing", arguments: ["\"", "'", "a \"b", "\"a\"b", "'a'b", "\"a\\\""])
    func unbalanced(line: String) {
        #expect(InlineRequest.words(of: [UInt8](line)) == nil)
    }
}
