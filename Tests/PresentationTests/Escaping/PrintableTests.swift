import Presentation
import Testing

@Suite struct PrintableTests {
    @Test func `Bytes are shown as redis-cli shows them`() {
        #expect(Printable.bytes(Array("a\"b\\\n\u{7}".utf8)) == #"a\"b\\\n\a"#)
        #expect(Printable.bytes([0xFF, 0x00, 0x41]) == #"\xff\x00A"#)
        #expect(Printable.bytes(Array("ключ".utf8)) == "ключ")
        #expect(Printable.argument(Array("a b".utf8)) == "\"a b\"")
        #expect(Printable.argument([]) == "\"\"")
    }
}
