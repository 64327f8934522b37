import Foundation
import TestSupport
import Testing

/// Sessions on a pty with a model of the screen; `terminal.py` has the scenarios.
@Suite("The shell on a terminal") struct TerminalTests {
    private static let python = "/usr/bin/python3"
    private static let hasScreenModel = Machine.has(python) && Machine.succeeds(python, "-c", "import pyte")
    private static let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "terminal.py")
        .path(percentEncoded: false)

    private static let scenarios = [
        "typing", "completion", "hints", "search", "history", "interrupt-line", "interrupt-command",
        "interrupt-transaction", "paste", "resize", "stop", "reconnect", "repeat-login", "lost-in-a-script",
        "interrupt-waits", "interrupt-connection", "slow-reader",
        "never-twice", "type-ahead", "messages", "hostile-server", "locked", "vi-keys", "edit", "dumb-terminal",
        "ask-password", "wide",
        "plain-locale", "pipes", "danger", "stop-at-question", "secret", "broken-characters", "pager",
    ]

    @Test(.enabled(if: hasScreenModel, "python3-pyte is not installed"), arguments: scenarios)
    func `the screen shows what a person expects`(scenario: String) throws {
        let run = try Peer.run(Self.python, [Self.script, Program.path, scenario])
        #expect(run.status == 0, "\(scenario):\n\(run.output)\(run.errors)")
    }

    @Test(.enabled(if: hasScreenModel, "python3-pyte is not installed"))
    func `the session in README.md is a recording of this program`() throws {
        let script = CommandTree.path("scripts/record-session.py")
        let run = try Peer.run(Self.python, [script, Program.path, CommandTree.path("README.md"), "--check"])
        #expect(run.status == 0, "\(run.output)\(run.errors)")
    }

    @Test func `every scenario is run`() throws {
        let text = try String(contentsOfFile: Self.script, encoding: .utf8)
        let table = try #require(text.firstMatch(of: /for function in \(([^)]*)\)/)?.1)
        let names = table.split { !$0.isLetter && $0 != "_" }.map { String($0).replacing("_", with: "-") }
        #expect(names == Self.scenarios)
    }
}
