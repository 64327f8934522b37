import TestSupport
import Testing

@testable import Presentation

@Suite struct JSONTests {
    @Test func `every kind of value is as another parser reads it`() throws {
        let strange = "\u{0}\u{1F}\u{7F}\"\\/\n\r\tä\u{2028}😀"
        let value = JSON.object([
            ("empty", .array([])), ("none", .object([])), ("null", .null), ("number", .number(1.5)),
            ("integer", .integer(.min)), ("infinite", .number(.infinity)), (strange, .string(strange)),
            ("list", .array([.boolean(true), .integer(0)])),
        ])
        for isCompact in [true, false] {
            let parsed = try JSONText(value.text(isCompact: isCompact))
            #expect(parsed[strange].text == strange)
            #expect(parsed["integer"].number == .min)
            #expect(parsed["infinite"].isNull && parsed["null"].isNull)
            #expect(parsed["list"].elements.count == 2 && parsed["empty"].elements.isEmpty)
        }
    }

    @Test func `the layout is that of other tools`() {
        let value = JSON.object([("a", .integer(1)), ("b", .array([.object([("c", .null)]), .array([])]))])
        #expect(value.text(isCompact: true) == #"{"a":1,"b":[{"c":null},[]]}"#)
        #expect(
            value.text() == """
                {
                  "a": 1,
                  "b": [
                    {
                      "c": null
                    },
                    []
                  ]
                }
                """)
    }

    @Test func `bytes that are no text are there as they are too`() throws {
        #expect(JSON.members("key", bytes: Array("ü".utf8)).map(\.name) == ["key"])
        let object = try JSONText(JSON.object(JSON.members("key", bytes: [0x00, 0x61, 0xFF])).text())
        #expect(object["key"].text == "\u{0}a\u{FF}")
        #expect(object["key_base64"].text == "AGH/")
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `Base64 is that of RFC 4648`(_ text: String, _ encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
    }
}
