import Glibc
import Logging
import TestSupport
import Testing
import WireFormats

@testable import ClusterCore

@Suite struct AdminSocketTests {
    /// A server on a free port, with an admin socket and a stopped clock.
    private final class Setup {
        let server: Server
        let clock = Clock(stoppedAt: 1_000_000)
        let path = "/tmp/ctl-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"

        init(shards: Int = 3, loops: Int = 2) async throws {
            var configuration = ServerConfiguration()
            configuration.port = 0
            configuration.shards = shards
            configuration.loops = loops
            configuration.adminSocket = .path(path)
            server = try await Server.start(
                configuration, clock: clock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        }

        func admin() throws -> AdminClient { try AdminClient(path: path) }
        func client() throws -> Wire { try Wire(.port(server.port ?? 0)) }
        func rawAdmin() throws -> Wire { try Wire(.path(path)) }
    }

    /// A blocking connection that sends lines and reads replies.
    private final class Wire {
        private let socket: TestSocket
        private var decoder = ReplyDecoder()

        init(_ endpoint: Endpoint) throws { socket = try TestSocket(endpoint) }

        func send(_ lines: String) throws { try socket.send(Array(lines.utf8)) }

        /// The next reply; nil at the end of the connection.
        func receive() throws -> Reply? {
            while true {
                if let reply = try decoder.next() { return reply }
                var bytes: [UInt8] = []
                guard try socket.receive(into: &bytes, within: patience) else { return nil }
                decoder.append(bytes)
            }
        }

        @discardableResult
        func ask(_ line: String) throws -> Reply? {
            try send(line + "\r\n")
            return try receive()
        }
    }

    @Test func `HELP lists every command of the table, and each is answered`() async throws {
        let setup = try await Setup()
        let wire = try setup.rawAdmin()
        let help = try #require(try wire.ask("HELP").flatMap(AdminFields.init))
        #expect(help.pairs.map(\.name) == AdminCommand.all.map(\.usage))
        // SAVE needs a cluster with files, and behind FOLLOW nothing else is answered: their tests are elsewhere.
        for command in AdminCommand.all
        where command.arguments.contains(0) && !["SAVE", "FOLLOW"].contains(command.name) {
            let reply = try #require(try wire.ask(command.name.lowercased()))
            if case .error(let line) = reply {
                Issue.record("\(command.name): \(String(decoding: line, as: UTF8.self))")
            }
        }
        await setup.server.stop()
        #expect(access(setup.path, F_OK) != 0, "the socket is left behind")
    }

    @Test(arguments: [
        ("KEYS *", "ERR unknown admin command 'KEYS': HELP lists the commands of this socket"),
        ("PING 1", "ERR wrong number of arguments: PING"),
        ("SCAN 0", "ERR wrong number of arguments: SCAN shard cursor [COUNT keys]"),
        ("SCAN 3 0", "ERR no shard '3': they are numbered from 0 to 2"),
        ("SCAN -1 0", "ERR no shard '-1': they are numbered from 0 to 2"),
        ("SCAN 0 x", "ERR no cursor 'x': begin with 0, go on with the one of the last reply"),
        ("SCAN 0 0 COUNT 0", "ERR after the cursor may stand COUNT and a number from 1 to 10000"),
        ("SCAN 0 0 COUNT", "ERR after the cursor may stand COUNT and a number from 1 to 10000"),
    ])
    func `a wrong request is answered with what is wrong`(_ line: String, _ error: String) async throws {
        let setup = try await Setup()
        #expect(try setup.rawAdmin().ask(line) == .error(Array(error.utf8)))
        await setup.server.stop()
    }

    @Test func `requests sent ahead are answered in order, and a malformed one ends the connection`() async throws {
        let setup = try await Setup()
        let wire = try setup.rawAdmin()
        try wire.send("PING\r\nCOUNTERS\r\nSCAN 0 0\r\nPING\r\n*1\r\n$x\r\n")
        #expect(try wire.receive() == .status(Array("PONG".utf8)))
        #expect(try wire.receive().flatMap(AdminFields.init)?["requests"] == .integer(0))
        #expect(try wire.receive().flatMap(AdminFields.init)?["cursor"] == .bulk(Array("0".utf8)))
        #expect(try wire.receive() == .status(Array("PONG".utf8)))
        #expect(try wire.receive() == .error(Array("ERR Protocol error: invalid bulk length".utf8)))
        #expect(try wire.receive() == nil)
        await setup.server.stop()
    }

    @Test func `SCAN comes by every key, with type, bytes and time to live`() async throws {
        let setup = try await Setup()
        let client = try setup.client()
        for number in 0..<500 { try client.ask("SET key:\(number) \(number)") }
        try client.ask("RPUSH list 12 345")
        try client.ask("ZADD scores 1 member")
        try client.ask("PEXPIRE list 5000")
        try client.ask("SETEX gone 1 x")
        setup.clock.advance(by: 2000)
        var admin = try setup.admin()
        var found: [String: AdminReport.Key] = [:]
        for shard in try admin.shards() {
            var cursor: UInt64 = 0
            repeat {
                let page = try admin.keys(ofShard: shard.index, from: cursor, count: 10)
                for key in page.keys { found[String(decoding: key.name, as: UTF8.self)] = key }
                cursor = page.cursor
            } while cursor != 0
        }
        #expect(found.count == 502)
        #expect(found["gone"] == nil)
        #expect(found["list"]?.type == "list" && found["list"]?.payloadBytes == 5)
        #expect(found["list"]?.remainingMilliseconds == 3000)
        #expect(found["scores"]?.type == "zset" && found["scores"]?.payloadBytes == 14)
        #expect(found["key:7"]?.remainingMilliseconds == nil)
        await setup.server.stop()
    }

    @Test func `FLUSHALL removes the keys of all shards and breaks a WATCH`() async throws {
        let setup = try await Setup(shards: 16)
        let client = try setup.client()
        for number in 0..<100 { try client.ask("SET key:\(number) x") }
        try client.ask("WATCH key:5")
        var admin = try setup.admin()
        #expect(try admin.flushAll() == 100)
        #expect(try admin.shards().allSatisfy { $0.keys == 0 && $0.payloadBytes == 0 })
        try client.ask("MULTI")
        try client.ask("PING")
        #expect(try client.ask("EXEC") == .nullArray)
        await setup.server.stop()
    }

    @Test func `clients and counters are those of all event loops`() async throws {
        let setup = try await Setup(loops: 3)
        let clients = try (0..<6).map { _ in try setup.client() }
        for client in clients { try client.ask("SET a 1") }
        try clients[0].ask("WATCH a b")
        try clients[0].ask("MULTI")
        try clients[0].ask("MSET c 1 d 2")
        try clients[1].ask("GET c")
        try clients[2].ask("DBSIZE")
        setup.clock.advance(by: 700)
        var admin = try setup.admin()
        let counters = try admin.counters()
        #expect(counters.requests == 11 && counters.errors == 2 && counters.locked == 1)
        #expect(counters.connections == 6)
        #expect(counters.commands.map(\.name) == ["GET", "MSET", "SET", "MULTI", "WATCH"])
        let listed = try admin.clients()
        #expect(listed.count == 6)
        #expect(listed.allSatisfy { $0.idleMilliseconds == 700 })
        let busy = listed.filter { $0.isInTransaction }
        #expect(busy.map(\.queuedCommands) == [1] && busy.map(\.heldKeys) == [2] && busy.map(\.watchedKeys) == [2])
        #expect(try admin.shards().reduce(0) { $0 + $1.heldKeys } == 2)
        #expect(try admin.server().clients == 6)
        #expect(try admin.refusals().commands.map(\.command) == ["DBSIZE"])
        try admin.resetRefusals()
        #expect(try admin.refusals().total == 0)
        await setup.server.stop()
    }

    @Test func `a server that is gone is told as such`() async throws {
        let setup = try await Setup()
        await setup.server.stop()
        do {
            _ = try setup.admin()
            Issue.record("connected to nothing")
        } catch {
            #expect((error as? AdminClient.Failure)?.isAbsent == true, "\(error)")
        }
    }
}
