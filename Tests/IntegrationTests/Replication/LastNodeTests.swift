import ClusterCore
import TestSupport
import Testing

/// When all nodes of a shard have died, its files have the keys; without files they are gone, and that is said.
@Suite(.blocking)
struct LastNodeTests {
    private func killAll(_ server: EmbeddedServer) throws -> TestReply {
        let client = try server.connect()
        var admin = try AdminClient(path: server.adminPath)
        #expect(try client("SET", "a", 1) == .ok)
        #expect(try client("RPUSH", "l", "x", "y").number ?? 0 >= 2)
        for node in ["0-1", "0-0"] { _ = try admin.ask(["NODE", "KILL", node]) }
        #expect(try client("GET", "a").errorText?.hasPrefix("CLUSTERDOWN") == true)
        _ = try admin.ask(["NODE", "RESTART", "0-1"])
        #expect(try waits { try client("SET", "b", 1) == .ok })
        _ = try admin.ask(["NODE", "RESTART", "0-0"])
        #expect(try waits { try admin.nodes().allSatisfy { $0.state == "running" && $0.isComplete } })
        #expect(try admin.number("COMPARE") == 1)
        return try client("LRANGE", "l", 0, -1)
    }

    @Test func `the files have the keys`() async throws {
        let folder = try TemporaryFolder()
        for _ in 0..<2 {
            try await withServer {
                $0.shards = 1
                $0.nodeTimeoutMilliseconds = 30
                $0.directory = folder.path(to: "data")
            } run: { server in
                let before = try server.connect()("LLEN", "l").number ?? 0
                #expect(try killAll(server).elements?.count == Int(before) + 2)
            }
        }
    }

    @Test func `a log that cannot be read just now is read later, and stays as it is`() throws {
        guard Machine.has("prlimit") else { return print("skipped: prlimit is not installed") }
        let folder = try TemporaryFolder()
        let options = ["--dir", folder.path(to: "data"), "--shards", "1", "--node-timeout", "30ms"]
        let cluster = try ClusterProcess(options)
        let client = try TestClient(cluster.endpoint)
        var admin = try AdminClient(path: cluster.adminPath)
        for number in 0..<100 { #expect(try client("SET", "key:\(number)", number) == .ok) }
        func limitFiles(to count: Int) throws {
            let process = try ChildProcess(
                "prlimit", ["--pid", "\(cluster.identifier)", "--nofile=\(count):"])
            #expect(process.waitForEnd() == 0, "\(process.errors)")
        }
        for node in ["0-1", "0-0"] { _ = try admin.ask(["NODE", "KILL", node]) }
        try limitFiles(to: 3)
        _ = try admin.ask(["NODE", "RESTART", "0-0"])
        #expect(try waits { try admin.events().contains { $0.text.contains("its log is read again") } })
        #expect(try client("GET", "key:0").errorText?.hasPrefix("CLUSTERDOWN") == true)
        try limitFiles(to: 500)
        #expect(try waits { try client("GET", "key:0") == .text("0") }, "\(cluster.log)")
        #expect(try admin.shards()[0].keys == 100)
        cluster.kill()
        let next = try ClusterProcess(options)
        #expect(try TestClient(next.endpoint)("GET", "key:99") == .text("99"))
    }

    @Test func `without files a snapshot waits for a node`() async throws {
        try await withServer {
            $0.shards = 2
            $0.nodeTimeoutMilliseconds = 30
        } run: { server in
            let client = try server.connect()
            for number in 0..<20 { #expect(try client("SET", "key:\(number)", number) == .ok) }
            var admin = try AdminClient(path: server.adminPath)
            _ = try admin.number("SNAPSHOT", "SAVE", "full")
            for node in ["0-1", "0-0"] { _ = try admin.ask(["NODE", "KILL", node]) }
            let error = #expect(throws: AdminClient.Failure.self) { try admin.number("SNAPSHOT", "RESTORE", "full") }
            #expect("\(error.map(String.init(describing:)) ?? "")".contains("no node of shard 0 is left"))
            for node in ["0-1", "0-0"] { _ = try admin.ask(["NODE", "RESTART", node]) }
            #expect(try waits { try admin.nodes().allSatisfy { $0.state == "running" && $0.isComplete } })
            #expect(try admin.number("SNAPSHOT", "RESTORE", "full") == 20)
            for number in 0..<20 { #expect(try client("GET", "key:\(number)") == .text("\(number)")) }
        }
    }

    @Test func `without files the keys are gone, and an event says so`() async throws {
        try await withServer {
            $0.shards = 1
            $0.nodeTimeoutMilliseconds = 30
        } run: { server in
            #expect(try killAll(server) == .array([]))
            var admin = try AdminClient(path: server.adminPath)
            #expect(try admin.events().contains { $0.kind == "data loss" })
        }
    }
}
