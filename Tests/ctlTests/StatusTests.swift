import TestSupport
import Testing

@Suite("clusterctl status and flush") struct StatusTests {
    @Test func `status as JSON has the topology, the traffic and the refusals`() async throws {
        let cluster = try await Cluster("--shards", "3", "--loops", "2")
        let client = try cluster.client()
        _ = try client.ask("SET", "a", "12345")
        _ = try client.ask("SETEX", "b", "100", "1")
        _ = try client.ask("KEYS", "*")
        _ = try client.ask("MULTI")
        _ = try client.ask("SET", "c", "1")
        #expect(try cluster.client().ask("GET", "c").hasPrefix("LOCKED"))
        let ending = try await Program.run("status", "--port", "\(cluster.port)", "--json")
        #expect(ending.status == 0, "\(ending)")
        let status = try JSONText(ending.output)
        #expect(status["server"]["port"].number == cluster.port)
        #expect(status["server"]["pid"].number == Int(cluster.program.identifier))
        #expect(status["server"]["loops"].number == 2)
        #expect(status["server"]["transaction_locks"].text == "queued")
        let shards = status["shards"].elements
        #expect(shards.map { $0["first_slot"].number } == [0, 5462, 10923])
        #expect(shards.map { $0["last_slot"].number } == [5461, 10922, 16383])
        #expect(shards.compactMap { $0["keys"].number }.reduce(0, +) == 2)
        #expect(shards.compactMap { $0["expiring_keys"].number }.reduce(0, +) == 1)
        #expect(shards.compactMap { $0["held_keys"].number }.reduce(0, +) == 1)
        #expect(status["keys"].number == 2 && status["payload_bytes"].number == 6)
        #expect(status["requests"]["total"].number == 6)
        #expect(status["requests"]["locked"].number == 1)
        #expect(status["connections"]["in_transaction"].number == 1)
        #expect(
            status["clients"].elements.contains { $0["queued_commands"].number == 1 && $0["held_keys"].number == 1 })
        #expect(status["commands"]["SET"].number == 2)
        #expect(status["refused"].number == 1)
        #expect(status["refusals"][0]["command"].text == "KEYS")
        try await cluster.stop()
    }

    @Test func `status for people is a table`() async throws {
        let cluster = try await Cluster("--shards", "2")
        let client = try cluster.client()
        for number in 1...1500 { _ = try client.ask("SET", "key:\(number)", "0123456789") }
        _ = try client.ask("SORT", "list")
        _ = try client.ask("SET", "large", String(repeating: "x", count: 1_000_001))
        let ending = try await Program.run("status", "--port", "\(cluster.port)", "--clients")
        #expect(ending.output.hasPrefix("clusterctl 0."), "\(ending)")
        #expect(ending.output.contains(" on 127.0.0.1:\(cluster.port), "))
        #expect(ending.output.contains("SHARD  SLOTS"))
        #expect(ending.output.contains("0-8191"))
        let total = ending.output.split(separator: "\n").first { $0.hasPrefix("  all") }
        #expect(total?.contains("1,500  14.6 KiB") == true, "\(ending)")
        #expect(ending.output.contains("refused   2: 1 refused, 1 too large"))
        #expect(ending.output.contains("CLIENT  ADDRESS"))
        #expect(ending.output.contains("value      SET          1  1,000,001  1,000,000  large"))
        #expect(!ending.output.contains("\u{1B}"), "no colour where there is no terminal")
        let colored = try await Program.run("status", "--port", "\(cluster.port)", "--color", "always")
        #expect(colored.output.contains("\u{1B}[31mrefused\u{1B}[0m"))
        try await cluster.stop()
    }

    @Test func `another database, errors and greetings stand in status`() async throws {
        let cluster = try await Cluster()
        let client = try cluster.client()
        _ = try client.ask("CLIENT", "SETINFO", "LIB-NAME", "redis-py")
        _ = try client.ask("SELECT", "3")
        _ = try client.ask("RPUSH", "list", "a")
        _ = try client.ask("GET", "list")
        _ = try client.ask("BITCOUNT", "none", "0", "-1", "BIT")
        let ending = try await Program.run("status", "--port", "\(cluster.port)")
        #expect(ending.output.contains("refused   2: 1 other-database, 1 newer-argument"), "\(ending)")
        #expect(ending.output.contains("beside refusals: 1 WRONGTYPE"))
        #expect(ending.output.contains("SELECT 3") && ending.output.contains("GREETING"))
        let status = try JSONText(await Program.run("status", "--port", "\(cluster.port)", "--json").output)
        #expect(status["refusals"][0]["verdict"].text == "other-database")
        #expect(status["error_kinds"][0]["error"].text == "WRONGTYPE")
        #expect(status["greetings"][0]["command"].text == "CLIENT SETINFO" && status["refused"].number == 2)
        try await cluster.stop()
    }

    @Test func `watch goes on until the cluster is gone`() async throws {
        let cluster = try await Cluster()
        let watch = try Program(["status", "--port", "\(cluster.port)", "--watch", "1", "--json"])
        #expect(await isTrueSoon { watch.output.split(separator: "\n").count >= 2 })
        try await cluster.stop()
        let ending = try await watch.ending()
        #expect(ending.status == 3, "\(ending)")
        #expect(ending.errorLines.count == 1, "\(ending)")
        for line in ending.output.split(separator: "\n") { _ = try JSONText(String(line)) }
    }

    @Test(arguments: [["status"], ["flush"], ["status", "--json"]])
    func `without a cluster, one line and status 3`(_ command: [String]) async throws {
        for place in [["--port", "1"], ["--admin-socket", "/no/such/socket"]] {
            let ending = try await Program(command + place).ending()
            #expect(ending.status == 3, "\(ending)")
            #expect(ending.output.isEmpty)
            #expect(ending.errorLines.count == 1, "\(ending)")
            #expect(ending.errors.contains(": no cluster answers on "), "\(ending)")
        }
    }

    @Test func `flush removes all keys of all shards`() async throws {
        let folder = Folder()
        let cluster = try await Cluster("--admin-socket", folder.path("admin"))
        let client = try cluster.client()
        for number in 1...50 { _ = try client.ask("SET", "key:\(number)", "1") }
        let ending = try await Program.run("flush", "--admin-socket", folder.path("admin"))
        #expect(ending.status == 0, "\(ending)")
        #expect(ending.output == "removed 50 keys\n")
        #expect(try client.ask("EXISTS", "key:1") == "0")
        let again = try await Program.run("flush", "--admin-socket", folder.path("admin"), "--json", "--yes")
        #expect(try JSONText(again.output)["removed_keys"].number == 0)
        try await cluster.stop()
    }
}
