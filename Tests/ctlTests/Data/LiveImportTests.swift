import TestSupport
import Testing

/// `clusterctl import redis://…`: from a server that sends its keys, and from one that has to be asked for each.
@Suite("clusterctl import from a server", .blocking)
struct LiveImportTests {
    private static let hasRedis = Machine.has(RedisServer.program)
    private static let secret = "open-sesame"

    /// Keys of every type, small and large, with and without a time to live.
    private static let requests: [[[UInt8]]] = {
        var requests: [[any RequestArgument]] = [
            ["SET", "text", "value"], ["SET", "empty", ""], ["SET", "number", 12_345],
            ["SET", [0xFF, 0x00, 0x0A, 0x22], [0x00, 0xFF, 0x0D]], ["SETEX", "later", 10_000, "soon gone"],
            ["SET", "long", String(repeating: "ab", count: 300_000)],
            ["RPUSH", "list", "a", "", 7, String(repeating: "x", count: 100)], ["PEXPIRE", "list", 20_000_000],
            ["SADD", "numbers", 1, 2, -3], ["SADD", "words", "one", "two", ""],
            ["HMSET", "hash", "field", "value", "", "empty", "number", 5],
            ["ZADD", "board", "1.5", "a", "0.1", "b", "-inf", "low", "+inf", "high", "1e300", "far"],
        ]
        for part in 0..<25 {
            requests.append(["RPUSH", "long list"] + (0..<1_000).map { part * 1_000 + $0 })
            requests.append(["SADD", "large set"] + (0..<40).map { "member \(part * 40 + $0)" })
            requests.append(["HMSET", "large hash"] + (0..<80).map { "\(part * 40 + $0 / 2) \($0 % 2)" })
            requests.append(["ZADD", "large board"] + (0..<80).map { $0 % 2 == 0 ? "\($0).25" : "\(part) \($0)" })
        }
        requests += (0..<500).map { ["SET", "key:\($0)", $0] }
        return requests.map { $0.map(\.requestBytes) }
    }()

    private static let keys: [[UInt8]] = Array(Set(requests.map { $0[1] }))

    /// The list that `--keys` takes.
    private static let list = keys.map { key in
        String(validating: key, as: UTF8.self) ?? key.quoted
    }.joined(separator: "\n")

    private static func fill(_ client: TestClient) throws {
        for reply in try client.pipeline(requests) { #expect(reply.errorText == nil) }
    }

    private static func expectSame(_ source: TestClient, _ cluster: Cluster) throws {
        let ours = try Contents(of: keys, try TestClient(.port(cluster.port)))
        #expect(ours.keys.count == keys.count)
        let differences = ours.differences(from: try Contents(of: keys, source))
        #expect(differences.isEmpty, "\(differences.prefix(5).joined(separator: "\n"))")
    }

    private static func url(_ server: RedisServer, password: String? = nil) -> String {
        guard case .path(let path) = server.endpoint else { return "" }
        return "unix://" + (password.map { ":\($0)@" } ?? "") + path
    }

    @Test(.enabled(if: hasRedis, "redis-server is not installed"), arguments: [[], ["--strict"]])
    func `a server that has SYNC sends its keys as they are at one instant`(_ options: [String]) async throws {
        let server = try RedisServer()
        let source = try TestClient(server.endpoint)
        try Self.fill(source)
        let cluster = try await Cluster("--replicas", "0")
        let ending = try await Program(["import", "--port", "\(cluster.port)", Self.url(server)] + options).ending()
        #expect(ending.status == 0, "\(ending)")
        #expect(ending.errorLines.count == 1 && ending.errors.hasSuffix(": \(Self.keys.count) keys\n"), "\(ending)")
        try Self.expectSame(source, cluster)
        try await cluster.stop()
    }

    @Test(.enabled(if: hasRedis, "redis-server is not installed"), arguments: [[], ["--strict"]])
    func `a server that refuses SYNC is read by SCAN, which is told`(_ options: [String]) async throws {
        let server = try RedisServer(options: ["--rename-command", "SYNC", ""])
        let source = try TestClient(server.endpoint)
        try Self.fill(source)
        let cluster = try await Cluster("--replicas", "0")
        let ending = try await Program(["import", "--port", "\(cluster.port)", Self.url(server)] + options).ending()
        #expect(ending.status == 0, "\(ending)")
        #expect(ending.errorLines.count == 2, "\(ending)")
        #expect(ending.errorLines.first?.contains("refuses SYNC (ERR unknown command") == true, "\(ending)")
        #expect(ending.errorLines.first?.hasSuffix("by SCAN one after another, not as they are at one instant") == true)
        try Self.expectSame(source, cluster)
        try await cluster.stop()
    }

    @Test func `a Cluster edition is read by the names of its keys`() async throws {
        let folder = Folder()
        folder.write("keys.txt", Array((Self.list + "\nnot there\n").utf8))
        let other = try await Cluster("--replicas", "0")
        let source = try TestClient(.port(other.port))
        try Self.fill(source)
        let cluster = try await Cluster("--replicas", "0")
        let ending = try await Program.run(
            "import", "--port", "\(cluster.port)", "--keys", folder.path("keys.txt"), "redis://127.0.0.1:\(other.port)")
        #expect(ending.status == 0, "\(ending)")
        #expect(ending.errors.contains("the listed keys are read one after another, not as they are at one instant"))
        #expect(ending.errors.hasSuffix(": \(Self.keys.count) keys, 1 not there\n"), "\(ending)")
        try Self.expectSame(source, cluster)
        try await cluster.stop()
        try await other.stop()
    }

    @Test func `a key whose deadline has wrapped around is carried without one`() async throws {
        let folder = Folder()
        folder.write("keys.txt", Array("wrapped\nfar\n".utf8))
        let (other, cluster) = (try await Cluster("--replicas", "0"), try await Cluster("--replicas", "0"))
        let source = try TestClient(.port(other.port))
        try source("SET", "wrapped", "v", "PX", Int.max)
        try source("SET", "far", "v", "PX", 1 << 62)
        let ending = try await Program.run(
            "import", "--port", "\(cluster.port)", "--keys", folder.path("keys.txt"), "redis://127.0.0.1:\(other.port)")
        #expect(ending.status == 0, "\(ending)")
        let client = try TestClient(.port(cluster.port))
        #expect(try client("GET", "wrapped") == .text("v"))
        #expect(try client("TTL", "wrapped") == .integer(-1))
        #expect(try client("TTL", "far") != .integer(-1))
        #expect(try client("GET", "far") == .text("v"))
        try await cluster.stop()
        try await other.stop()
    }

    @Test func `a Cluster edition whose keys nobody names is one line that says what to do`() async throws {
        let other = try await Cluster("--replicas", "0")
        let cluster = try await Cluster("--replicas", "0")
        let url = "redis://127.0.0.1:\(other.port)"
        for arguments in [["import", "--port", "\(cluster.port)", url], ["start", "--port", "0", "--load", url]] {
            let ending = try await Program(arguments).ending()
            #expect(ending.status == 3 && ending.errorLines.count == 1, "\(ending)")
            #expect(ending.errors.contains("has neither SYNC nor SCAN"), "\(ending)")
            #expect(ending.errors.contains("clusterctl import --keys"), "\(ending)")
        }
        let locked = try await Cluster("--replicas", "0", environment: ["CLUSTERCTL_PASSWORD": Self.secret])
        let folder = Folder()
        folder.write("keys.txt", Array("a\nb\n".utf8))
        let refused = try await Program.run(
            "import", "--port", "\(cluster.port)", "--keys", folder.path("keys.txt"), "redis://127.0.0.1:\(locked.port)"
        )
        #expect(refused.status == 3 && refused.errors.contains("asks for a password: give it with"), "\(refused)")
        try await locked.stop()
        let ending = try await Program.run("import", "--port", "\(cluster.port)", "--keys", "/no/such/list", url)
        #expect(ending.status == 3 && ending.errorLines.count == 1, "\(ending)")
        #expect(ending.errors.contains("--keys /no/such/list cannot be opened"), "\(ending)")
        try await cluster.stop()
        try await other.stop()
    }

    /// What no Cluster edition can keep, on a server by SYNC and on one without it.
    @Test(
        .enabled(if: hasRedis, "redis-server is not installed"), arguments: [[], ["--rename-command", "SYNC", ""]])
    func `what cannot be kept is left out and listed, or with --strict nothing is imported`(
        _ options: [String]
    ) async throws {
        let server = try RedisServer(options: options)
        let source = try TestClient(server.endpoint)
        try source("SET", "good", "1")
        try source("SET", String(repeating: "k", count: 128), "1")
        try source("SET", "too large", String(repeating: "x", count: 1_000_001))
        try source("XADD", "stream", "*", "f", "v")
        try source("SELECT", 3)
        try source("SET", "elsewhere", "1")
        let reasons = [
            "key is 128 bytes", "would be 1000001 bytes", "no streams",
            "only database 0",
        ]
        let cluster = try await Cluster("--replicas", "0")
        let client = try cluster.client()
        let arguments = ["import", "--port", "\(cluster.port)", Self.url(server)]
        let strict = try await Program(arguments + ["--strict"]).ending()
        #expect(strict.status == 1, "\(strict)")
        for reason in reasons { #expect(strict.errors.contains(reason), "\(reason): \(strict)") }
        #expect(
            strict.errors.hasSuffix("nothing is imported: import without --strict to leave that out\n"), "\(strict)")
        #expect(try client.ask("EXISTS", "good") == "0")
        let ending = try await Program(arguments).ending()
        #expect(ending.status == 1, "\(ending)")
        for reason in reasons { #expect(ending.errors.contains(reason), "\(reason): \(ending)") }
        #expect(ending.errors.hasSuffix(": 1 key, 4 skipped\n"), "\(ending)")
        #expect(try client.ask("GET", "good") == "1")
        try await cluster.stop()
    }

    @Test(.enabled(if: hasRedis, "redis-server is not installed"))
    func `a value for which no request is large enough does not end the import`() async throws {
        let server = try RedisServer()
        let source = try TestClient(server.endpoint)
        // Bytes that no compression makes fewer.
        var generator = SeededGenerator(seed: 1)
        let words = (0..<25_000).map { _ in generator.next() }
        try source("SET", "far too large", words.withUnsafeBytes { Array($0) })
        try source("SET", "good", "1")
        let cluster = try await Cluster("--replicas", "0", "--max-request-bytes", "100k")
        let ending = try await Program.run("import", "--port", "\(cluster.port)", Self.url(server))
        #expect(ending.status == 1, "\(ending)")
        #expect(ending.errors.contains("'far too large': it needs a request of 200,"), "\(ending)")
        #expect(try cluster.client().ask("GET", "good") == "1")
        try await cluster.stop()
    }

    @Test(
        .enabled(if: hasRedis, "redis-server is not installed"),
        arguments: [
            [], ["--rename-command", "SYNC", ""], ["--rename-command", "SYNC", "", "--rename-command", "SCAN", ""],
        ])
    func `a password is never shown`(_ options: [String]) async throws {
        let server = try RedisServer(options: ["--requirepass", Self.secret] + options)
        let source = try TestClient(server.endpoint)
        try source("AUTH", Self.secret)
        try source("SET", "a", "1")
        try source("XADD", "stream", "*", "f", "v")
        let folder = Folder()
        folder.write("password", Array("\(Self.secret)\n".utf8))
        folder.write("wrong", Array("no-\(Self.secret)\n".utf8))
        let cluster = try await Cluster("--replicas", "0")
        let (port, plain) = ("\(cluster.port)", Self.url(server))
        for arguments in [
            [Self.url(server, password: Self.secret)], [Self.url(server, password: "no-\(Self.secret)")], [plain],
            ["--source-password-file", folder.path("password"), plain],
            ["--source-password-file", folder.path("wrong"), plain],
            ["--strict", Self.url(server, password: Self.secret)],
        ] {
            let ending = try await Program(["import", "--port", port] + arguments).ending()
            #expect(!(ending.output + ending.errors).contains(Self.secret), "\(ending)")
            #expect(ending.status == 1 || ending.status == 3, "\(ending)")
        }
        let good = try await Program.run(
            "import", "--port", port, "--source-password-file", folder.path("password"), plain)
        #expect(good.status == (options.contains("SCAN") ? 3 : 1), "\(good)")
        #expect(try cluster.client().ask("EXISTS", "a") == (options.contains("SCAN") ? "0" : "1"))
        if !options.contains("SCAN") {
            let missing = try await Program.run("import", "--port", port, plain)
            #expect(missing.status == 3 && missing.errorLines.count == 1, "\(missing)")
            #expect(missing.errors.contains("asks for a password: give it with --source-password-file"), "\(missing)")
        }
        let load = try await Program.run(
            "start", "--port", "0", "--log-level", "debug", "--load", Self.url(server, password: "no-\(Self.secret)"))
        #expect(load.status == 3 && !(load.output + load.errors).contains(Self.secret), "\(load)")
        try await cluster.stop()
    }
}
