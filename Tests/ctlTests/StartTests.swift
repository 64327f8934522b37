import Glibc
import TestSupport
import Testing

@Suite("clusterctl start") struct StartTests {
    @Test func `the first line says where the cluster is, and nothing else is on stdout`() async throws {
        let cluster = try await Cluster("--shards", "5")
        #expect(cluster.program.output == "ready redis://127.0.0.1:\(cluster.port)\n")
        let client = try cluster.client()
        #expect(try client.ask("SET", "user:1", "anna") == "OK")
        #expect(try client.ask("GET", "user:1") == "anna")
        let ending = try await cluster.stop()
        #expect(ending.status == 0, "\(ending)")
        #expect(ending.output == "ready redis://127.0.0.1:\(cluster.port)\n")
    }

    @Test func `port file and pid file are there while it runs`() async throws {
        let folder = Folder()
        let cluster = try await Cluster("--port-file", folder.path("port"), "--pid-file", folder.path("pid"))
        #expect(folder.read("port") == "\(cluster.port)\n")
        #expect(folder.read("pid") == "\(cluster.program.identifier)\n")
        try await cluster.stop()
        #expect(folder.names.isEmpty, "left behind: \(folder.names)")
    }

    @Test func `a pid file that another process has written meanwhile is left alone`() async throws {
        let folder = Folder()
        let cluster = try await Cluster("--pid-file", folder.path("pid"))
        folder.write("pid", "1\n")
        try await cluster.stop()
        #expect(folder.read("pid") == "1\n")
    }

    @Test func `a taken port ends in one line and status 2`() async throws {
        let cluster = try await Cluster()
        let ending = try await Program.run("start", "--port", "\(cluster.port)")
        #expect(ending.status == 2)
        #expect(ending.output.isEmpty)
        #expect(ending.errorLines.count == 1, "\(ending)")
        #expect(ending.errors.hasPrefix("clusterctl start: port of 127.0.0.1:\(cluster.port) is taken: "))
        try await cluster.stop()
    }

    @Test(arguments: [
        ["--port", "65536"], ["--port", "x"], ["--port"], ["--shards", "0"], ["--shards", "16385"], ["--loops", "0"],
        ["--replicas", "101"], ["--fsync", "sometimes"], ["--node-timeout", "soon"], ["--dir", "/proc/none"],
        ["--idle-timeout", "3x"], ["--idle-timeout", "-1"], ["--max-key-bytes", "0"],
        ["--max-value-bytes", "9999999g"], ["--max-request-bytes", "10 MB"], ["--max-clients", "many"],
        ["--transaction-locks", "never"], ["--exec-delay", "soon"], ["--log-level", "loud"], ["--log-format", "xml"],
        ["--bind", "192.0.2.1"], ["--bind", "no such name", "--no-password-is-fine"],
        ["--password-file", "/no/such/file"], ["--pid-file", "/no/such/folder/pid"],
        ["--port-file", "/no/such/folder/port"], ["--unixsocket", "/no/such/folder/socket"],
        ["--admin-socket", "/no/such/folder/socket"], ["--unixsocket", String(repeating: "x", count: 200)],
        ["--password", "secret"], ["surplus"],
    ])
    func `a bad value ends in one line and status 2`(_ options: [String]) async throws {
        let ending = try await Program(["start", "--port", "0"] + options).ending()
        #expect(ending.status == 2, "\(ending)")
        #expect(ending.output.isEmpty, "\(ending)")
        #expect(ending.errorLines.count == 1, "\(ending)")
        #expect(ending.errors.hasPrefix("clusterctl start: "), "\(ending)")
        #expect(ending.errors.split(separator: ":").count >= 3, "what is wrong, and what to do: \(ending)")
    }

    @Test(arguments: [
        (["--fsync", "always"], "--fsync is for the logs in --dir"),
        (["--rewrite-percentage", "50"], "--rewrite-percentage is for the logs in --dir"),
        (["--rewrite-minimum", "1k", "--load", "dump.rdb"], "--rewrite-minimum is for the logs in --dir"),
        (["--strict"], "--strict is for what --dir or --load reads"),
        (["--replicas", "0", "--replication-lag", "50ms"], "with --replicas 0 nothing can lag behind"),
        (["--dir", ""], "write the name of a folder"), (["--pid-file", ""], "write the name of a file"),
        (["--load", ""], "write the name of a file or a server"), (["--unixsocket", ""], "write the name of a socket"),
        (["--replicas", "-1"], "write a whole number from 0 to 100"),
        (["--seed", "-1"], "'-1' is invalid for '--seed"),
        (["--max-memory", "-1"], "write bytes"), (["--idle-timeout", "-1"], "write seconds"),
    ])
    func `an option without effect, or a value that cannot be, is told with what to write`(
        _ options: [String], _ part: String
    ) async throws {
        let ending = try await Program(["start", "--port", "0"] + options).ending()
        #expect(ending.status == 2 && ending.output.isEmpty, "\(ending)")
        #expect(ending.errorLines.count == 1 && ending.errors.contains(part), "\(ending)")
    }

    @Test func `a default that is given where it has no effect is no contradiction`() async throws {
        let cluster = try await Cluster("--replicas", "0", "--replication-lag", "0", "--wait-for-primary")
        #expect(try await cluster.stop().status == 0)
    }

    @Test func `a taken port of the metrics is told with their option`() async throws {
        let cluster = try await Cluster()
        let ending = try await Program.run("start", "--port", "0", "--metrics", "\(cluster.port)")
        #expect(ending.status == 2 && ending.errorLines.count == 1, "\(ending)")
        #expect(ending.errors.contains("choose another with --metrics"), "\(ending)")
        try await cluster.stop()
    }

    @Test func `a public address needs a password, or the word that none is fine`() async throws {
        let refused = try await Program.run("start", "--port", "0", "--bind", "0.0.0.0")
        #expect(refused.status == 2)
        #expect(refused.errors.contains("--password-file"))
        let open = try await Cluster("--bind", "0.0.0.0", "--no-password-is-fine")
        #expect(open.program.output.hasPrefix("ready redis://0.0.0.0:"))
        try await open.stop()
        let closed = try await Cluster("--bind", "0.0.0.0", environment: ["CLUSTERCTL_PASSWORD": "secret"])
        #expect(try closed.client().ask("GET", "a") == "NOAUTH Authentication required.")
        try await closed.stop()
    }

    @Test func `sizes and times of the options hold`() async throws {
        let cluster = try await Cluster(
            "--max-key-bytes", "10", "--max-value-bytes", "1k", "--max-request-bytes", "4KiB", "--terse-errors",
            "--max-clients", "3")
        let client = try cluster.client()
        #expect(try client.ask("SET", "0123456789", "a") == "OK")
        #expect(try client.ask("SET", "0123456789a", "a").hasPrefix("ERR key is 11 bytes"))
        #expect(try client.ask("SET", "a", String(repeating: "x", count: 1024)) == "OK")
        #expect(try client.ask("SET", "a", String(repeating: "x", count: 1025)).hasPrefix("ERR"))
        #expect(try client.ask("KEYS", "*") == "ERR unknown command 'KEYS'")
        #expect(
            try cluster.client().ask("SET", "a", String(repeating: "x", count: 5000)).hasPrefix("ERR Protocol error"))
        try await cluster.stop()
    }

    @Test func `no idle client is closed where the time is 0`() async throws {
        let cluster = try await Cluster("--idle-timeout", "0")
        let client = try cluster.client()
        #expect(try client.ask("PING") == "PONG")
        try await Task.sleep(for: .milliseconds(400))
        #expect(try client.ask("PING") == "PONG")
        try await cluster.stop()
    }

    @Test func `an idle client is closed after the time that was given`() async throws {
        let cluster = try await Cluster("--idle-timeout", "300ms")
        let client = try cluster.client()
        #expect(try client.ask("PING") == "PONG")
        #expect(throws: SocketFailure.self) { try client.receive() }
        try await cluster.stop()
    }
}

@Suite("clusterctl start: its end", .blocking) struct StartEndTests {
    @Test(arguments: [SIGINT, SIGTERM])
    func `a signal ends it with status 0`(_ signal: CInt) async throws {
        let cluster = try await Cluster()
        let client = try cluster.client()
        #expect(try client.ask("PING") == "PONG")
        cluster.program.send(signal)
        let ending = try await cluster.program.ending()
        #expect(ending.status == 0, "\(ending)")
        #expect(throws: SocketFailure.self) { try cluster.client() }
    }

    /// A client whose EXEC has been read and waits for its delay: from then on its key is held.
    private func clientInExec(of cluster: Cluster) async throws -> Client {
        let client = try cluster.client()
        #expect(try client.ask("MULTI") == "OK")
        #expect(try client.ask("SET", "a", "1") == "QUEUED")
        try client.send("EXEC")
        let other = try cluster.client()
        #expect(await isTrueSoon { (try? other.ask("GET", "a").hasPrefix("LOCKED")) == true })
        return client
    }

    @Test func `a request under way is answered before the end`() async throws {
        let cluster = try await Cluster("--exec-delay", "700ms", "--transaction-locks", "exec")
        let client = try await clientInExec(of: cluster)
        cluster.program.send(SIGTERM)
        #expect(try client.receive().line == "OK")
        #expect(try await cluster.program.ending().status == 0)
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)])
    func `a second signal ends it at once`(_ signal: CInt, _ status: Int) async throws {
        let cluster = try await Cluster("--exec-delay", "10m", "--transaction-locks", "exec")
        let client = try await clientInExec(of: cluster)
        defer { withExtendedLifetime(client) {} }
        cluster.program.send(signal)
        // The cluster waits five seconds for the client; nobody may take this thread away for so long.
        #expect(waits { cluster.program.errors.contains("a signal ends the cluster") })
        cluster.program.send(signal)
        #expect(try await cluster.program.ending().status == status)
    }
}
