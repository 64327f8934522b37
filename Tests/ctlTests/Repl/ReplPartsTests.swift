import CommandCatalog
import Glibc
import Testing
import WireFormats

@testable import clusterctl

@Suite("Parts of the shell") struct ReplPartsTests {
    private func line(_ text: String, targets: Bool = true) -> ReplLine {
        ReplLine(Array(text.utf8), allowsTargets: targets)
    }

    private func request(_ words: String..., times: Int = 1, target: ReplLine.Target? = nil) -> ReplLine {
        .request(words.map { Array($0.utf8) }, times: times, target: target)
    }

    @Test func `a line is a command, a verb, help or an end`() {
        #expect(line("") == .blank && line("  # x") == .blank)
        #expect(line(" get k") == request("get", "k"))
        #expect(line("3 ping") == request("ping", times: 3))
        #expect(line("3") == request("3"))
        #expect(line("0 ping") == .invalidRepeat && line("-2 ping") == .invalidRepeat)
        #expect(line("99999999999999999999 ping") == .invalidRepeat && line("\"\" ping") == .invalidRepeat)
        #expect(line("+2 ping") == request("ping", times: 2) && line("2x ping") == request("2x", "ping"))
        #expect(line("quit") == .end && line("EXIT") == .end && line("quit now") == .end)
        #expect(line("help set") == .help(["set"]) && line("?") == .help([]))
        #expect(line(":mode json \t") == .verb("mode", rest: Array("json".utf8)))
        #expect(line(":MODE  json") == .verb("mode", rest: Array("json".utf8)))
        #expect(line("get \"k") == .invalid)
    }

    @Test func `a bar and an arrow between spaces take the reply, on a terminal alone`() {
        #expect(line("get k | jq . | cat") == request("get", "k", target: .shell("jq . | cat")))
        #expect(line("get k > /tmp/x") == request("get", "k", target: .file("/tmp/x")))
        #expect(line("echo \"a | b\"") == request("echo", "a | b"))
        #expect(line("echo a|b") == request("echo", "a|b"))
        #expect(line("xreadgroup streams s >") == request("xreadgroup", "streams", "s", ">"))
        #expect(line("get k | cat", targets: false) == request("get", "k", "|", "cat"))
    }

    @Test(arguments: [
        ("AUTH secret", "AUTH (redacted)"), ("auth user secret", "auth (redacted)"), ("2 AUTH x", "2 AUTH (redacted)"),
        ("CONFIG SET requirepass x", "CONFIG SET requirepass (redacted)"),
        ("HELLO 3 AUTH u p", "HELLO 3 AUTH (redacted)"),
        ("ACL SETUSER u >p", "ACL SETUSER u (redacted)"), ("get  k", "get  k"), (" get k", nil), ("", nil),
        ("set url redis://u:p@h/0", "set url redis://(redacted)@h/0"), ("get \"k", "get \"k"),
        ("auth \"hunter1", "auth (redacted)"), ("auth \"hunter\"1 x", "auth (redacted)"),
        (":watch 9 auth x", ":watch 9 auth (redacted)"), (":explain auth x", ":explain auth (redacted)"),
        ("help auth x", "help auth (redacted)"), ("? auth x", "? auth (redacted)"), ("#auth x", "#auth (redacted)"),
        ("# AUTH x", "# AUTH (redacted)"), ("help 2 auth x", "help 2 auth (redacted)"), ("help auth", "help auth"),
        ("# a note", "# a note"), ("set auth x", "set auth x"), ("AUHT x", "AUHT (redacted)"),
        ("LOGIN x y", "LOGIN (redacted)"),
        ("CONFG SET requirepass x", "CONFG SET requirepass (redacted)"),
        ("hset u password x", "hset u password (redacted)"),
        ("eval \"redis.call('auth','x')\" 0", "eval \"redis.call('auth','(redacted)')\" 0"),
        ("get k | redis-cli -a x set k", "get k | redis-cli -a (redacted) set k"), ("auth x | cat", "auth (redacted)"),
        ("set user:1:password x", "set user:1:password (redacted)"), ("mget password token", "mget password token"),
    ])
    func `the history keeps no secrets and no line behind a space`(line: String, kept: String?) {
        #expect(LineHistory.kept(Array(line.utf8)) == kept)
    }

    @Test func `a history is private, appended to, and cut when it is twice too long`() {
        let folder = Folder()
        let path = "\(folder.path)/history"
        let history = LineHistory(path: path)
        #expect(history.load().isEmpty)
        history.append("one")
        LineHistory(path: path).append("two")
        #expect(history.load() == ["one", "two"])
        #expect(folder.mode("history") == 0o600)
        folder.write("history", (0...2 * LineHistory.most).map { "line \($0)\n" }.joined(), mode: 0o600)
        let last = "line \(2 * LineHistory.most)"
        #expect(history.load().count == LineHistory.most && history.load().last == last)
        #expect(folder.read("history").split(separator: "\n").count == LineHistory.most)
        history.append("new")
        #expect(history.load().last == "new" && folder.mode("history") == 0o600)
        #expect(folder.names == ["history"])
        LineHistory(path: nil).append("nowhere")
    }

    @Test func `the folder of a relative path is below the working folder`() {
        let name = "clusterctl-history-\(getpid())"
        LineHistory(path: "\(name)/inner/history").append("line")
        #expect(access("/\(name)", F_OK) != 0)
        #expect(unlink("\(name)/inner/history") == 0 && rmdir("\(name)/inner") == 0 && rmdir(name) == 0)
    }

    @Test func `what deletes much is asked about`() {
        func question(_ words: String...) -> String? { Danger.question(words.map { Array($0.utf8) }, server: "h:1") }
        #expect(question("flushall") != nil && question("FLUSHDB", "ASYNC") != nil && question("shutdown") != nil)
        #expect(question("del", "k") == nil && question("get", "flushall") == nil)
        #expect(question("SLAVEOF", "NO", "ONE") == nil && question("SLAVEOF", "h", "1") != nil)
        let keys = (0..<Danger.manyKeys + 1).map { Array("k\($0)".utf8) }
        #expect(Danger.question([Array("DEL".utf8)] + keys, server: "s") == "DEL deletes 11 keys. Send it?")
    }

    @Test func `verbs and their values are completed and hinted`() {
        func candidates(_ text: String) -> [String] {
            LineCompletion.of(Array(text.utf8), keys: [Array("key:1".utf8)]).candidates
        }
        #expect(candidates(":mo") == [":mode"])
        #expect(candidates(":mode ") == ["csv", "json", "raw", "tty"] && candidates(":check b") == ["block"])
        #expect(candidates(":peek k") == ["key:1"] && candidates(":explain hgeta") == ["hgetall"])
        #expect(candidates(":watch 2 hgeta") == ["hgetall"] && candidates(":watch ").isEmpty)
        #expect(candidates("help @li") == ["@list"] && candidates("help client seti") == ["setinfo"])
        #expect(candidates("help") == ["help"])
        func hint(_ text: String) -> String? { LineHint.of(Array(text.utf8), contract: .clusterEdition)?.text }
        #expect(hint(":mode ") == "tty|raw|csv|json" && hint(":mode json ") == nil && hint("help x") == nil)
        #expect(hint(":nosuch") == "  there is no such verb: :help lists them")
    }

    @Test func `candidates stand in columns as wide as the screen allows`() {
        #expect(LineEditor.listing(["a", "bb", "c"], columns: 8) == "a   c\nbb\n")
        #expect(LineEditor.listing(["long-name"], columns: 3) == "long-name\n")
    }

    @Test func `keys are kept for completion, the newest thousand`() {
        var keys = SeenKeys()
        func words(_ text: String) -> [[UInt8]] { text.split(separator: " ").map { Array($0.utf8) } }
        keys.note(words("MSET a 1 b 2"), .status(Array("OK".utf8)))
        keys.note(words("AUTH secret"), .status(Array("OK".utf8)))
        keys.note(words("KEYS *"), .array([.bulk(Array("c".utf8)), .nullBulk]))
        #expect(keys.names == ["a", "b", "c"].map { Array($0.utf8) })
        for number in 0..<1000 { keys.note(words("GET k\(number)"), .nullBulk) }
        #expect(keys.names.count == 1000 && !keys.names.contains(Array("a".utf8)))
    }
}
