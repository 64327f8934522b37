import Testing

@testable import Compatibility

@Suite("What flows through a shell script") struct ShellFlowTests {
    @Test(
        arguments: [
            // Functions that run their arguments
            ("retry() { \"$@\"; }\nretry redis-cli flushall", ["flushall": 1]),
            (
                "retry() {\n  local n=$1\n  shift\n  for i in 1 2; do \"$@\" && return; done\n}\nretry 3 redis-cli dbsize",
                ["dbsize": 1]
            ),
            ("a() { b \"$@\"; }\nb() { timeout 5 \"$@\"; }\na redis-cli keys x", ["keys": 1]),
            ("_exec() { \"${@}\"; }\n_exec redis-cli \"${@}\" keys x", ["keys": 1]),
            // A list that may have nothing in it
            ("x=\"$(redis-cli \"${words[@]+\"${words[@]}\"}\" keys x)\"\nredis-cli save", ["keys": 1, "save": 1]),
            ("while ! redis-cli info; do sleep 1; done\nuntil redis-cli dbsize; do :; done", ["info": 1, "dbsize": 1]),
            // Functions that call redis-cli with their arguments
            ("redis_cli() {\n  redis-cli -h \"$HOST\" \"$@\"\n}\nredis_cli flushall", ["flushall": 1]),
            ("function rc { redis-cli $@; }\nrc keys '*'\nrc -n 3 get a", ["keys": 1, "select": 1, "get": 1]),
            ("function rc() { redis-cli $*; }\nrc scan 0", ["scan": 1]),
            ("rc() (\n redis-cli \"$@\"\n)\nrc scan 0", ["scan": 1]),
            ("rc() { local c=$1; shift; redis-cli \"$c\" \"$@\"; }\nrc keys '*'", ["keys": 1]),
            ("rc() { redis-cli \"${1:-dbsize}\"; }\nrc\nrc save", ["dbsize": 1, "save": 1]),
            ("q() { echo \"$1\" | redis-cli; }\nq 'KEYS *'", ["keys": 1]),
            ("rc() { redis-cli \"$@\"; }\necho 'KEYS *' | rc\nrc <<EOF\nSAVE\nEOF", ["keys": 1, "save": 1]),
            ("rc() { redis-cli get \"$@\"; }\nrc a\nrc b", ["get": 1]),
            // A backquote ends what it began, whatever is open in it
            ("echo `(`\nredis-cli dbsize", ["dbsize": 1]), ("a=`f (\"b\"`; redis-cli save", ["save": 1]),
            // What leads into a pipe
            ("{ echo 'KEYS *'; echo 'SET a 1'; } | redis-cli", ["keys": 1, "set": 1]),
            ("(echo 'KEYS *'; sleep 1) | redis-cli", ["keys": 1]),
            ("while read x; do echo \"KEYS $x\"; done < f | redis-cli", ["keys": 1]),
            (
                "for i in 1 2; do\n if x; then echo KEYS a; else echo DBSIZE; fi\ndone | redis-cli",
                ["keys": 1, "dbsize": 1]
            ),
            ("echo KEYS a | tee log | redis-cli", ["keys": 1]), ("tee x <<EOF | redis-cli\nKEYS *\nEOF", ["keys": 1]),
            ("gen() { echo 'KEYS *'; }\ngen | redis-cli", ["keys": 1]),
            ("{ echo 'KEYS *' >&2 | cat; } | redis-cli", ["keys": 1]),
            ("echo a $(date) | cat; echo DBSIZE | redis-cli -h $(host)", ["dbsize": 1]),
            ("printf '%s\\n' 'KEYS *' 'SCAN 0' | redis-cli", ["keys": 1, "scan": 1]),
            ("printf 'KEYS %s\\n' a b | redis-cli", ["keys": 2]), ("printf 'GET 100%%\\n' | redis-cli", ["get": 1]),
            ("coproc redis-cli keys a", ["keys": 1]), ("echo 'KEYS *' | (redis-cli)", ["keys": 1]),
            ("redis-cli set a $((1 + 2)) ; x=$(redis-cli incrby a $(( (1+2) * 3 )))", ["set": 1, "incrby": 1]),
            // Scripts that are read
            ("sh <<'EOF'\nredis-cli move a 1\nEOF", ["move": 1]),
            ("ssh host <<EOF\nredis-cli keys x\nEOF", ["keys": 1]),
            ("ssh host 'bash -s' <<EOF\nredis-cli scan 0\nEOF", ["scan": 1]),
            ("ssh -p 22 host 'redis-cli -h x' <<EOF\nSAVE\nEOF", ["save": 1]),
            ("echo 'redis-cli keys x' | sh", ["keys": 1]), ("trap 'redis-cli flushall' EXIT", ["flushall": 1]),
            ("trap -- \"redis-cli flushall\" INT TERM", ["flushall": 1]),
            ("docker exec -i c sh <<EOF\nredis-cli keys x\nEOF", ["keys": 1]),
            // Variables
            ("for c in keys scan; do redis-cli $c x; done", ["keys": 1, "scan": 1]),
            ("redis-cli \"${CMD:-keys}\" x", ["keys": 1]),
            (": \"${RC3:=redis-cli}\"\n$RC3 randomkey", ["randomkey": 1]),
            ("CMD=keys; redis-cli $CMD '*'", ["keys": 1]), ("CMD='keys *'; redis-cli $CMD", ["keys": 1]),
            ("CMD=get\nif x; then CMD=keys; fi\nredis-cli $CMD a", ["get": 1, "keys": 1]),
            ("CMD=keys\nCMD=get\nredis-cli $CMD a", ["get": 1]), ("CMD=keys\nCMD=$(x)\nredis-cli $CMD a", [:]),
            ("OPTS='-h x -n 2'; redis-cli $OPTS get a", ["select": 1, "get": 1]),
            ("A=(-h x)\nA+=(-p 1)\nredis-cli \"${A[@]}\" keys x", ["keys": 1]),
            ("SUDO=sudo\n$SUDO redis-cli keys x", ["keys": 1]),
            ("S='redis-cli keys x'\nsh -c \"$S\"", ["keys": 1]),
            // The client's own options and names
            ("redis-cli --user bob --pass pw get k", ["auth": 1, "get": 1]), ("redis-cli -a pw get k", ["get": 1]),
            ("redis-cli -u redis://bob:pw@h:1/0 get a", ["auth": 1, "select": 1, "get": 1]),
            ("redis-cli -u redis://:pw@h:1 get a", ["auth": 1, "get": 1]),
            ("redis-cli -u redis://pw@h:1 get a", ["get": 1]), ("redis-cli -3 get a", ["hello": 1, "get": 1]),
            (
                "redis-cli.exe keys x; /opt/redis-cli-7 save; redli dbsize; iredis time; rdcli info",
                [
                    "keys": 1, "save": 1, "dbsize": 1, "time": 1, "info": 1,
                ]
            ),
        ] as [(String, [String: Int])])
    func `what is sent is followed`(_ text: String, _ expected: [String: Int]) {
        let result = Lint.text("#!/bin/sh\n" + text + "\n")
        #expect(result.summary.commands == expected, "\(text)")
        #expect(result.findings.allSatisfy { $0.confidence == .high })
    }

    @Test(
        arguments: [
            ("nc host 6379 <<< \"KEYS *\"", ["keys": 1]),
            ("printf 'KEYS *\\r\\n' | nc -w1 localhost 6379", ["keys": 1]),
            ("nc localhost 6379 <<EOF\nSORT x\nGET a\nEOF", ["sort": 1, "get": 1]),
            ("exec 3<>/dev/tcp/host/6379; echo \"KEYS *\" >&3", ["keys": 1]),
            ("exec 5<>/dev/tcp/$H/6380\nprintf 'DBSIZE\\r\\n' >&5\nread x <&5", ["dbsize": 1]),
            ("exec {fd}<>/dev/tcp/$REDIS_HOST/$REDIS_PORT\necho -e 'SCAN 0\\r' >&\"${fd}\"", ["scan": 1]),
            ("exec 3>/dev/tcp/h/6379\nfor i in a b; do echo \"KEYS $i\"; done >&3", ["keys": 1]),
            ("exec 3<>/dev/tcp/h/6379\nsend() { echo \"$@\" >&3; }\nsend SCAN 0", ["scan": 1]),
            ("echo RANDOMKEY > /dev/tcp/localhost/6379", ["randomkey": 1]),
            ("(printf 'FLUSHALL\\r\\n'; sleep 1) | timeout 2 nc localhost 6379", ["flushall": 1]),
            ("{ echo LASTSAVE; } | docker exec -i c nc localhost 6379", ["lastsave": 1]),
            ("echo MONITOR | socat - TCP:localhost:6379,crnl", ["monitor": 1]),
            ("echo INFO | telnet redis.internal 7000", ["info": 1]),
            ("printf '*1\\r\\n$6\\r\\nDBSIZE\\r\\n' | nc $REDIS_HOST $PORT", ["dbsize": 1]),
            ("printf '*2\\r\\n$4\\r\\nKEYS\\r\\n$3\\r\\na b\\r\\n' | redis-cli --pipe", ["keys": 1]),
            // Other servers, and descriptors that lead elsewhere
            ("echo 'GET / HTTP/1.0' | nc www 80\necho 'KEYS *' | nc $H $P", [:]),
            ("exec 3<>/dev/tcp/www/80\necho 'GET /' >&3\nexec 4>log\necho 'KEYS *' >&4", [:]),
            ("exec 3<>/dev/tcp/h/6379\nexec 3>log\necho 'KEYS *' >&3; echo 'KEYS *' >&2; nc -z h 6379", [:]),
        ] as [(String, [String: Int])])
    func `what is sent without a client is followed, too`(_ text: String, _ expected: [String: Int]) {
        let result = Lint.text("#!/bin/bash\n" + text + "\n")
        #expect(result.summary.commands == expected, "\(text)")
    }

    @Test func `what is sent without a client is found at its line`() throws {
        let result = Lint.text("#!/bin/bash\nexec 3<>/dev/tcp/h/6379\n\necho 'KEYS *' >&3\n")
        #expect(try #require(result.findings.first).first.line == 4)
        #expect(result.findings.first?.excerpt?.text == "KEYS *")
    }

    @Test(arguments: [
        "retry 3 redis-cli flushall", "run redis-cli keys x", "assert 0 redis-cli -h x scan 0",
        "$SUDO redis-cli keys x",
        "redis-cli $OPTIONS keys x", "ok() { log \"$*\"; }\nok redis-cli flushall",
    ])
    func `a program that nobody knows may run the call among its arguments: a guess`(_ text: String) {
        let result = Lint.text("#!/bin/sh\n" + text + "\n")
        #expect(result.findings.isEmpty)
        #expect(result.hiddenFindings == 1, "\(text)")
    }

    @Test(arguments: [
        "need redis-cli curl jq", "check_installed redis-cli", "pick redis-cli get-it",
        "log \"redis-cli keys x\"", "grep -r redis-cli keys .", "x() { echo \"$@\"; }; x y",
    ])
    func `a name of the client among other words is no call`(_ text: String) {
        let result = Lint.text("#!/bin/sh\n" + text + "\n")
        #expect(result.summary.commands == [:])
        #expect(result.hiddenFindings == 0)
    }

    @Test(
        arguments: [
            ("{ make-commands; } | redis-cli", ["make-commands"]), ("seq 5 | sed 's/^/GET /' | redis-cli", ["sed"]),
            ("redis-cli < <(make-commands)", ["<(make-commands)"]), ("rc() { redis-cli \"$@\"; }", ["\"$@\""]),
            ("rc() { redis-cli \"$@\"; }\nrc ping", []), ("echo \"$line\" | redis-cli", ["\"$line\""]),
            ("redis-cli <<EOF\n$COMMAND x\nGET a\nEOF", ["$COMMAND"]), ("foo redis-cli -h x", ["redis-cli"]),
        ] as [(String, [String])])
    func `what cannot be followed is listed by the word that hides it`(_ text: String, _ expected: [String]) {
        #expect(Lint.text("#!/bin/sh\n" + text + "\n").summary.undecided.map(\.text) == expected, "\(text)")
    }

    @Test(arguments: [
        "{ ", "if ", "while ", "! ", "( ", "function f { ", "for x in y; do ", "case x in a) ", "until x; do ",
    ])
    func `blocks in each other are read however many there are`(_ opening: String) {
        let text = String(repeating: opening, count: 5_000) + "redis-cli keys x\n"
        #expect(Lint.text("#!/bin/sh\n" + text).summary.commands == ["keys": 1])
    }

    @Test(arguments: ["sudo ", "env A=1 ", "nohup "]) func `programs too deep in each other are told`(_ program: String)
    {
        let result = Lint.text("#!/bin/sh\n" + String(repeating: program, count: 5_000) + "redis-cli keys x\n")
        #expect(result.summary.problems.map(\.location.line) == [2])
        #expect(result.summary.hasFailures)
    }

    @Test func `many functions and calls of them are read in time, and are not too deep in each other`() {
        let script = (0..<5_000).map { "f\($0)() { redis-cli get \"$1\"; echo a; echo b; }\nf\($0) x\n" }.joined()
        let many = (0..<60_000).map { "g\($0)() { echo; }\n" }.joined()
        for text in [script, many] {
            let result = Lint.text(text, name: "a.sh")
            #expect(result.summary.problems.isEmpty)
            #expect(result.findings.isEmpty)
        }
    }

    @Test func `values and functions that hold themselves come to an end`() {
        let values = String(repeating: "${A:-", count: 5_000) + String(repeating: "}", count: 5_000)
        #expect(Lint.text("#!/bin/sh\n\(values)\nredis-cli keys x\n").summary.commands == ["keys": 1])
        let functions = "a() { b \"$@\"; b \"$@\"; }\nb() { a \"$@\"; a \"$@\"; }\na redis-cli keys x\n"
        #expect(Lint.text("#!/bin/sh\n\(functions)").findings.count <= 1)
    }

    @Test func `arguments are found where the call is written`() throws {
        let text = "#!/bin/sh\nrc() { redis-cli \"$@\"; }\n  rc keys '*'\n"
        let finding = try #require(Lint.text(text).findings.first)
        #expect(finding.first.line == 3)
        #expect(finding.first.columns == 6..<10)
        #expect(finding.excerpt?.text == "  rc keys '*'")
    }
}
