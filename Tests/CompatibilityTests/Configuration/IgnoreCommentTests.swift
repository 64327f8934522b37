import Testing

@testable import Compatibility

@Suite("Comments that ignore") struct IgnoreCommentTests {
    private func read(_ text: String) -> [IgnoreComment] { IgnoreComment.read(Array(text.utf8)) }

    @Test(arguments: [
        "# clusterctl:ignore CTL001 -- why", "// clusterctl:ignore CTL001 -- why",
        "/* clusterctl:ignore CTL001 -- why */",
        "-- clusterctl:ignore CTL001 -- why", "--[[ clusterctl:ignore CTL001 -- why ]]",
        "; clusterctl:ignore CTL001 -- why",
        "<!-- clusterctl:ignore CTL001 -- why -->", " * clusterctl:ignore CTL001 -- why",
        "\t#clusterctl:ignore CTL001 -- why\r",
        "{# clusterctl:ignore CTL001 -- why #}", "/// clusterctl:ignore CTL001 -- why",
    ])
    func `are found in any syntax, alone on their line`(_ text: String) throws {
        let comment = try #require(read("\(text)\nr.keys()").first)
        #expect(comment.names == ["CTL001"])
        #expect(comment.reason == "why")
        #expect(comment.target == 2)
    }

    @Test(arguments: ["r.keys() # ", "r.keys(); // ", "r.keys(); /* ", "redis.call('KEYS') -- ", "'{' # "])
    func `behind code are about their own line`(_ code: String) throws {
        let comment = try #require(read("\n\(code)clusterctl:ignore a, b").first)
        #expect((comment.line, comment.target, comment.names) == (2, 2, ["a", "b"]))
        #expect(comment.reason == nil)
        #expect(comment.columns.lowerBound == code.count + 1)
    }

    @Test func `one below the other are about the line below all of them`() {
        let comments = read("# clusterctl:ignore a\n  # clusterctl:ignore b\ncode # clusterctl:ignore c\n")
        #expect(comments.map(\.target) == [3, 3, 3])
    }

    @Test(arguments: [
        ("# clusterctl:ignore a\n\n  \n# why\ncode", 5), ("// clusterctl:ignore a\n// why\n/* or\n * not */\ncode", 5),
        ("-- clusterctl:ignore a\r\n\r\n-- why\r\ncode", 4),
        ("# clusterctl:ignore a\n\n#!b\n# clusterctl:ignore c\ncode", 5),
        ("// clusterctl:ignore a\n#client = new Redis()\ncode", 2), ("# clusterctl:ignore a\n//code", 2),
        ("# clusterctl:ignore a", 2), ("# clusterctl:ignore a\n\n", 3),
    ])
    func `alone on their line are about the next line of code`(_ text: String, target: Int) {
        #expect(read(text).first?.target == target)
    }

    @Test func `may be about a whole file`() {
        let comments = read("code\n# clusterctl:ignore-file a -- r")
        #expect(comments.map(\.target) == [nil])
        #expect(comments.map(\.names) == [["a"]])
    }

    @Test(arguments: [
        "x = \"clusterctl:ignore a\"", "# clusterctl:ignored a", "# clusterctl:ignore-files a", "# cluster:ignore a",
        "see clusterctl:ignore",
    ])
    func `are no others`(_ text: String) {
        #expect(read(text).isEmpty)
    }
}
