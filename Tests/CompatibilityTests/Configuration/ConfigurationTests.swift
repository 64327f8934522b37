import Testing

@testable import Compatibility

@Suite("The configuration") struct ConfigurationTests {
    private func read(_ text: String) throws -> Configuration { try Configuration(Array(text.utf8), folder: "/p") }

    @Test func `says everything that it can say`() throws {
        let configuration = try read(
            """
            fail-on = "warning"
            confidence = "low"
            baseline = "ci/baseline"
            ignored-paths = ["vendor/**", "*.min.js"]
            receiver-names = ["cache"]

            [limits]
            key-bytes = 100
            value-bytes = 500_000
            request-bytes = 1000
            idle-seconds = 60
            near-limit-percent = 70

            [severity]
            refused-command = "warning"
            CTL014 = "off"

            [renamed-commands]
            KEYS = "KEYS-b840fc02"
            config = ""

            [ignored-rules]
            "tests/**" = ["CTL009", "key-too-long"]
            """)
        #expect(configuration.failOn == .warning)
        #expect(configuration.confidence == .low)
        #expect(configuration.baseline == "ci/baseline")
        #expect(configuration.ignoredPaths == [PathPattern("vendor/**"), PathPattern("*.min.js")])
        #expect(configuration.receiverNames.trusted == ["cache"])
        #expect(
            configuration.limits
                == Configuration.Limits(
                    keyBytes: 100, valueBytes: 500_000, requestBytes: 1000, idleSeconds: 60, nearLimitPercent: 70))
        #expect(configuration.severities == ["CTL001": .warning])
        #expect(configuration.disabledRules == ["CTL014"])
        #expect(configuration.renamedCommands == ["keys-b840fc02": "keys"])
        #expect(configuration.ignoredRules.first?.rules == ["CTL009", "CTL008"])
    }

    @Test(arguments: [
        ("failon = 'x'", 1, "there is no key 'failon': did you mean 'fail-on'?"),
        ("[limits]\nkey-byte = 1", 2, "there is no key 'limits.key-byte': did you mean 'key-bytes'?"),
        ("[limit]\nkey-bytes = 1", 1, "there is no key 'limit': did you mean 'limits'?"),
        ("fail-on = 'bad'", 1, "fail-on takes one of \"note\", \"warning\", \"error\", not \"bad\""),
        (
            "[renamed-commands]\nb840fc = 'KEYS'", 2,
            "renamed-commands: no Redis has a command 'b840fc': write keys = \"b840fc\", as rename-command has it"
        ),
        ("[renamed-commands]\nKEYX = 'x'", 2, "renamed-commands: no Redis has a command 'KEYX'"),
        ("fail-on = 3", 1, "fail-on takes one of \"note\", \"warning\", \"error\", not a number"),
        ("[severity]\nrefused-comand = 'off'", 2, "there is no rule 'refused-comand': did you mean 'refused-command'?"),
        (
            "[severity]\nCTL001 = 'fatal'", 2,
            "severity.CTL001 takes one of \"note\", \"warning\", \"error\", \"off\", not \"fatal\""
        ),
        ("limits = 3", 1, "limits is a table: [limits], not a number"),
        ("[limits]\nkey-bytes = 0", 2, "limits.key-bytes takes a whole number from 1 to 1099511627776, without a unit"),
        ("ignored-paths = 'x'", 1, "ignored-paths takes a list of texts: [\"…\"], not \"x\""),
        ("\n\nignored-paths = [\n'x',\n1]", 5, "ignored-paths takes a text in quotes, not a number"),
        ("[ignored-rules]\n'a' = ['nope']", 2, "there is no rule 'nope': `clusterctl rules` lists them"),
    ])
    func `says where and what is wrong`(_ text: String, _ line: Int, _ message: String) {
        let error = #expect(throws: ConfigurationError.self) { try read(text) }
        #expect(error == ConfigurationError(line: line, message: message))
    }
}

@Suite("Patterns of paths") struct PathPatternTests {
    @Test(arguments: [
        ("*.py", "a/b/c.py", true), ("*.py", "c.pyc", false), ("vendor", "x/vendor/y.py", true),
        ("vendor/", "vendor/y.py", true), ("/vendor", "x/vendor/y", false), ("/vendor", "vendor/y", true),
        ("a/*.py", "a/b.py", true), ("a/*.py", "a/b/c.py", false), ("a/**", "a/b/c", true), ("a/**", "a", false),
        ("**/x.py", "x.py", true), ("**/x.py", "a/b/x.py", true), ("a/**/b", "a/b", true),
        ("a/**/b", "a/x/y/b/z", true),
        ("a/**/b", "a/x/y", false), ("?.py", "a.py", true), ("?.py", "ab.py", false), ("./a/b", "a/b", true),
        ("a/b", "a/b/c", true), ("", "a", false), ("*a*b*", "xxaxxbxx", true), ("*a*b*", "xxbxxaxx", false),
    ])
    func `match as in a gitignore`(_ pattern: String, _ path: String, _ matches: Bool) {
        #expect(PathPattern(pattern).matches(path) == matches)
        #expect(PathPatternSet([PathPattern("never"), PathPattern(pattern)]).matches(path) == matches)
    }

    @Test func `without a wildcard are looked up, however many there are`() {
        let patterns = (0..<20_000).map { PathPattern($0 % 2 == 0 ? "file\($0).py" : "/folder\($0)/sub") }
        let set = PathPatternSet(patterns + [PathPattern("*.js")])
        #expect(set.tried.count == 1)
        #expect(set.matches("x/file4000.py") && set.matches("folder4001/sub/x") && set.matches("a.js"))
        #expect(!set.matches("x/file4001.py") && !set.matches("x/folder4001/sub") && !set.matches("folder4001"))
    }

    @Test func `take no endless time for many stars`() {
        let pattern = String(repeating: "*a", count: 100) + "*b"
        #expect(!PathPattern(pattern).matches(String(repeating: "a", count: 1000)))
        let deep = String(repeating: "**/a/", count: 50) + "b"
        #expect(!PathPattern(deep).matches(String(repeating: "a/", count: 500)))
    }
}
