import ClusterCore
import CommandCatalog
import TestSupport
import Testing

/// Values that are too large already, as after a limit was lowered or a RESTORE: they may shrink, not grow.
@Suite(.blocking)
struct LargeValueTests {
    @Test
    func `what makes a value smaller is never refused`() async throws {
        try await withServer {
            $0.contract.maxValueBytes = 100
        } run: { server in
            let client = try server.connect()
            let (x60, y40) = (String(repeating: "x", count: 60), String(repeating: "y", count: 40))
            try client.pipeline([
                ["SET", "string", x60 + y40], ["RPUSH", "list", x60, y40],
                ["HSET", "hash", "f", x60 + y40.dropFirst()],
                ["SADD", "set", x60, y40], ["ZADD", "zset", 1, x60 + y40.dropFirst(8)],
            ])
            let shrinking: [([any RequestArgument], TestReply)] = [
                (["SET", "string", "1"], .ok), (["GETSET", "string", "22"], .text("1")),
                (["LSET", "list", 0, "1"], .ok), (["LPUSH", "list", y40], .integer(3)),
                (["HSET", "hash", "f", "1"], .integer(0)), (["SREM", "set", y40], .integer(1)),
                (["ZADD", "zset", 2, x60 + y40.dropFirst(8)], .integer(0)),
                (["SINTERSTORE", "set", "set"], .integer(1)), (["LTRIM", "list", 0, 0], .ok),
            ]
            for (request, reply) in shrinking {
                #expect(try client.pipeline([request]) == [reply], "\(request)")
            }
        }
    }

    @Test
    func `RESTORE of a value that is too large is refused, of one that fits taken`() async throws {
        let payloads = try await withServer { server in
            let client = try server.connect()
            var payloads: [TestReply] = []
            for count in [500, 501] {
                try client("DEL", "k")
                try client("SADD", "k", String(repeating: "a", count: 400), String(repeating: "b", count: count - 400))
                payloads.append(try client("DUMP", "k"))
            }
            return payloads
        }
        try await withServer {
            $0.contract.maxValueBytes = 500
        } run: { server in
            let client = try server.connect()
            #expect(
                try client("RESTORE", "k", 0, payloads[1].bytes ?? [])
                    == .error("ERR value under the key would be 501 bytes, the limit is 500"))
            #expect(try client("EXISTS", "k") == .integer(0))
            #expect(try client("RESTORE", "k", 0, payloads[0].bytes ?? []) == .ok)
            #expect(try client("SCARD", "k") == .integer(2))
        }
    }

    @Test
    func `a counter may not outgrow the limit`() async throws {
        try await withServer {
            $0.contract.maxValueBytes = 2
        } run: { server in
            let client = try server.connect()
            let refusal = TestReply.error("ERR value under the key would be 3 bytes, the limit is 2")
            for (start, request) in [
                ("99", ["INCR", "n"]), ("99", ["INCRBY", "n", "1"]), ("-9", ["DECRBY", "n", "1"]),
                ("-9", ["DECR", "n"]),
                ("1", ["INCRBYFLOAT", "n", "0.5"]),
            ] {
                try client("SET", "n", start)
                try client.send(request.map { Array($0.utf8) })
                #expect(try client.reply() == refusal, "\(request)")
                #expect(try client("GET", "n") == .text(start))
            }
            #expect(try client("DECR", "n") == .integer(0))
        }
    }

    @Test
    func `SMOVE and RPOPLPUSH into a full key are refused whole`() async throws {
        try await withServer {
            $0.contract.maxValueBytes = 10
        } run: { server in
            let client = try server.connect()
            try client.pipeline([
                ["SADD", "full", "0123456789"], ["SADD", "s", "m"], ["RPUSH", "fullList", "0123456789"],
                ["RPUSH", "l", "m"],
            ])
            let refusal = TestReply.error("ERR value under the key would be 11 bytes, the limit is 10")
            #expect(try client("SMOVE", "s", "full", "m") == refusal)
            #expect(try client("SISMEMBER", "s", "m") == .integer(1))
            #expect(try client("SCARD", "full") == .integer(1))
            #expect(try client("RPOPLPUSH", "l", "fullList") == refusal)
            #expect(try client.pipeline([["LLEN", "l"], ["LLEN", "fullList"]]) == [.integer(1), .integer(1)])
            #expect(try client("RPOPLPUSH", "fullList", "fullList") == .text("0123456789"))
        }
    }

    @Test
    func `a refused part of a transaction does not undo the others`() async throws {
        try await withServer {
            $0.contract.maxValueBytes = 3
        } run: { server in
            let client = try server.connect()
            let replies = try client.pipeline([
                ["MULTI"], ["SET", "a", "123"], ["APPEND", "a", "4"], ["SET", "b", "1"], ["EXEC"],
            ])
            #expect(
                replies.last
                    == .array([
                        .ok, .error("ERR value under the key would be 4 bytes, the limit is 3"), .ok,
                    ]))
            #expect(try client("MGET", "a", "b") == .texts(["123", "1"]))
        }
    }
}
