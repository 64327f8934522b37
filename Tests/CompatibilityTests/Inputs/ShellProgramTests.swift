import Testing

@testable import Compatibility

@Suite("What a shell script runs in the end") struct ShellProgramTests {
    @Test(arguments: [
        "if [ -f ~/redis/redis-cli ]; then echo x; fi", "[ -x redis-cli ] && test -x /usr/bin/redis-cli",
        "[[ -e redis-cli ]]",
        "command -v redis-cli keys", "if ! command -V redis-cli; then exit; fi", "which redis-cli keys",
        "type redis-cli",
        "while ! which redis-cli flushall; do sleep 1; done", "hash redis-cli keys", "apt-get install redis-cli keys",
        "sudo apt-get install -y redis-cli keys", "sudo cp redis-cli keys", "sudo ln -sf redis-cli dbsize",
        "time make redis-cli keys", "docker cp redis-cli keys", "docker build -t redis-cli keys",
        "docker run --name redis-cli -d redis keys", "docker exec c which redis-cli keys",
        "kubectl delete pod redis-cli keys",
        "kubectl exec p -- which redis-cli keys", "ssh host which redis-cli keys", "ps aux | grep redis-cli keys",
        "pgrep redis-cli keys", "rm -f redis-cli keys", "echo redis-cli keys", "sudo echo sh -c 'redis-cli keys x'",
        "find . -name redis-cli keys", "for p in redis-cli keys; do :; done", "xargs -I redis-cli echo keys",
    ])
    func `what looks for the program, installs it or only names it is no call`(_ text: String) {
        #expect(ShellLintTests.commands(text) == [:], "\(text)")
    }

    @Test(
        arguments: [
            ("sudo -u redis redis-cli keys x", ["keys": 1]), ("sudo -E X=1 redis-cli keys x", ["keys": 1]),
            ("timeout -k 1 5 redis-cli keys x", ["keys": 1]), ("nice -n 5 ionice -c 3 redis-cli keys x", ["keys": 1]),
            ("env -u A B=1 redis-cli keys x", ["keys": 1]), ("\"$BIN/redis-cli\" keys x", ["keys": 1]),
            ("ssh -p 22 host \"redis-cli keys 'x'\"", ["keys": 1]), ("ssh host redis-cli keys x", ["keys": 1]),
            ("ssh host \"docker exec c sh -c 'redis-cli keys x'\"", ["keys": 1]),
            ("su - redis -c 'redis-cli keys x'", ["keys": 1]), ("runuser -u redis -- redis-cli keys x", ["keys": 1]),
            ("watch -n 1 'redis-cli keys x'", ["keys": 1]), ("eval \"redis-cli keys x\"", ["keys": 1]),
            ("flock /tmp/l -c 'redis-cli keys x'", ["keys": 1]), ("flock -w 3 /tmp/l redis-cli keys x", ["keys": 1]),
            ("find . -exec redis-cli keys x \\;", ["keys": 1]), ("gosu redis redis-cli keys x", ["keys": 1]),
            ("docker run --rm -it --network n --entrypoint redis-cli redis:7 -h x keys y", ["keys": 1]),
            ("docker run -v /a:/b -e A=b redis:7 redis-cli keys x", ["keys": 1]),
            ("docker compose -f x.yml exec -T redis redis-cli keys x", ["keys": 1]),
            ("docker run user/redis-cli -h x keys y", ["keys": 1]),
            ("docker exec $OPTIONS cache redis-cli keys x", ["keys": 1]),
            ("kubectl -n ns exec -it pod -c c -- redis-cli keys x", ["keys": 1]),
            ("kubectl exec pod redis-cli keys x", ["keys": 1]),
            ("kubectl exec pod -- sh -c 'redis-cli keys x'", ["keys": 1]),
        ] as [(String, [String: Int])])
    func `a call behind other programs is one`(_ text: String, _ expected: [String: Int]) {
        #expect(ShellLintTests.commands(text) == expected, "\(text)")
    }

    @Test(
        arguments: [
            ("keys=$(redis-cli keys 'a*')\necho \"$keys\"\n\"$keys\" flushall\n$keys dbsize", ["keys": 1]),
            ("keys=`redis-cli keys 'a*'`\n$keys flushall", ["keys": 1]),
            ("R=redis-cli\nR=echo\n$R flushall", [:]), ("make R=redis-cli\n$R flushall", [:]),
            ("R=$(which redis-cli)\n$R flushall", ["flushall": 1]),
            ("R=\"$(command -v redis-cli)\"\n\"$R\" flushall", ["flushall": 1]),
            ("R=\"redis-cli -h $(hostname)\"\n$R flushall", ["flushall": 1]),
            ("R=\"docker exec -i c redis-cli\"\n$R flushall", ["flushall": 1]),
            ("export R=/usr/bin/redis-cli\n$R flushall", ["flushall": 1]),
            ("R=(redis-cli -h \"$H\" -n 2)\nR+=(-p 1)\n\"${R[@]}\" flushall", ["select": 1, "flushall": 1]),
            ("${REDIS_CLI:-redis-cli} flushall", ["flushall": 1]), ("R=${X:-redis-cli}\n$R flushall", ["flushall": 1]),
            ("$REDIS_CLI flushall", ["flushall": 1]), ("REDIS_CLI=echo\n$REDIS_CLI flushall", [:]),
            ("alias rc='redis-cli -p 1'\nrc flushall", ["flushall": 1]),
            ("x=$'it\\'s'; redis-cli set a $'b\\n'", ["set": 1]),
        ] as [(String, [String: Int])])
    func `a variable is a call if that is what the script gave it`(_ text: String, _ expected: [String: Int]) {
        #expect(ShellLintTests.commands(text) == expected, "\(text)")
    }

    @Test func `commands that come from a file or another program are undecided`() {
        let result = Lint.text("#!/bin/sh\nredis-cli < commands.txt\nmake-commands | redis-cli --pipe\n")
        #expect(result.summary.undecided.map(\.text) == ["commands.txt", "make-commands"])
    }

    @Test func `a part that cannot be read is told where it may hold a call`() {
        let open = Lint.text("#!/bin/sh\necho 'x\nredis-cli keys x\n")
        #expect(open.summary.problems.map(\.location.line) == [2])
        #expect(open.summary.hasFailures)
        #expect(Lint.text("#!/bin/sh\nredis-cli get x\necho 'x\n").summary.problems.isEmpty)
        let deep = String(repeating: "$(echo ", count: 60) + "\nredis-cli keys x\n"
        #expect(Lint.text("#!/bin/sh\n\(deep)").summary.hasFailures)
    }

    @Test func `a long line takes a time that grows with its length alone`() throws {
        let count = 20_000
        let result = Lint.text("#!/bin/sh\nx='ä'; " + String(repeating: "redis-cli keys x; ", count: count) + "\n")
        #expect(result.findings.reduce(0) { $0 + $1.count } == count)
        let second = try #require(result.findings.dropFirst().first)
        #expect(second.first.columns?.lowerBound == 8 + 18 + 10)
        #expect(second.excerpt?.firstColumn == 1)
    }
}
