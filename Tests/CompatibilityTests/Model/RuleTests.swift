import Testing

@testable import Compatibility

@Suite struct RuleTests {
    @Test func `Identities and names are unique and found in any case`() {
        #expect(Set(Rule.all.map(\.id)).count == Rule.all.count)
        #expect(Set(Rule.all.map(\.name)).count == Rule.all.count)
        for rule in Rule.all {
            #expect(Rule.named(rule.id.lowercased()) == rule)
            #expect(Rule.named(rule.name.uppercased()) == rule)
        }
        #expect(Rule.all.map(\.id) == Rule.all.map(\.id).sorted())
        #expect(Rule.named("no-such-rule") == nil)
    }

    /// The examples of a rule that are a script or trace by themselves.
    static let runnable = Rule.all.filter { $0 != .requestTooLarge && $0 != .unusedIgnore && !$0.badExample.isEmpty }

    @Test(arguments: runnable) func `The bad example fires and the good one is silent`(_ rule: Rule) {
        var options = LintOptions()
        if rule == .nearLimit { options.nearLimitPercent = 80 }
        if !rule.badExample.contains(where: { $0.contains(" [0 ") }) { options.forcedKind = .script }
        let bad = Lint.text(rule.badExample.joined(separator: "\n") + "\n", options: options)
        #expect(bad.findings.contains { $0.rule == rule }, "\(rule.name): \(bad.findings.map(\.message))")
        let good = Lint.text(rule.goodExample.joined(separator: "\n") + "\n", options: options)
        #expect(good.findings.isEmpty, "\(rule.name): \(good.findings.map(\.message))")
        #expect(good.summary.problems.isEmpty, "\(rule.name): \(good.summary.problems)")
    }

    @Test func `A request of eleven million bytes is too large and one of nine is not`() {
        func script(_ keys: Int) -> String {
            "MSET" + (1...keys).map { " k\($0) " + String(repeating: "v", count: 1_000_000) }.joined() + "\n"
        }
        #expect(Lint.rules(Lint.text(script(11))) == ["request-too-large"])
        #expect(Lint.rules(Lint.text(script(9))) == [])
    }

    @Test func `Every rule that is off stays silent`() {
        for rule in Self.runnable where rule != .nearLimit {
            var options = LintOptions()
            options.disabledRules = [rule.id]
            let result = Lint.text(rule.badExample.joined(separator: "\n") + "\n", options: options)
            #expect(!result.findings.contains { $0.rule == rule }, "\(rule.name)")
        }
    }
}

@Suite struct LocationTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"), (1_795_394_106_974_517, "2026-11-23T00:35:06.974517Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
        ] as [(Int64, String)])
    func `A moment is written in ISO 8601`(_ microseconds: Int64, _ text: String) {
        #expect(Timestamp(microseconds: microseconds).description == text)
    }
}

@Suite struct SecretsTests {
    @Test func `No output of a trace has the argument of AUTH`() {
        let result = Lint.text(
            """
            1795394106.974517 [0 127.0.0.1:59752] "AUTH" "one" "s3cret"
            1795394106.974518 [0 127.0.0.1:59752] "HELLO" "3" "AUTH" "me" "s3cret"
            1795394106.974519 [0 127.0.0.1:59752] "CONFIG" "SET" "requirepass" "s3cret"

            """)
        #expect(result.findings.count == 3)
        #expect(!String(describing: result.findings).contains("s3cret"), "\(result.findings)")
    }
}
