import ClusterCore
import TestSupport
import Testing

/// A value is at most 1,000,000 bytes, whatever makes it grow: exactly so many are taken, one more is refused and nothing
/// is changed.
@Suite(.blocking)
struct ValueSizeTests {
    /// A request that leaves the key `k` with the limit's number of bytes, or with one more.
    struct Growth: Sendable, CustomTestStringConvertible {
        /// What is there before.
        let before: [[Word]]
        /// The request; it fits.
        let fitting: [Word]
        /// The same with a byte more; it does not.
        let exceeding: [Word]
        /// How the key is read.
        let reader: [String]

        var testDescription: String { fitting.map(\.name).joined(separator: " ") }

        init(_ before: [[Word]], _ fitting: [Word], _ exceeding: [Word], read reader: String...) {
            self.before = before
            self.fitting = fitting
            self.exceeding = exceeding
            self.reader = reader
        }
    }

    /// An argument: a text, or so many bytes of the same letter.
    enum Word: Sendable, ExpressibleByStringLiteral {
        case text(String)
        case bytes(Int, of: Character)

        init(stringLiteral text: String) { self = .text(text) }

        var bytes: [UInt8] {
            switch self {
            case .text(let text): Array(text.utf8)
            case .bytes(let count, let letter): [UInt8](repeating: letter.asciiValue ?? 0, count: count)
            }
        }

        var name: String {
            switch self {
            case .text(let text): text
            case .bytes(let count, _): "(\(count) bytes)"
            }
        }
    }

    static let limit = 1_000_000
    private static func x(_ count: Int) -> Word { .bytes(count, of: "x") }
    private static func y(_ count: Int) -> Word { .bytes(count, of: "y") }

    private static let strings = [
        Growth([], ["SET", "k", x(limit)], ["SET", "k", x(limit + 1)], read: "GET"),
        Growth([], ["SETNX", "k", x(limit)], ["SETNX", "k", x(limit + 1)], read: "GET"),
        Growth([], ["SETEX", "k", "99", x(limit)], ["SETEX", "k", "99", x(limit + 1)], read: "GET"),
        Growth([], ["PSETEX", "k", "99000", x(limit)], ["PSETEX", "k", "99000", x(limit + 1)], read: "GET"),
        Growth([], ["MSET", "a", "1", "k", x(limit)], ["MSET", "a", "1", "k", x(limit + 1)], read: "GET"),
        Growth([], ["MSETNX", "a", "1", "k", x(limit)], ["MSETNX", "a", "1", "k", x(limit + 1)], read: "GET"),
        Growth([["SET", "k", "0"]], ["GETSET", "k", x(limit)], ["GETSET", "k", x(limit + 1)], read: "GET"),
        Growth([["SET", "k", x(999_990)]], ["APPEND", "k", x(10)], ["APPEND", "k", x(11)], read: "GET"),
        Growth(
            [["SET", "k", "0"]], ["SETRANGE", "k", "999999", "1"], ["SETRANGE", "k", "1000000", "1"], read: "GET"),
        Growth([], ["SETBIT", "k", "7999999", "1"], ["SETBIT", "k", "8000000", "1"], read: "GET"),
        Growth(
            [["SET", "s", x(limit)], ["SET", "t", "1"]], ["BITOP", "OR", "k", "s", "t"],
            // No source can be larger than the limit: the sum of what is there cannot exceed it.
            ["SETRANGE", "k", "1", x(limit)], read: "GET"),
    ]

    private static let lists = [
        Growth(
            [["RPUSH", "k", x(900_000)]], ["LPUSH", "k", x(99_999), "1"], ["LPUSH", "k", x(99_999), "12"],
            read: "LRANGE", "0", "-1"),
        Growth(
            [["RPUSH", "k", x(900_000)]], ["RPUSH", "k", x(99_999), "1"], ["RPUSH", "k", x(99_999), "12"],
            read: "LRANGE", "0", "-1"),
        Growth(
            [["RPUSH", "k", x(900_000)]], ["LPUSHX", "k", y(100_000)], ["LPUSHX", "k", y(100_001)],
            read: "LRANGE", "0", "-1"),
        Growth(
            [["RPUSH", "k", x(900_000)]], ["RPUSHX", "k", y(100_000)], ["RPUSHX", "k", y(100_001)],
            read: "LRANGE", "0", "-1"),
        Growth(
            [["RPUSH", "k", "1", x(900_000)]], ["LINSERT", "k", "AFTER", "1", y(99_999)],
            ["LINSERT", "k", "BEFORE", "1", y(100_000)], read: "LRANGE", "0", "-1"),
        Growth(
            [["RPUSH", "k", "1", x(900_000)]], ["LSET", "k", "0", y(100_000)], ["LSET", "k", "0", y(100_001)],
            read: "LRANGE", "0", "-1"),
        Growth(
            [["RPUSH", "k", x(900_000)], ["RPUSH", "s", y(100_001), y(100_000)]], ["RPOPLPUSH", "s", "k"],
            ["LPUSH", "k", y(100_001)], read: "LRANGE", "0", "-1"),
    ]

    private static let hashes = [
        Growth(
            [["HSET", "k", "f", x(899_999)]], ["HSET", "k", "g", y(99_999)], ["HSET", "k", "g", y(100_000)],
            read: "HGETALL"),
        Growth(
            [["HSET", "k", "f", x(899_999)]], ["HSET", "k", "f", y(999_999)], ["HSET", "k", "f", y(1_000_000)],
            read: "HGETALL"),
        Growth(
            [["HSET", "k", "f", x(899_999)]], ["HSETNX", "k", "g", y(99_999)], ["HSETNX", "k", "g", y(100_000)],
            read: "HGETALL"),
        // A field that is given twice counts once, with its last value.
        Growth(
            [["HSET", "k", "f", x(500_000)]], ["HMSET", "k", "g", y(700_000), "f", "1", "g", y(999_997)],
            ["HMSET", "k", "g", "1", "f", "1", "g", y(999_998)], read: "HGETALL"),
        Growth(
            [["HSET", "k", "f", x(999_997)]], ["HINCRBY", "k", "g", "1"], ["HINCRBY", "k", "g", "10"],
            read: "HGETALL"),
        Growth(
            [["HSET", "k", "f", x(999_995)]], ["HINCRBYFLOAT", "k", "g", "1.5"], ["HINCRBYFLOAT", "k", "g", "1.25"],
            read: "HGETALL"),
    ]

    private static let sets = [
        // A member that is given twice, or is there, counts once.
        Growth(
            [["SADD", "k", x(600_000)]], ["SADD", "k", y(399_999), x(600_000), "1", y(399_999)],
            ["SADD", "k", y(399_999), x(600_000), "1", "2"], read: "SMEMBERS"),
        Growth(
            [["SADD", "k", x(900_000)], ["SADD", "s", y(100_000)]], ["SMOVE", "s", "k", .bytes(100_000, of: "y")],
            ["SADD", "k", y(100_001)], read: "SMEMBERS"),
        Growth(
            [["SADD", "s", x(600_000)], ["SADD", "t", y(400_000)], ["SADD", "u", y(400_001)]],
            ["SUNIONSTORE", "k", "s", "t"], ["SUNIONSTORE", "k", "s", "u"], read: "SMEMBERS"),
        Growth(
            [
                ["SADD", "k", "old"], ["SADD", "s", x(600_000)], ["SADD", "t", y(400_000)], ["SADD", "u", y(400_001)],
            ],
            ["SUNIONSTORE", "k", "s", "t", "k2"], ["SUNIONSTORE", "k", "u", "s"], read: "SMEMBERS"),
    ]

    private static let sortedSets = [
        // Eight bytes a score.
        Growth(
            [["ZADD", "k", "1", x(899_992)]], ["ZADD", "k", "2", y(99_992), "3", y(99_992)],
            ["ZADD", "k", "2", y(99_993)], read: "ZRANGE", "0", "-1", "WITHSCORES"),
        Growth(
            [["ZADD", "k", "1", x(899_992)]], ["ZINCRBY", "k", "2", y(99_992)], ["ZINCRBY", "k", "2", y(99_993)],
            read: "ZRANGE", "0", "-1", "WITHSCORES"),
        Growth(
            [["ZADD", "s", "1", x(599_992)], ["ZADD", "t", "1", y(399_992)], ["ZADD", "u", "1", y(399_993)]],
            ["ZUNIONSTORE", "k", "2", "s", "t"], ["ZUNIONSTORE", "k", "2", "s", "u"],
            read: "ZRANGE", "0", "-1", "WITHSCORES"),
        // Members of a set gain a score.
        Growth(
            [["SADD", "s", x(999_992)], ["SADD", "t", x(999_993)]], ["ZUNIONSTORE", "k", "1", "s"],
            ["ZINTERSTORE", "k", "1", "t"], read: "ZRANGE", "0", "-1", "WITHSCORES"),
    ]

    @Test(arguments: strings + lists + hashes + sets + sortedSets)
    func `exactly 1,000,000 bytes are taken, one more is refused and changes nothing`(growth: Growth) async throws {
        try await withServer { server in
            let client = try server.connect()
            try prepare(client, growth)
            let before = try read(client, growth)
            let refused = try send(client, growth.exceeding)
            #expect(refused == .error("ERR value under the key would be 1000001 bytes, the limit is 1000000"))
            #expect(try read(client, growth) == before, "the refused request has changed the key")
            let size = try #require(server.server.ledger.contents.sizes.first)
            #expect(size.size == .value && size.key == Array("k".utf8) && size.largestBytes == Self.limit + 1)
            let taken = try send(client, growth.fitting)
            #expect(taken.errorText == nil)
            var admin = try AdminClient(path: server.adminPath)
            try client("DEL", "a", "s", "t", "u")
            #expect(try admin.shards().reduce(0) { $0 + $1.payloadBytes } == Self.limit)
        }
    }

    private func prepare(_ client: TestClient, _ growth: Growth) throws {
        for request in growth.before { #expect(try send(client, request).errorText == nil) }
    }

    private func send(_ client: TestClient, _ words: [Word]) throws -> TestReply {
        try client.send(words.map(\.bytes))
        return try client.reply()
    }

    private func read(_ client: TestClient, _ growth: Growth) throws -> [TestReply] {
        let contents = try send(client, [.text(growth.reader[0]), "k"] + growth.reader.dropFirst().map { .text($0) })
        return [contents] + (try client.pipeline([["TYPE", "k"], ["TTL", "k"], ["EXISTS", "a"], ["TYPE", "s"]]))
    }
}
