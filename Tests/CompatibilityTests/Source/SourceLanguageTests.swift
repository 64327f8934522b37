import Compatibility
import Testing

@Suite struct SourceLanguageTests {
    @Test(
        "A language is known by its extension, else by the first line",
        arguments: [
            ("a/b.py", "", .python), ("x.PHP", "", .php), ("x.tsx", "", .typescript), ("x.mjs", "", .javascript),
            ("Rakefile", "", .ruby), ("run", "#!/usr/bin/env python3\n", .python),
            ("run", "#!/usr/bin/node --x\n", .javascript),
            ("run", "#!/usr/bin/env -S ruby -w\r\n", .ruby), ("run", "#!/bin/sh\n", nil), ("run", "", nil),
            ("x.txt", "#!/usr/bin/python3\n", nil), ("x.lua", "", .lua), ("x.kts", "", .kotlin), ("x.cs", "", .csharp),
            ("", "", nil), ("run", "#!", nil),
        ] as [(String, String, SourceLanguage?)])
    func language(_ path: String, _ head: String, _ expected: SourceLanguage?) {
        #expect(Array(head.utf8).withUnsafeBytes { SourceLanguage.of(path: path, head: $0) } == expected)
    }

    @Test func `The fast test finds the mention at every offset`() {
        for offset in 0..<40 {
            for rest in 0..<12 {
                let text = String(repeating: "e", count: offset) + "edis" + String(repeating: "x", count: rest)
                #expect(Array(text.utf8).withUnsafeBytes(SourceScanner.mentionsClient))
            }
            let without = Array(String(repeating: "edi s", count: offset).utf8)
            #expect(!without.withUnsafeBytes(SourceScanner.mentionsClient))
        }
    }
}
