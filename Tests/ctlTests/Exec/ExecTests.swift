import Glibc
import TestSupport
import Testing

@Suite("clusterctl exec") struct ExecTests {
    /// A shell script that sends lines as inline commands and prints the first line of each answer.
    private static func script(_ lines: String...) -> String {
        "exec 3<>/dev/tcp/$REDIS_HOST/$REDIS_PORT; "
            + lines.map { "printf '%s\\r\\n' '\($0)' >&3; read -r answer <&3; echo \"$answer\"; " }.joined()
    }

    @Test func `the command finds the cluster in its environment`() async throws {
        let ending = try await Program.run(
            "exec", "--", "bash", "-c",
            "[ $REDIS_URL = redis://$REDIS_HOST:$REDIS_PORT ] && [ -z \"$REDIS_PASSWORD\" ] && "
                + Self.script("SET a 1", "INCR a"), environment: ["REDIS_PASSWORD": "of another server"])
        #expect(ending.status == 0, "\(ending)")
        #expect(ending.output == "+OK\r\n:2\r\n")
        #expect(ending.errors == "clusterctl exec: nothing was refused in 2 requests\n")
    }

    @Test func `with a password, the environment has it, and the URL in its encoding`() async throws {
        let ending = try await Program.run(
            "exec", "--", "sh", "-c", "echo $REDIS_URL; echo $REDIS_PASSWORD; echo $REDIS_PORT",
            environment: ["CLUSTERCTL_PASSWORD": "id:p@ss/ö"])
        let lines = ending.output.split(separator: "\n")
        try #require(lines.count == 3, "\(ending)")
        #expect(lines[0] == "redis://:id%3Ap%40ss%2F%C3%B6@127.0.0.1:\(lines[2])")
        #expect(lines[1] == "id:p@ss/ö")
    }

    @Test(arguments: [
        ("exit 0", ["--allow-no-requests"], 0), ("exit 7", [], 7), ("kill -TERM $$", [], 143),
        ("kill -INT $$", [], 130),
        ("exit 7", ["--report-only"], 7),
    ])
    func `the exit status is the command's own`(_ script: String, _ options: [String], _ status: Int) async throws {
        let ending = try await Program(["exec"] + options + ["--", "sh", "-c", script]).ending()
        #expect(ending.status == status, "\(ending)")
    }

    @Test(arguments: [([], "", 1), (["--report-only"], "", 0), ([], "exit 7", 7)])
    func `a refusal makes the status 1, unless the command's own is not 0 or only a report is wanted`(
        _ options: [String], _ end: String, _ status: Int
    ) async throws {
        let script = Self.script("KEYS *", "KEYS user:*", "SET a b KEEPTTL", "FLUSHALL") + end
        let ending = try await Program(["exec"] + options + ["--", "bash", "-c", script]).ending()
        #expect(ending.status == status, "\(ending)")
        #expect(ending.errorLines.first == "clusterctl exec: the contract refused 4 of 4 requests")
        #expect(ending.errorLines.count == 5, "a line of titles and one a command: \(ending)")
        #expect(
            ending.errorLines[2].hasPrefix("refused                 KEYS             2  *          keep an index set"))
        #expect(ending.errors.contains("newer-argument (6.0.0)  SET KEEPTTL      1  a"))
    }

    @Test func `the report is JSON with what was refused, what was too large and what to do instead`() async throws {
        let folder = Folder()
        let long = String(repeating: "k", count: 128)
        let ending = try await Program.run(
            "exec", "--report", folder.path("report"), "--", "bash", "-c",
            Self.script(
                "XADD stream 1 2 3", "SET \(long) 1", "SET \"\\xff\\x00\" 1", "DBSIZE x",
                "GETDEL \"\\xfe\""))
        #expect(ending.status == 1, "\(ending)")
        let report = try JSONText(folder.read("report"))
        #expect(report["exit_status"].number == 0)
        #expect(report["requests"].number == 5)
        #expect(report["refused"].number == 4)
        let refusals = report["refusals"].elements
        #expect(refusals.map { $0["command"].text } == ["XADD", "DBSIZE", "GETDEL"])
        #expect(refusals.map { $0["verdict"].text } == ["newer", "refused", "newer"])
        #expect(refusals.map { $0["first_key"].text } == ["stream", nil, "\u{FE}"])
        #expect(refusals.last?["first_key_base64"].text == "/g==")
        #expect(refusals.first?["since"].text == "5.0.0")
        #expect(refusals.allSatisfy { $0["count"].number == 1 && $0["clients"].names.count == 1 })
        #expect(refusals.allSatisfy { $0["instead"].text?.isEmpty == false })
        let size = report["sizes"][0]
        #expect(size["kind"].text == "key")
        #expect(size["key"].text == long)
        #expect(size["largest_bytes"].number == 128 && size["limit"].number == 127)
        #expect(folder.names.sorted() == ["report"], "left behind: \(folder.names)")
    }

    @Test(arguments: [
        (["SET a 1", "GET a"], "pw", "none of 2 requests was let in", "the command has sent none"),
        (["AUTH no", "SET a 1"], "pw", "none of 2 requests was let in", "another password than the cluster's"),
        (["AUTH no"], "", "1 request, and none that an application asks for", "the cluster has none"),
        (["CLIENT SETINFO LIB-NAME redis-py", "COMMAND DOCS"], "", "2 requests, and none", "by themselves"),
    ])
    func `what is not let in, and greetings alone, check nothing`(
        _ lines: [String], _ password: String, _ words: String, _ reason: String
    ) async throws {
        let script =
            "exec 3<>/dev/tcp/$REDIS_HOST/$REDIS_PORT; "
            + lines.map { "printf '%s\\r\\n' '\($0)' >&3; read -r answer <&3; " }.joined()
        let environment = password.isEmpty ? [:] : ["CLUSTERCTL_PASSWORD": password]
        let ending = try await Program.run("exec", "--", "bash", "-c", script, environment: environment)
        #expect(ending.status == 1, "\(ending)")
        #expect(ending.errors.contains(words) && ending.errors.contains(reason), "\(ending)")
        let allowed = try await Program.run(
            "exec", "--allow-no-requests", "--", "bash", "-c", script, environment: environment)
        #expect(allowed.status == 0, "\(allowed)")
    }

    @Test(arguments: [
        "MSET a 1 b", "MSETNX a 1 b", "PING a b", "HMSET h f", "ZADD z 1 a 2", "ZRANGE z 0 1 WITHSCORES x",
    ])
    func `a wrong number of arguments that the command itself counts`(_ line: String) async throws {
        let ending = try await Program.run("exec", "--", "bash", "-c", Self.script(line))
        #expect(ending.status == 1, "\(ending)")
        #expect(ending.errors.contains("the status is 1 because of wrong-arity"), "\(ending)")
        let folder = Folder()
        let lint = try await Program.run("lint", "--isolated", folder.write("one.redis", "GET a\n\(line)\n"))
        #expect(lint.status == 1 && lint.output.contains("wrong-arity"), "\(lint)")
        let explain = try await Program(["explain"] + line.split(separator: " ").map(String.init)).ending()
        #expect(explain.output.contains("wrong number of words"), "\(explain)")
    }

    @Test func `options of start hold`() async throws {
        let ending = try await Program.run(
            "exec", "--shards", "1", "--max-key-bytes", "1", "--terse-errors", "--report-only", "--", "bash", "-c",
            Self.script("SET ab 1", "KEYS *"))
        #expect(ending.status == 0)
        #expect(ending.output == "-ERR key is 2 bytes, the limit is 1\r\n-ERR unknown command 'KEYS'\r\n")
    }

    @Test(arguments: [
        (["--", "no-such-command"], 127), (["--", "/no/such/command"], 127), (["--", "/etc/passwd"], 126),
        (["--", "/tmp"], 126), ([], 2), (["true"], 2), (["--report", "/no/such/folder/x", "--", "true"], 2),
        (["--shards", "0", "--", "true"], 2),
    ])
    func `what cannot be run ends in one line`(_ arguments: [String], _ status: Int) async throws {
        let ending = try await Program(["exec"] + arguments).ending()
        #expect(ending.status == status, "\(ending)")
        #expect(ending.errorLines.count == 1, "\(ending)")
        #expect(ending.errors.hasPrefix("clusterctl exec: "), "\(ending)")
    }

    @Test func `a script without a first line for the system is run by the shell`() async throws {
        let folder = Folder()
        let ending = try await Program.run(
            "exec", "--", folder.write("script", "echo $1; exit 3\n", mode: 0o755), "word")
        #expect(ending.output == "word\n", "\(ending)")
        #expect(ending.status == 3)
    }
}

@Suite("clusterctl exec: signals and ends") struct ExecEndTests {
    @Test(arguments: [(SIGTERM, "TERM"), (SIGINT, "INT"), (SIGHUP, "HUP"), (SIGUSR1, "USR1")])
    func `signals reach the command`(_ signal: CInt, _ name: String) async throws {
        let program = try Program([
            "exec", "--", "sh", "-c", "trap 'echo got it; exit 9' \(name); echo up; while :; do sleep 0.05; done",
        ])
        #expect(await isTrueSoon { program.output == "up\n" })
        program.send(signal)
        let ending = try await program.ending()
        #expect(ending.output == "up\ngot it\n")
        #expect(ending.status == 9, "\(ending)")
    }

    @Test func `the command has the signals of a program that was started alone`() async throws {
        let ending = try await Program.run("exec", "--", "sh", "-c", "grep -E '^Sig(Blk|Ign)' /proc/self/status")
        let masks = ending.output.split(separator: "\n").map { UInt64($0.split(separator: "\t").last ?? "", radix: 16) }
        // From the 32nd on they are the C library's own.
        #expect(masks.map { $0.map { $0 & 0x7FFF_FFFF } } == [0, 0], "\(ending)")
    }

    @Test func `the command dies with the program, however that dies`() async throws {
        // Longer than all tests together take: this one goes on when the others let it.
        let program = try Program(["exec", "--", "sh", "-c", "echo $$; exec sleep 100000"])
        #expect(await isTrueSoon { program.output.hasSuffix("\n") })
        let child = try #require(pid_t(program.output.dropLast()))
        program.send(SIGKILL)
        #expect(try await program.ending().status == 137)
        #expect(await isTrueSoon { !isRunning(child) }, "process \(child) is left")
    }

    @Test func `what the command leaves behind does not keep the port`() async throws {
        let ending = try await Program.run(
            "exec", "--", "sh", "-c", "sleep 100000 > /dev/null 2>&1 & echo $! $REDIS_PORT")
        let words = ending.output.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        try #require(words.count == 2, "\(ending)")
        defer { kill(pid_t(words[0]), SIGKILL) }
        #expect(isRunning(pid_t(words[0])))
        #expect(throws: SocketFailure.self) { try Client(port: words[1]) }
        #expect(!Folder.runtime.exists("clusterctl/\(words[1]).sock"))
    }

    /// Whether a process is there and is not only waiting to be forgotten.
    private func isRunning(_ identifier: pid_t) -> Bool {
        guard let file = fopen("/proc/\(identifier)/stat", "r") else { return false }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 512)
        guard fgets(&line, CInt(line.count), file) != nil else { return false }
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return text.split(separator: ")").last?.dropFirst().first != "Z"
    }
}
