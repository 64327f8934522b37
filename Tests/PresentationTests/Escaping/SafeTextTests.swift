import TestSupport
import Testing

@testable import Presentation

@Suite struct SafeTextTests {
    /// Of each kind of character that a terminal obeys or hides, the ends of its range.
    static let hostile: [Unicode.Scalar] = [
        "\u{0}", "\u{7}", "\u{8}", "\u{B}", "\u{1B}", "\u{1F}", "\u{7F}", "\u{80}", "\u{9B}", "\u{9F}", "\u{AD}",
        "\u{61C}", "\u{180E}", "\u{200B}", "\u{200D}", "\u{200E}", "\u{200F}", "\u{2028}", "\u{2029}", "\u{202A}",
        "\u{202E}", "\u{2060}", "\u{2066}", "\u{2069}", "\u{206F}", "\u{3164}", "\u{FEFF}", "\u{FFF9}", "\u{E0041}",
    ]

    @Test(arguments: hostile) func `what a terminal would obey or hide is never shown as it is`(
        _ scalar: Unicode.Scalar
    )
        throws
    {
        let text = "a\(scalar)b"
        #expect(SafeText.line(text) == "a\u{FFFD}b")
        #expect(SafeText.lines(text) == "a\u{FFFD}b")
        let quoted = JSON.quoted(text)
        #expect(!quoted.unicodeScalars.contains(scalar))
        #expect(try JSONText("[\(quoted)]")[0].text == text, "a program reads the same")
        #expect(!XML.escaped(text).unicodeScalars.contains(scalar))
        let hexadecimal = String(scalar).utf8.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(SafeText.bytes(Array(text.utf8), keepsLines: true) == Array("a\(hexadecimal)b".utf8))
        #expect(!Printable.bytes(Array(text.utf8)).unicodeScalars.contains(scalar))
    }

    @Test func `text of any script stays, with the ends of its lines where they are wanted`() {
        let text = "Ключ 鍵 مفتاح é 😀❤\u{FE0F} a\u{301}"
        #expect(SafeText.line(text) == text && SafeText.lines(text) == text)
        #expect(SafeText.bytes(Array(text.utf8), keepsLines: false) == Array(text.utf8))
        #expect(SafeText.line("a\tb\nc\r") == "a b\u{FFFD}c\u{FFFD}")
        #expect(SafeText.lines("a\tb\nc\r") == "a\tb\nc\u{FFFD}")
        #expect(SafeText.bytes(Array("a\tb\r\nc\rd\n".utf8), keepsLines: true) == Array("a\tb\r\nc\\x0dd\n".utf8))
        #expect(SafeText.bytes(Array("a\nb".utf8), keepsLines: false) == Array("a\\x0ab".utf8))
    }

    @Test func `bytes that are no UTF-8 are shown by their numbers, one by one`() {
        // A control character of eight bits, a beginning without its end, a surrogate, an overlong form.
        let bytes: [UInt8] = [0x9B, 0x33, 0xE6, 0x97, 0x41, 0xED, 0xA0, 0x80, 0xC0, 0x9B, 0xC3, 0xA9, 0xFF]
        let shown = #"\x9b3\xe6\x97A\xed\xa0\x80\xc0\x9bé\xff"#
        #expect(String(decoding: SafeText.bytes(bytes, keepsLines: true), as: UTF8.self) == shown)
    }
}
