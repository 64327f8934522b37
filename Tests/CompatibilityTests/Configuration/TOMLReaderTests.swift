import Foundation
import Testing

@testable import Compatibility

@Suite("TOML") struct TOMLReaderTests {
    private func read(_ text: String) throws -> TOMLTable { try TOMLReader.read(Array(text.utf8)) }

    /// A value in a notation of these tests' own.
    private func shown(_ value: TOMLValue?) -> String {
        switch value?.content {
        case .string(let text): "\"\(text)\""
        case .integer(let number): "\(number)"
        case .boolean(let truth): "\(truth)"
        case .array(let elements): "[" + elements.map(shown).joined(separator: " ") + "]"
        case .table(let table): "{" + table.members.map { "\($0.key):\(shown($0.value))" }.joined(separator: " ") + "}"
        case nil: "nothing"
        }
    }

    @Test(arguments: [
        ("a = 1", "1"), ("a = +1_000", "1000"), ("a = -17", "-17"), ("a = 0xFF", "255"), ("a = 0o17", "15"),
        ("a = 0b101", "5"), ("a=true", "true"), ("a = false # no", "false"), ("a = \"x # y\"", "\"x # y\""),
        ("a = 'C:\\new'", "\"C:\\new\""), (#"a = "q\"\\\t\u00e9\U0001F600""#, "\"q\"\\\t\u{E9}\u{1F600}\""),
        ("a = \"\"\"\none\ntwo\"\"\"", "\"one\ntwo\""), ("a = '''x''y'''", "\"x''y\""),
        ("a = \"\"\"\"x\"\"\"\"", "\"\"x\"\""),
        ("a = [1, 2,\n # c\n 3,\n]", "[1 2 3]"), ("a = []", "[]"), ("a = {b = 1, c.d = 'x'}", "{b:1 c:{d:\"x\"}}"),
        ("[a]\nb = 1\n[a.c]\nd = 2", "{b:1 c:{d:2}}"), ("a.b = 1\na.c = 2", "{b:1 c:2}"),
        ("[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3", "[{b:1} {b:2 c:{d:3}}]"), ("\"a\" = 1\r\n\r\n", "1"),
        ("\u{FEFF}a = 1", "1"), ("[a.b]\nc = 1\n[a]\nd = 2", "{b:{c:1} d:2}"), ("a = \"\"", "\"\""),
    ])
    func `reads what TOML 1.0 allows`(_ text: String, _ expected: String) throws {
        #expect(shown(try read(text)["a"]) == expected)
    }

    @Test(arguments: [
        ("a = ", 1), ("a", 1), ("a = 1 b = 2", 1), ("x = 1\na = 1\na = 2", 3), ("[a]\n[a]", 2), ("a = 01", 1),
        ("a = 1__0", 1), ("a = 1_", 1), ("a = 1.5", 1), ("a = 1979-05-27", 1), ("a = \"x", 1), ("a = \"x\ny\"", 1),
        ("a = '''x", 1), ("a = \"\\q\"", 1), ("a = \"\\uD800\"", 1), ("a = \"\\u12\"", 1), ("a = [1 2]", 1),
        ("a = [1,\n2", 2), ("a = {b = 1", 1), ("a = {b = 1,\n}", 1), ("[a", 1), ("[[a]", 1), ("a = {}\na.b = 1", 2),
        ("a = {}\n[a]", 2), ("a = 1\n[a]", 2), ("a = 1\n[[a]]", 2), ("a = \"\u{1}\"", 1), ("= 1", 1), ("é = 1", 1),
        ("a = yes", 1), ("a = 99999999999999999999", 1), ("a = --1", 1), ("a = 0x-1", 1), ("a.b = 1\na = 2", 2),
    ])
    func `says on which line it is none`(_ text: String, _ line: Int) {
        let error = #expect(throws: TOMLError.self) { try read(text) }
        #expect(error?.line == line, "\(error?.message ?? "")")
    }

    @Test func `refuses bytes that are no text`() {
        let error = #expect(throws: TOMLError.self) { try TOMLReader.read(Array("a = 1\nb = '".utf8) + [0xFF, 0x27]) }
        #expect(error?.line == 2)
    }

    @Test(arguments: [("a = ", "["), ("", "a."), ("a = ", "{a = "), ("[", "a.")])
    func `does not overflow the stack`(_ start: String, _ repeated: String) {
        #expect(throws: TOMLError.self) { try read(start + String(repeating: repeated, count: 100_000)) }
    }

    @Test func `survives any damage`() {
        let document = Array(
            """
            fail-on = "warning"
            [limits]
            key-bytes = 1_27 # c
            [[x]]
            a = { b = [1, "z", '''q'''], c.d = true }
            """.utf8)
        var seed = Self.seed
        for _ in 0..<3000 {
            var bytes = document
            for _ in 0..<3 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let place = Int(seed >> 33) % bytes.count
                bytes[place] = UInt8(truncatingIfNeeded: seed >> 20)
                if seed >> 60 == 0 { bytes.removeSubrange(place...) }
                if bytes.isEmpty { bytes = document }
            }
            _ = try? TOMLReader.read(bytes)
        }
    }

    /// Another one comes from CLUSTERCTL_TEST_SEED.
    private static let seed =
        ProcessInfo.processInfo.environment["CLUSTERCTL_TEST_SEED"].flatMap { UInt64($0) } ?? 20_261_123
}
