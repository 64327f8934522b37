import Testing

@testable import ClusterCore

@Suite struct GlobPatternTests {
    private func matches(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
        pattern.withByteView { pattern in text.withByteView { GlobPattern(pattern).matches($0) } }
    }

    private func matches(_ pattern: String, _ text: String) -> Bool {
        matches(Array(pattern.utf8), Array(text.utf8))
    }

    @Test(
        "A pattern matches",
        arguments: [
            ("*", ""), ("**", ""), ("", ""), ("*", "anything"), ("a*", "a"), ("a**", "a"), ("*a", "aaa"),
            ("?", "x"), ("a?c", "abc"), ("h*llo", "hello"), ("h*l*o", "hello"), ("*ell*", "hello"),
            ("[abc]", "b"), ("[a-c]x", "bx"), ("[c-a]", "b"), ("[^a]", "b"), ("[^a-c]", "d"), ("[^]", "x"),
            ("[\\]]", "]"), ("[a\\-z]", "-"), ("[ab", "a"), ("[ab", "b"), ("x[a-", "x-"),
            ("\\*", "*"), ("\\?", "?"), ("\\a", "a"), ("a\\", "a\\"), ("*[0-9]", "key7"), ("*\\*", "a*"),
        ])
    func matching(_ pattern: String, _ text: String) {
        #expect(matches(pattern, text), "'\(pattern)' against '\(text)'")
    }

    @Test(
        "A pattern does not match",
        arguments: [
            ("", "a"), ("a", ""), ("a", "ab"), ("ab", "a"), ("?", ""), ("?", "xy"), ("a*b", "a"), ("*a", "ab"),
            ("[abc]", "d"), ("[a-c]", "d"), ("[^a]", "a"), ("[]", "a"), ("[]", ""), ("[a]", ""), ("[", "["),
            ("\\*", "a"), ("A", "a"), ("h*l*x", "hello"), ("*a*[b", "xa"),
        ])
    func notMatching(_ pattern: String, _ text: String) {
        #expect(!matches(pattern, text), "'\(pattern)' against '\(text)'")
    }

    @Test func `Bytes beyond ASCII are ordered as signed characters`() {
        #expect(matches([0x5B, 0x80, 0x2D, 0xFF, 0x5D], [0x90]))
        #expect(matches([0x5B, 0xFF, 0x2D, 0x61, 0x5D], [0x41]))
        #expect(!matches([0x5B, 0x61, 0x2D, 0xFF, 0x5D], [0x62]))
    }

    @Test func `Only stars alone match everything without looking`() {
        Bytes.with("*") { #expect(GlobPattern($0).matchesEverything) }
        Bytes.with("**") { #expect(GlobPattern($0).matchesEverything) }
        Bytes.with(String(repeating: "*", count: 1_024)) { #expect(GlobPattern($0).matchesEverything) }
        Bytes.with("*?") { #expect(!GlobPattern($0).matchesEverything) }
        Bytes.with("\\*") { #expect(!GlobPattern($0).matchesEverything) }
        Bytes.with("") { #expect(!GlobPattern($0).matchesEverything) }
    }

    @Test func `Stars in a row are one: a pattern has no more segments than bytes that are no star, and the two ends`()
    {
        Bytes.with("a" + String(repeating: "*", count: 1_000) + "b") { #expect(GlobPattern($0).segments.count == 2) }
        Bytes.with(String(repeating: "**1", count: 300)) { #expect(GlobPattern($0).segments.count == 301) }
        Bytes.with(String(repeating: "*?", count: 500) + "***") { #expect(GlobPattern($0).segments.count == 502) }
        #expect(matches("a***b**", "axxb") && matches("**a**", "a") && !matches("**a**", "b"))
        #expect(matches("***\\***", "x*") && !matches("***\\***", "x"))
    }

    /// Redis' own function, which tries every length for every star.
    private func matchesByTrying(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        let rest = pattern.dropFirst()
        if first == UInt8(ascii: "*") {
            return (text.startIndex...text.endIndex).contains { matchesByTrying(rest, text[$0...]) }
        }
        guard let byte = text.first, first == UInt8(ascii: "?") || first == byte else { return false }
        return matchesByTrying(rest, text.dropFirst())
    }

    @Test func `Stars match what trying every length finds`() {
        var generator = Seed.generator()
        var found = 0
        for _ in 0..<20_000 {
            let pattern = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
                Array("ab*?*".utf8).randomElement(using: &generator) ?? 0
            }
            let text = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
                Array("ab".utf8).randomElement(using: &generator) ?? 0
            }
            let expected = matchesByTrying(pattern[...], text[...])
            if expected { found += 1 }
            #expect(matches(pattern, text) == expected, "\(pattern) against \(text), \(Seed.note)")
        }
        #expect(found > 100)
    }

    /// A pattern whose items are `a`, `?`, a set of two and a set of all but one: each has its own way in the compiled form.
    private static func longPattern(
        _ items: Int, stars: Int, using generator: inout some RandomNumberGenerator
    ) -> (pattern: [UInt8], items: [Set<UInt8>?]) {
        var list: [(text: String, matched: Set<UInt8>?)] = (0..<items).map { _ in
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: ("?", Set(97...99))
            case 1: ("[ab]", [97, 98])
            case 2: ("[^a]", [98, 99])
            case 3: ("\\c", [99])
            default: ("a", [97])
            }
        }
        for _ in 0..<stars { list.insert(("*", nil), at: Int.random(in: 0...list.count, using: &generator)) }
        return (Array(list.map(\.text).joined().utf8), list.map(\.matched))
    }

    /// Whether items match a text, by which prefixes of the text the items up to each match.
    private static func matchesByTable(_ items: [Set<UInt8>?], _ text: [UInt8]) -> Bool {
        var reached = [true] + [Bool](repeating: false, count: text.count)
        for item in items {
            var next = [Bool](repeating: false, count: text.count + 1)
            for place in 0...text.count {
                if let item {
                    next[place] = place > 0 && reached[place - 1] && item.contains(text[place - 1])
                } else {
                    next[place] = reached[place] || (place > 0 && next[place - 1])
                }
            }
            reached = next
        }
        return reached[text.count]
    }

    @Test func `Long segments match what a table of all prefixes says`() {
        var generator = Seed.generator()
        var found = 0
        for _ in 0..<300 {
            let stars = Int.random(in: 0...3, using: &generator)
            let (pattern, items) = Self.longPattern(
                Int.random(in: 1...90, using: &generator), stars: stars, using: &generator)
            // A text that would match, then cut or changed at one place at times.
            var text: [UInt8] = items.flatMap { item -> [UInt8] in
                if let item { return [item.randomElement(using: &generator) ?? 97] }
                return (0..<Int.random(in: 0...80, using: &generator)).map { _ in
                    UInt8.random(in: 97...99, using: &generator)
                }
            }
            if Bool.random(using: &generator), !text.isEmpty {
                text[Int.random(in: 0..<text.count, using: &generator)] = UInt8.random(in: 97...99, using: &generator)
            }
            let expected = Self.matchesByTable(items, text)
            if expected { found += 1 }
            #expect(matches(pattern, text) == expected, "\(pattern) against \(text), \(Seed.note)")
        }
        #expect(found > 30)
    }

    @Test func `The longest pattern against a large member is answered at once`() {
        let pattern =
            Array("*".utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: GlobPattern.longest - 3) + Array("b*".utf8)
        var text = [UInt8](repeating: UInt8(ascii: "a"), count: 100_000)
        #expect(!matches(pattern, text))
        text.append(UInt8(ascii: "b"))
        #expect(matches(pattern, text))
    }

    @Test func `A pattern of many stars is answered at once`() {
        let pattern = Array(String(repeating: "*a", count: 30).utf8) + Array("*b".utf8)
        let text = [UInt8](repeating: UInt8(ascii: "a"), count: 2000)
        #expect(!matches(pattern, text))
    }
}
