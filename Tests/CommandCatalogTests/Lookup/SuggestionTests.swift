import Testing

@testable import CommandCatalog

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("GTE", "GET"), ("gett", "GET"), ("ST", "SET"), ("HGTALL", "HGETALL"), ("ZRANGEBYSCOR", "ZRANGEBYSCORE"),
        ("zrangbyscor", "ZRANGEBYSCORE"), ("EXPIER", "EXPIRE"), ("SMEBMERS", "SMEMBERS"),
    ])
    func `a slip of the pen is put right`(typed: String, meant: String) {
        #expect(Catalog.suggestion(for: typed) == meant)
    }

    @Test(arguments: [
        "", "X", "QQQQ", "FT.SEARCH", "JSON.GET", "SYNTHESIZE", "KEYZ", "XAD", "FLUSHAL", "KEYSS", "SCANN",
        "OBJEC", "TIMEE",
        String(repeating: "GET", count: 30),
    ])
    func `what is near no command gets no suggestion`(typed: String) {
        #expect(Catalog.suggestion(for: typed) == nil)
    }

    @Test func `no command that is refused is suggested`() {
        // SAVE and SADD are both one letter from SADE.
        #expect(Catalog.suggestion(for: "SADE") == "SADD")
        for row in Catalog.all where row.id == nil && row.container == nil && row.group != .module {
            guard let suggestion = Catalog.suggestion(for: row.name + "X") else { continue }
            #expect(Catalog.row(named: suggestion)?.id != nil, "\(row.name): \(suggestion)")
        }
    }

    @Test func `of a name that no Redis has, what is known of it is said`() {
        #expect(Catalog.remark(onUnknown: "GTE") == "did you mean GET?")
        #expect(Catalog.remark(onUnknown: "json.nosuch") == "JSON. begins the names of the module RedisJSON")
        #expect(Catalog.remark(onUnknown: "app.get") == nil)
        #expect(Catalog.isNear("prot", to: "port") && !Catalog.isNear("fix", to: "as"))
    }

    @Test(arguments: [
        ("", "", 0), ("abc", "abc", 0), ("abc", "", 3), ("kitten", "sitting", 3), ("ab", "ba", 1), ("abcd", "acbd", 1),
        ("ca", "abc", 3), ("get", "set", 1),
    ])
    func `the distance counts insertions, deletions, replacements and exchanges`(
        left: String, right: String, slips: Int
    ) {
        #expect(editDistance(Array(left.utf8), Array(right.utf8), limit: 9) == slips)
        #expect(editDistance(Array(right.utf8), Array(left.utf8), limit: 9) == slips)
        #expect(slips == 0 || editDistance(Array(left.utf8), Array(right.utf8), limit: slips - 1) == nil)
    }
}
