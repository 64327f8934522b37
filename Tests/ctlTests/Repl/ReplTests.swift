import Glibc
import TestSupport
import Testing

@Suite("clusterctl repl without a terminal") struct ReplTests {
    private func script(_ text: String, _ options: String...) throws -> Peer.Ending {
        try Peer.run(Program.path, ["repl", "--embedded"] + options, input: Array(text.utf8))
    }

    @Test func `one command writes its reply and ends well`() async throws {
        let run = try await Program.run("repl", "--embedded", "--", "SET", "k", "a b")
        #expect(run.status == 0 && run.output == "OK\n" && run.errors.isEmpty, "\(run)")
    }

    @Test func `the words of one command are taken as the shell gave them`() async throws {
        let run = try await Program.run("repl", "--embedded", "--", "ECHO", #"a "b" \x41"#)
        #expect(run.output == #"a "b" \x41"# + "\n")
    }

    @Test func `the bytes of one command need not be text`() throws {
        let line = #"exec "$0" repl --embedded --mode json -- ECHO "$(printf '\377\376')""#
        let run = try Peer.run("/bin/sh", ["-c", line, Program.path])
        #expect(run.output == "{\"base64\":\"//4=\"}\n", "\(run)")
    }

    @Test func `an error reply ends one command with 1`() async throws {
        let run = try await Program.run("repl", "--embedded", "--check", "off", "--", "GET")
        #expect(run.status == 1)
        #expect(run.output == "ERR wrong number of arguments for 'get' command\n\n")
        #expect(run.errors.isEmpty)
    }

    @Test func `a script stops at its first error and names file and line`() throws {
        let folder = Folder()
        let path = folder.write("seed.redis", "# seed\nSET k v\n\nLPUSH k x\nSET other v\n")
        let run = try script("", "--file", path)
        #expect(run.status == 1)
        #expect(run.output == "OK\nWRONGTYPE Operation against a key holding the wrong kind of value\n\n")
        #expect(
            run.errors
                == "\(path):4: LPUSH answered: WRONGTYPE Operation against a key holding the wrong kind of value\n")
    }

    @Test func `--keep-going runs the rest, and the status still tells`() throws {
        let run = try script("LPUSH k 1\nGET k\nLLEN k\n", "--keep-going")
        #expect(run.status == 1)
        #expect(run.output.hasSuffix("\n1\n"))
        #expect(run.errors.hasPrefix("(standard input):2: GET answered: WRONGTYPE"))
    }

    @Test func `quotes that do not match are an error with its line`() throws {
        let run = try script("PING\nGET \"k\n")
        #expect(run.status == 1)
        #expect(run.output == "PONG\nInvalid argument(s)\n")
        #expect(run.errors == "(standard input):2: the quotes do not match\n")
    }

    @Test func `lines may end with CR LF and the last one with nothing`() throws {
        let run = try script("SET k v\r\nGET k")
        #expect(run.output == "OK\nv\n" && run.status == 0)
    }

    @Test func `exit ends a script early and well`() throws {
        #expect(try script("PING\nexit\nNOSUCH\n").status == 0)
    }

    @Test func `the check warns in the words of lint`() throws {
        let folder = Folder()
        let path = folder.write("a.redis", "SELECT 3\n")
        let run = try script("", "--file", path)
        let lint = try Peer.run(Program.path, ["lint", "--isolated", "--output", "concise", path])
        let finding = try #require(lint.output.split(separator: "\n").first, "\(lint)")
        let words = try #require(finding.firstMatch(of: /CTL[0-9]+ (.*)$/)?.1)
        #expect(run.errors.contains("warning: CTL007 other-database: \(words)\n"), "\(run.errors)\(finding)")
        #expect(run.status == 1)
    }

    @Test(arguments: [
        ("KEYS *", "CTL001"), ("EVAL x 0", "CTL002"), ("GEOADD a 1 1 m", "CTL003"), ("NOSUCH", "CTL004"),
        ("SET k v KEEPTTL", "CTL005"), ("GET", "CTL006"), ("SELECT 1", "CTL007"),
        ("GET \(String(repeating: "k", count: 128))", "CTL008"), ("SETRANGE k 1000000 x", "CTL009"),
    ])
    func `--check block sends nothing that would be refused`(line: String, rule: String) throws {
        let run = try script("\(line)\n", "--check", "block")
        #expect(run.output.isEmpty)
        #expect(run.status == 1)
        #expect(run.errors.hasPrefix("not sent: \(rule) "), "\(run.errors)")
    }

    @Test func `what is allowed just so is sent without a word`() throws {
        let key = String(repeating: "k", count: 127)
        let run = try script("SET \(key) v\nGET \(key)\nSETRANGE r 999999 x\nSELECT 0\n", "--check", "block")
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    }

    @Test func `a server that is not there ends with 3 and one line`() async throws {
        let run = try await Program.run("repl", "redis://127.0.0.1:1", "--", "PING")
        #expect(run.status == 3)
        #expect(run.errorLines.first == "Could not connect to Redis at 127.0.0.1:1: Connection refused")
        #expect(run.output.isEmpty)
    }

    @Test(arguments: [
        (["repl", "rediss://h"], "TLS (rediss://) is not supported"),
        (["repl", "ftp://h"], "the scheme must be redis:// or unix://"),
        (["repl", "--embedded", "redis://h"], "leave the address out"),
        (["repl", "--file", "x", "--", "PING"], "give one of them"),
        (["repl", "--mode", "yaml"], "yaml"),
        (["repl", "--raw"], "--no-raw"),
    ])
    func `a wrong use ends with 2 and one line`(arguments: [String], words: String) async throws {
        let run = try await Program(arguments).ending()
        #expect(run.status == 2)
        #expect(run.errorLines.count == 1 && run.errors.contains(words), "\(run)")
    }

    @Test func `a folder is no script`() throws {
        let run = try script("", "--file", "/tmp")
        #expect(run.status == 3)
        #expect(run.errors == "clusterctl repl: /tmp: Is a directory: name a file that can be read\n")
    }

    @Test func `a look at a key without a password ends with 1`() async throws {
        let cluster = try await Cluster(environment: ["CLUSTERCTL_PASSWORD": "pass"])
        let run = try Peer.run(
            Program.path, ["repl", "redis://127.0.0.1:\(cluster.port)"], input: Array(":peek k\n".utf8))
        #expect(run.status == 1 && run.errors.hasPrefix("(error) NOAUTH"), "\(run)")
        try await cluster.stop()
    }

    @Test(arguments: [
        (">&-", "clusterctl: the output cannot be written: Bad file descriptor\n", 3),
        ("> /dev/full", "clusterctl: the output cannot be written: No space left on device\n", 3),
        ("| true", "", 141),
    ])
    func `an output that takes nothing`(target: String, errors: String, status: Int32) throws {
        let folder = Folder()
        // The reader has gone before anything is written.
        let line = "(sleep 0.5; echo INCR n; echo INCR n) | \"$0\" repl --embedded \(target); exit ${PIPESTATUS[1]}"
        let run = try Peer.run("/bin/bash", ["-c", line, Program.path], environment: ["XDG_RUNTIME_DIR": folder.path])
        #expect(run.status == status && run.errors == errors && run.output.isEmpty, "\(run)")
        #expect(folder.names.isEmpty, "\(folder.names)")
    }

    @Test func `a script that cannot be read ends with 3`() throws {
        let run = try script("", "--file", "/nonexistent/x")
        #expect(run.status == 3)
        #expect(run.errors.hasPrefix("clusterctl repl: /nonexistent/x: No such file or directory"))
    }

    @Test func `the password is taken from the environment, a file and the address`() async throws {
        let cluster = try await Cluster(environment: ["CLUSTERCTL_PASSWORD": "pass"])
        let uri = "redis://127.0.0.1:\(cluster.port)"
        let folder = Folder()
        let file = folder.write("password", "pass\n", mode: 0o600)
        let none = try await Program.run("repl", uri, "--", "PING")
        #expect(none.status == 1 && none.output.hasPrefix("NOAUTH"), "\(none)")
        for arguments in [
            [uri, "--password-file", file], ["redis://:pass@127.0.0.1:\(cluster.port)"],
        ] {
            let run = try await Program(["repl"] + arguments + ["--", "PING"]).ending()
            #expect(run.output == "PONG\n", "\(run)")
        }
        for name in ["CLUSTERCTL_PASSWORD", "REDISCLI_AUTH"] {
            let run = try await Program.run("repl", uri, "--", "PING", environment: [name: "pass"])
            #expect(run.output == "PONG\n", "\(name): \(run)")
        }
        let wrong = try await Program.run("repl", "redis://:wrong@127.0.0.1:\(cluster.port)", "--", "PING")
        #expect(wrong.errors.contains("AUTH failed: ERR invalid password") && !wrong.errors.contains("wrong@"))
        try await cluster.stop()
    }

    @Test func `every reply is valid JSON, names with values an object`() throws {
        let lines = """
            HMSET h f v "g\\xff" w
            HGETALL h
            DEL h
            HSET h f v
            HGETALL h
            ZADD z 1.5 m 2 n inf o
            ZRANGE z 0 -1 WITHSCORES
            ZRANGE z 0 0
            GET none
            MGET none
            SET b "\\xff\\x00"
            GET b
            NOSUCH
            SMEMBERS none
            """
        let run = try script(lines, "--mode", "json", "--keep-going", "--check", "off")
        let values = run.output.split(separator: "\n").map(String.init)
        #expect(
            values.prefix(12) == [
                #""OK""#, #"["f","v",{"base64":"Z/8="},"w"]"#, "1", "1", #"{"f":"v"}"#, "3",
                #"{"m":1.5,"n":2,"o":"inf"}"#, #"["m"]"#, "null", "[null]", #""OK""#, #"{"base64":"/wA="}"#,
            ], "\(run.output)")
        #expect(values[12].hasPrefix(#"{"error":"ERR unknown command 'NOSUCH'"#))
        #expect(values[13] == "[]")
        for value in values { _ = try JSONText("{\"value\":\(value)}") }
    }

    @Test func `the dialect of 2.8 has its own words for nothing`() throws {
        let lines = "SMEMBERS none\nGET none\n"
        #expect(try script(lines, "--mode", "tty").output == "(empty list or set)\n(nil)\n")
        #expect(try script(lines, "--mode", "tty", "--dialect", "7").output == "(empty array)\n(nil)\n")
        #expect(try script(lines, "--mode", "csv").output == "\nNIL\n")
        #expect(try script(lines, "--mode", "csv", "--dialect", "7").output == "\nNULL\n")
    }

    @Test func `verbs work in scripts`() throws {
        let folder = Folder()
        let inner = folder.write("inner.redis", "SET k 1\nINCR k\n")
        let run = try script(":slot {a}b\n:source \(inner)\n:mode tty\nGET k\n:peek k\n:explain KEYS\n")
        #expect(
            run.output.hasPrefix("15495\nOK\n2\n\"2\"\ntype   string\nttl    none\nsize   1 byte, 0 % of the limit"))
        #expect(run.output.contains("verdict    refused"), "\(run.output)")
        #expect(run.status == 0)
        let wrong = try script(":nosuch\n")
        #expect(
            wrong.status == 2 && wrong.errors == "(standard input):1: there is no verb :nosuch: `:help` lists them\n")
        let queued = try script("MULTI\n:peek k\n")
        #expect(queued.errors == "(standard input):2: :peek needs answers at once: EXEC or DISCARD first\n")
        let loop = folder.path("loop.redis")
        folder.write("loop.redis", ":source \(loop)\n")
        #expect(try script(":source \(loop)\n").errors.contains("files run each other without end"))
    }

    @Test func `peek measures every type against the limit`() throws {
        let run = try script(
            """
            RPUSH l ab c
            SADD s ab c
            HSET h f val
            ZADD z 1 ab
            EXPIRE l 100
            :peek l
            :peek s
            :peek h
            :peek z
            :peek none
            """, "--check", "block")
        for line in ["type   list, 2 elements", "size   3 bytes,", "size   4 bytes,", "size   10 bytes,"] {
            #expect(run.output.contains(line), "\(line)\n\(run.output)")
        }
        #expect(run.output.contains("none: there is no such key"))
        #expect(run.status == 0, "\(run.errors)")
    }

    @Test func `help is the catalog's, without a server`() async throws {
        let folder = Folder()
        let path = folder.write("help.redis", "help set\nhelp @list\nhelp nosuch\n:help\n")
        let run = try await Program.run("repl", "redis://127.0.0.1:1", "--file", path)
        #expect(run.status == 0 && run.errors.isEmpty)
        for words in [
            "SET key value [EX seconds] [PX milliseconds] [NX|XX]", "LPUSH key value [value ...]", "BLPOP unlisted",
            "No Redis has a command 'NOSUCH'", ":peek KEY",
        ] {
            #expect(run.output.contains(words), "\(words)\n\(run.output)")
        }
    }

    @Test func `nothing is left of a cluster inside the process`() async throws {
        let folder = Folder()
        for signal in [SIGTERM, SIGINT] {
            let program = try Program(
                ["repl", "--embedded", "--file", "/dev/stdin"], environment: ["XDG_RUNTIME_DIR": folder.path])
            _ = try await program.ending()
            #expect(folder.names.isEmpty, "\(folder.names)")
            let mute = try Program(
                ["repl", "--embedded", "--", "PING"], environment: ["XDG_RUNTIME_DIR": folder.path])
            mute.send(signal)
            _ = try await mute.ending()
            #expect(folder.names.isEmpty, "\(folder.names)")
        }
    }
}
