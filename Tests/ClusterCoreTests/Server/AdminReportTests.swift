import CommandCatalog
import Testing
import WireFormats

@testable import ClusterCore

@Suite struct AdminReportTests {
    /// A report as it comes out at the other end of the socket.
    private func sent(_ fields: AdminFields) throws -> AdminFields {
        var bytes: [UInt8] = []
        fields.reply.append(to: &bytes)
        var decoder = ReplyDecoder()
        decoder.append(bytes)
        let reply = try #require(try decoder.next())
        return try #require(AdminFields(reply))
    }

    @Test func `a reply of every kind comes through the wire as it was`() throws {
        let reply = Reply.array([
            .ok, .failure("wrong"), .integer(-7), .bulk([0, 13, 10, 255]), .bulk([]), .nullBulk, .nullArray,
            .array([.array([]), .integer(.max)]),
        ])
        var bytes: [UInt8] = []
        reply.append(to: &bytes)
        var decoder = ReplyDecoder()
        decoder.append(bytes)
        #expect(try decoder.next() == reply)
        #expect(try decoder.next() == nil)
    }

    @Test func `the server's report comes through, with and without what is optional`() throws {
        var report = AdminReport.Server()
        report.version = "1.2.3"
        report.host = "::1"
        report.port = 6379
        report.uptimeMilliseconds = 5
        report.asksForPassword = true
        let received = AdminReport.Server(try sent(report.fields))
        #expect(received.version == "1.2.3" && received.host == "::1" && received.port == 6379)
        #expect(received.unixSocketPath == nil && received.uptimeMilliseconds == 5 && received.asksForPassword)
    }

    @Test func `refusals come through with binary keys and their clients in order`() throws {
        let ledger = RefusalLedger()
        for client in ["a:1", "b:2", "b:2"] {
            ledger.refused("KEYS", .refused, firstKey: [0xFF, 0x00], client: client)
        }
        ledger.refused(
            "SET KEEPTTL", .newerArgument("KEEPTTL", since: Version(6, 0, 0)), firstKey: nil, client: "a:1")
        ledger.exceeded(.value, key: [1, 2], bytes: 1_000_001, command: "APPEND")
        let report = AdminReport.Refusals(ledger.contents, contract: .clusterEdition)
        #expect(report.total == 5)
        let keys = AdminReport.Refusal(try sent(report.commands[0].fields))
        #expect(keys.verdict == "refused" && keys.count == 3 && keys.firstKey == [0xFF, 0x00])
        #expect(keys.clients.map(\.address) == ["b:2", "a:1"] && keys.clients.map(\.count) == [2, 1])
        #expect(keys.instead == Catalog.row(named: "KEYS")?.instead)
        let set = AdminReport.Refusal(try sent(report.commands[1].fields))
        #expect(set.since == "6.0.0" && set.firstKey == nil && set.instead.hasPrefix("WATCH, PTTL, then MULTI, SET"))
        let size = AdminReport.SizeViolation(try sent(report.sizes[0].fields))
        #expect(
            size.size == "value" && size.key == [1, 2] && size.largestBytes == 1_000_001 && size.limit == 1_000_000)
    }

    @Test func `counters name only the commands that were used`() throws {
        var counters = WorkerCounters()
        counters.requests = 12
        counters.commands[Int(Command.ID.get.rawValue)] = 7
        let received = AdminReport.Counters(try sent(AdminReport.Counters(counters).fields))
        #expect(received.requests == 12)
        #expect(received.commands.map(\.name) == ["GET"] && received.commands.map(\.count) == [7])
    }

    @Test func `unknown fields are passed over and missing ones count as nothing`() throws {
        var fields = AdminFields()
        fields.add("of-a-later-version", "x")
        fields.add("keys", 3)
        let shard = AdminReport.Shard(try sent(fields))
        #expect(shard.keys == 3 && shard.payloadBytes == 0)
        #expect(AdminFields(.array([.integer(1)])) == nil)
        #expect(AdminFields(.array([.integer(1), .integer(2)])) == nil)
    }
}
