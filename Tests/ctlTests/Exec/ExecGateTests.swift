import Glibc
import TestSupport
import Testing

/// A shell that speaks to the cluster on several connections, in bash's own sockets.
enum Conversation {
    /// Opens connections 3, 4, … and says each line on one of them, waiting for the first line of the answer.
    static func script(_ lines: (connection: Int, line: String)...) -> String {
        let connections = Set(lines.map(\.connection)).sorted()
        return connections.map { "exec \($0)<>/dev/tcp/$REDIS_HOST/$REDIS_PORT; " }.joined()
            + lines.map { "printf '%s\\r\\n' '\($0.line)' >&\($0.connection); read -r answer <&\($0.connection); " }
            .joined()
    }

    /// The same on one connection.
    static func lines(_ lines: String...) -> String {
        "exec 3<>/dev/tcp/$REDIS_HOST/$REDIS_PORT; "
            + lines.map { "printf '%s\\r\\n' '\($0)' >&3; read -r answer <&3; " }.joined()
    }

    static func exec(
        _ options: [String], _ script: String, environment: [String: String] = [:]
    ) async throws
        -> (ending: Program.Ending, report: JSONText)
    {
        let folder = Folder()
        let ending = try await Program(
            ["exec", "--isolated", "--report", folder.path("report")] + options + ["--", "bash", "-c", script],
            environment: environment
        ).ending()
        return (ending, try JSONText(folder.read("report")))
    }
}

@Suite("clusterctl exec: what counts") struct ExecGateTests {
    @Test func `a renamed command is the one that it stands for, in the summary and in every report`() async throws {
        let folder = Folder()
        let settings = folder.write("c.toml", "[renamed-commands]\nKEYS = \"k-1\"\nGET = \"g-1\"\n")
        let ending = try await Program([
            "exec", "--config", settings, "--report", folder.path("report"), "--output", "json=\(folder.path("json"))",
            "--output", "github=\(folder.path("github"))", "--", "bash", "-c",
            Conversation.lines("k-1 *", "G-1 a", "x-1"),
        ]).ending()
        #expect(ending.status == 1)
        #expect(ending.errors.contains("refused  KEYS "), "\(ending)")
        #expect(ending.errors.contains("it is GET under another name: send GET"))
        let refusals = try JSONText(folder.read("report"))["refusals"].elements
        #expect(refusals.compactMap { $0["command"].text } == ["KEYS", "G-1", "x-1"])
        #expect(refusals.compactMap { $0["verdict"].text } == ["refused", "unknown", "unknown"])
        let findings = try JSONText(folder.read("json"))["findings"].elements
        #expect(findings.compactMap { $0["rule"].text } == ["CTL001", "CTL004", "CTL004"])
        #expect(findings[0]["instead"].text == refusals[0]["instead"].text)
        #expect(findings[1]["instead"].text == refusals[1]["instead"].text)
        // What was found is at a command, and no file is called so.
        let annotations = folder.read("github").split(separator: "\n")
        #expect(annotations.count == 3 && annotations.allSatisfy { !$0.contains("file=") && $0.contains("::bash: ") })
    }

    @Test func `another database is refused, also as a part of a transaction`() async throws {
        let (ending, report) = try await Conversation.exec(
            [], Conversation.lines("SELECT 3", "SELECT 0", "SELECT x", "MULTI", "SELECT 16", "EXEC"))
        #expect(ending.status == 1, "\(ending)")
        let refusals = report["refusals"].elements
        #expect(refusals.map { $0["command"].text } == ["SELECT 3", "SELECT 16"])
        #expect(refusals.allSatisfy { $0["verdict"].text == "other-database" && $0["count"].number == 1 })
        #expect(ending.errors.contains("keep everything in database 0"), "\(ending)")
        #expect(report["error_kinds"].elements.map { $0["error"].text } == ["ERR invalid DB index"])
    }

    @Test(arguments: [
        ("BITCOUNT none 0 -1 BIT", "BITCOUNT BIT"), ("HSCAN none 0 NOVALUES", "HSCAN NOVALUES"),
        ("BITCOUNT list 0 -1 BYTE", "BITCOUNT BYTE"), ("SET list v KEEPTTL", "SET KEEPTTL"),
        ("ZRANGE list 0 1 REV", "ZRANGE REV"), ("HSET h a 1 b 2", "HSET several fields"),
        ("ZUNIONSTORE d 1 list AGGREGATE COUNT", "ZUNIONSTORE COUNT"), ("BITOP DIFF d a b", "BITOP DIFF"),
        ("EXISTS a b", "EXISTS several keys"), ("RESTORE k 0 x REPLACE", "RESTORE REPLACE"),
    ])
    func `a newer argument counts once, whatever 2 8 answers it, alone and in a transaction`(
        line: String, name: String
    ) async throws {
        let (ending, report) = try await Conversation.exec([], Conversation.lines("RPUSH list a", line))
        #expect(ending.status == 1, "\(ending)")
        #expect(report["refusals"].elements.map { $0["command"].text } == [name])
        #expect(report["refusals"][0]["count"].number == 1)
        #expect(report["refusals"][0]["verdict"].text == "newer-argument")
        let (_, discarded) = try await Conversation.exec([], Conversation.lines("MULTI", line, "DISCARD"))
        #expect(discarded["refusals"].elements.map { $0["command"].text } == [name])
        #expect(discarded["refusals"][0]["count"].number == 1)
    }

    @Test func `locks and other errors are lines of the summary, and no failure by themselves`() async throws {
        let (ending, report) = try await Conversation.exec(
            [],
            Conversation.script(
                (3, "RPUSH list a"), (4, "MULTI"), (4, "SET stock 1"), (3, "GET stock"), (3, "GET list"), (4, "EXEC"),
                (3, "INCRBY stock x")))
        #expect(ending.status == 0, "\(ending)")
        #expect(
            ending.errorLines.first
                == "clusterctl exec: nothing was refused in 7 requests; 3 other errors: 1 LOCKED, 1 WRONGTYPE, 1 ERR")
        #expect(ending.errors.contains("LOCKED"), "\(ending)")
        let kinds = report["error_kinds"].elements
        #expect(kinds.map { $0["error"].text } == ["LOCKED", "WRONGTYPE", "ERR no number, or one that cannot be"])
        #expect(kinds.map { $0["command"].text } == ["GET", "GET", "INCRBY"])
        #expect(kinds.map { $0["first_key"].text } == ["stock", "list", "stock"])
        let (strict, _) = try await Conversation.exec(
            ["--fail-on", "warning"],
            Conversation.script((4, "MULTI"), (4, "SET stock 1"), (3, "GET stock"), (4, "EXEC")))
        #expect(strict.status == 1, "\(strict)")
    }

    @Test func `a request that is too large is counted`() async throws {
        let script =
            "exec 3<>/dev/tcp/$REDIS_HOST/$REDIS_PORT; printf '*2\\r\\n$3\\r\\nGET\\r\\n$5000\\r\\n' >&3; read -r a <&3"
        let (ending, report) = try await Conversation.exec(["--max-request-bytes", "2k"], script)
        #expect(ending.status == 1, "\(ending)")
        #expect(report["sizes"][0]["kind"].text == "request" && report["requests"].number == 1)
    }

    @Test func `the first key is a key and not a script's text`() async throws {
        let (_, report) = try await Conversation.exec(
            [],
            Conversation.lines(
                "EVAL \"return 1\" 0", "EVAL \"return 1\" 1 user:1", "PUBLISH channel text", "CONFIG GET save",
                "KEYS user:*", "GETDEL k", "MEMORY USAGE big", "NOSUCH word"))
        let keys = report["refusals"].elements.map { ($0["command"].text ?? "", $0["first_key"].text) }
        #expect(keys.map(\.0) == ["EVAL", "PUBLISH", "CONFIG GET", "KEYS", "GETDEL", "MEMORY USAGE", "NOSUCH"])
        #expect(keys.map(\.1) == ["user:1", nil, nil, "user:*", "k", "big", nil])
    }

    @Test func `a lock that its script does not release is told so`() async throws {
        let release =
            "if redis.call('\\''get'\\'',KEYS[1]) == ARGV[1] then return redis.call('\\''del'\\'',KEYS[1]) end"
        let (ending, report) = try await Conversation.exec(
            [], Conversation.lines("SET lock token NX PX 1000", "EVAL \"\(release)\" 1 lock token", "EVAL \"x\" 0"))
        let advice = report["refusals"].elements.map { $0["instead"].text ?? "" }
        try #require(advice.count == 2, "\(ending)")
        #expect(advice[0].hasPrefix("a lock taken with SET NX is never released by this"))
        #expect(advice[1] == "MULTI with WATCH, and the logic in the client")
    }
}

@Suite("clusterctl exec: options of the gate") struct ExecOptionTests {
    @Test func `a command that sends no request is no success`() async throws {
        for options in [[], ["--report-only"]] {
            let ending = try await Program(["exec"] + options + ["--", "true"]).ending()
            #expect(ending.status == 1, "\(ending)")
            #expect(ending.errors.contains("the command has not connected to the cluster: nothing was checked"))
            #expect(ending.errors.contains("REDIS_URL") && ending.errors.contains("--env"))
        }
        let connected = try await Program.run(
            "exec", "--", "bash", "-c", "exec 3<>/dev/tcp/$REDIS_HOST/$REDIS_PORT; sleep 0.2")
        #expect(connected.errors.contains("the command has connected and sent no request"), "\(connected)")
        let cli = try await Program.run("exec", "--", "redis-cli", "-p", "1", "ping")
        #expect(cli.status != 0, "\(cli)")
        let allowed = try await Program.run("exec", "--allow-no-requests", "--", "true")
        #expect(allowed.status == 0, "\(allowed)")
        #expect(allowed.errorLines.count == 1)
    }

    @Test func `templates and the sets of frameworks make variables of the command`() async throws {
        let ending = try await Program.run(
            "exec", "--env", "A={url}/0", "--env", "B={\"port\": {port}, \"host\": \"{host}\"}", "--env", "celery",
            "--env", "REDIS_HOST=other", "--allow-no-requests", "--", "sh", "-c",
            "echo $A; echo $B; echo $CELERY_BROKER_URL; echo $REDIS_HOST $REDIS_PORT; echo ${REDIS_PASSWORD-none}",
            environment: ["CELERY_BROKER_URL": "amqp://elsewhere"])
        let lines = ending.output.split(separator: "\n").map(String.init)
        try #require(lines.count == 5, "\(ending)")
        let port = lines[3].split(separator: " ").last ?? ""
        #expect(lines[0] == "redis://127.0.0.1:\(port)/0")
        #expect(lines[1] == "{\"port\": \(port), \"host\": \"127.0.0.1\"}")
        #expect(lines[2] == "redis://127.0.0.1:\(port)/0")
        #expect(lines[3].hasPrefix("other ") && lines[4] == "none")
    }

    @Test(arguments: [["--env", "fancy"], ["--env", "A={nosuch}"], ["--env", "=x"], ["--allow", " "]])
    func `a variable or a command that cannot be is one line and status 2`(options: [String]) async throws {
        let ending = try await Program(["exec"] + options + ["--", "true"]).ending()
        #expect(ending.status == 2, "\(ending)")
        #expect(ending.errorLines.count == 1, "\(ending)")
    }

    @Test func `what is allowed is shown and does not count; an allowance that nothing needs is told`() async throws {
        let script = Conversation.lines("KEYS *", "CLIENT LIST", "SET a b KEEPTTL")
        let (ending, report) = try await Conversation.exec(
            ["--allow", "keys", "--allow", "Client", "--allow", "SET", "--allow", "INFO"], script)
        #expect(ending.status == 0, "\(ending)")
        #expect(report["refused"].number == 3 && report["allowed"].number == 3)
        #expect(ending.errors.contains("allowed: KEYS (1 time), CLIENT LIST (1 time), SET KEEPTTL (1 time)"))
        #expect(ending.errors.contains("warning: --allow INFO: nothing of it was refused"))
        let (some, _) = try await Conversation.exec(["--allow", "KEYS"], script)
        #expect(some.status == 1, "\(some)")
    }

    @Test func `the configuration of lint counts: severities, fail-on and limits`() async throws {
        let folder = Folder()
        let config = folder.write(
            "config.toml", "fail-on = \"error\"\n[severity]\nrefused-command = \"note\"\n[limits]\nkey-bytes = 3\n")
        let refused = try await Program.run(
            "exec", "--config", config, "--", "bash", "-c", Conversation.lines("KEYS *"))
        #expect(refused.status == 0, "\(refused)")
        let notes = try await Program.run(
            "exec", "--config", config, "--fail-on", "note", "--", "bash", "-c", Conversation.lines("KEYS *"))
        #expect(notes.status == 1, "\(notes)")
        let long = try await Program.run(
            "exec", "--config", config, "--", "bash", "-c", Conversation.lines("SET long 1"))
        #expect(long.status == 1 && long.errors.contains("key"), "\(long)")
        let wrong = folder.write("wrong.toml", "no-such-key = 1\n")
        let ending = try await Program.run("exec", "--config", wrong, "--", "true")
        #expect(ending.status == 2 && ending.errorLines.count == 1, "\(ending)")
    }

    @Test func `the findings are written in the linter's formats`() async throws {
        let folder = Folder()
        let (ending, _) = try await Conversation.exec(
            [
                "--output", "junit=\(folder.path("junit"))", "--output", "sarif=\(folder.path("sarif"))",
                "--output", "jsonl",
            ],
            Conversation.lines("KEYS user:*", "SELECT 3", "SET k v KEEPTTL", "GET", "NOSUCH"))
        #expect(ending.status == 1)
        let findings = try ending.output.split(separator: "\n").map { try JSONText(String($0)) }
        try #require(
            findings.map { $0["rule"].text } == ["CTL001", "CTL007", "CTL005", "CTL004", "CTL006"], "\(ending)")
        #expect(findings[0]["message"].text == "KEYS is refused by the target")
        #expect(findings[2]["instead"].text?.hasPrefix("WATCH, PTTL, then MULTI, SET") == true)
        #expect(folder.read("junit").contains("failures=\"5\""))
        #expect(try JSONText(folder.read("sarif"))["runs"][0]["results"].elements.count == 5)
        let (nothing, _) = try await Conversation.exec(
            ["--output", "junit=\(folder.path("empty"))", "--output", "github"], "true")
        #expect(nothing.status == 1 && nothing.output.hasPrefix("::error "), "\(nothing)")
        #expect(folder.read("empty").contains("errors=\"1\""))
    }
}

@Suite("clusterctl exec: greetings of client libraries") struct ExecGreetingTests {
    @Test func `a greeting that the client goes on after is shown with its setting and does not count`() async throws {
        let (ending, report) = try await Conversation.exec(
            [],
            Conversation.lines(
                "HELLO 3", "CLIENT SETINFO LIB-NAME redis-py", "CLIENT SETINFO LIB-VER 5.0.1", "SET a 1", "GET a"))
        #expect(ending.status == 0, "\(ending)")
        #expect(ending.errorLines.first == "clusterctl exec: nothing was refused in 5 requests")
        let greetings = report["greetings"]
        #expect(greetings.elements.map { $0["command"].text } == ["HELLO", "CLIENT SETINFO"])
        #expect(greetings.elements.map { $0["count"].number } == [1, 2])
        #expect(greetings.elements.map { $0["libraries"].elements.map(\.text) } == [["redis-py"], ["redis-py"]])
        #expect(greetings[1]["setting"].text?.contains("lib_name=None") == true)
        #expect(report["refused"].number == 0 && report["refusals"].elements.isEmpty)
        let (strict, _) = try await Conversation.exec(
            ["--fail-on", "note"], Conversation.lines("CLIENT SETINFO LIB-NAME redis-py", "SET a 1"))
        #expect(strict.status == 1, "\(strict)")
    }

    @Test func `a greeting that nothing comes after counts, with what the library is to be set to`() async throws {
        // As node-redis 6 does: everything at once, then it closes the connection.
        let script =
            "exec 3<>/dev/tcp/$REDIS_HOST/$REDIS_PORT; "
            + "printf 'HELLO 3\\r\\nCLIENT SETINFO LIB-VER 6.2.1\\r\\nCLIENT SETINFO LIB-NAME node-redis\\r\\n' >&3; "
            + "read -r a <&3; exec 3>&-"
        let (ending, report) = try await Conversation.exec([], script)
        #expect(ending.status == 1, "\(ending)")
        #expect(report["refusals"].elements.map { $0["command"].text } == ["HELLO"])
        #expect(report["greetings"].elements.map { $0["command"].text } == ["CLIENT SETINFO"])
        let (unnamed, unnamedReport) = try await Conversation.exec([], Conversation.lines("HELLO 3"))
        #expect(unnamed.status == 1, "\(unnamed)")
        let advice = unnamedReport["refusals"][0]["instead"].text ?? ""
        #expect(advice.contains("redis-py: protocol=2") && advice.contains("node-redis: RESP: 2"), "\(advice)")
    }

    @Test func `a pool's unused connections do not count where the library has gone on over another one`() async throws
    {
        let (ending, report) = try await Conversation.exec(
            [], Conversation.script((3, "HELLO 3"), (4, "HELLO 3"), (3, "SET a 1"), (3, "GET a")))
        #expect(ending.status == 0, "\(ending)")
        #expect(report["greetings"][0]["count"].number == 2)
    }

    @Test func `a library that falls back over a new connection is told of, and does not fail`() async throws {
        // As redis-rb 6 does.
        func script(_ library: String) -> String {
            "exec 3<>/dev/tcp/$REDIS_HOST/$REDIS_PORT; "
                + "printf 'HELLO 3\\r\\nCLIENT SETINFO LIB-NAME \(library)\\r\\n' >&3; read -r a <&3; exec 3>&-; "
                + "exec 4<>/dev/tcp/$REDIS_HOST/$REDIS_PORT; "
                + "printf 'CLIENT SETINFO LIB-NAME \(library)\\r\\nSET a 1\\r\\n' >&4; read -r a <&4; read -r a <&4"
        }
        let (ending, report) = try await Conversation.exec([], script("redis-rb"))
        #expect(ending.status == 0, "\(ending)")
        let greetings = report["greetings"]
        #expect(greetings.elements.map { $0["command"].text } == ["HELLO", "CLIENT SETINFO"])
        #expect(greetings.elements.allSatisfy { $0["libraries"].elements.map(\.text) == ["redis-rb"] })
        #expect(greetings.elements.map { $0["setting"].text } == ["protocol: 2", "driver_info: false"])
        // node-redis gives up: that another client of the program has gone on says nothing of this one.
        let (fatal, _) = try await Conversation.exec([], script("node-redis"))
        #expect(fatal.status == 1, "\(fatal)")
    }

    @Test(arguments: [
        (["INFO", "SET a 1"], "INFO"), (["SET a 1", "info"], "INFO"), (["info server", "SET a 1"], "INFO"),
        (["CONFIG GET save", "SET a 1"], "CONFIG GET"), (["SET a 1", "HELLO 3", "GET a"], "HELLO"),
        (["info"], "INFO"), (["CLIENT LIST", "SET a 1"], "CLIENT LIST"),
    ])
    func `what the application asks for is no greeting`(lines: [String], command: String) async throws {
        let script =
            "exec 3<>/dev/tcp/$REDIS_HOST/$REDIS_PORT; "
            + lines.map { "printf '%s\\r\\n' '\($0)' >&3; read -r answer <&3; " }.joined()
        let (ending, report) = try await Conversation.exec([], script)
        #expect(ending.status == 1, "\(ending)")
        #expect(report["refusals"].elements.map { $0["command"].text } == [command])
    }

    @Test func `StackExchange Redis looks around and goes on, with an advice of its own`() async throws {
        let (ending, report) = try await Conversation.exec(
            [],
            Conversation.lines(
                "CLIENT SETNAME host(SE.Redis-v2.9.1)", "CONFIG GET timeout", "CONFIG GET databases",
                "INFO replication",
                "INFO server", "CLUSTER NODES", "PING", "SET a 1", "INFO replication", "KEYS *"))
        #expect(ending.status == 1, "\(ending)")
        #expect(report["refusals"].elements.map { $0["command"].text } == ["KEYS"])
        let greetings = report["greetings"]
        #expect(
            greetings.elements.map { $0["command"].text } == ["CLIENT SETNAME", "CONFIG GET", "INFO", "CLUSTER NODES"])
        #expect(greetings.elements.allSatisfy { $0["libraries"][0].text == "StackExchange.Redis" })
        #expect(greetings[1]["setting"].text?.contains("$CONFIG=") == true)
    }
}
