import TestSupport
import Testing

@testable import clusterctl

@Suite struct FoldedArgumentsTests {
    @Test func `long runs of words are one word for the parser, and come back as they were`() {
        let words = (0..<1_000).map { "key\($0)" }
        let folded = FoldedArguments(
            ["--json", "SADD"] + words + ["--color", "never"] + words + ["--", "-x"] + words)
        #expect(folded.arguments.count == 8)
        #expect(folded.arguments.filter { !$0.hasPrefix("\0") } == ["--json", "SADD", "--color", "never", "--"])
        let last = folded.arguments[7]
        #expect(folded.unfolded(["SADD", folded.arguments[2], "a", last]) == ["SADD"] + words + ["a", "-x"] + words)
    }

    @Test func `few words and values of options stay as they are`() {
        let arguments = ["a", "b", "--rule", "c", "d", "-", "--", "--json"]
        #expect(FoldedArguments(arguments).arguments == arguments)
    }

    @Test func `a request of thirty thousand words is explained`() async throws {
        let ending = try await Program(["explain", "SADD", "key"] + (0..<30_000).map { "\($0)" } + ["--json"]).ending()
        #expect(ending.status == 0)
        let explanation = try JSONText(ending.output)
        #expect(explanation["request"]["right_number_of_words"].truth == true)
        #expect(explanation["request"]["keys"].elements.count == 1)
    }
}
