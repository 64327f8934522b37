import Glibc

/// What keys hold, in a form that does not depend on the order in which a server lists members.
package struct Contents: Equatable {
    /// By key: its type and its elements in order, those of sets and hashes sorted.
    package private(set) var keys: [[UInt8]: [TestReply]] = [:]
    /// By key: when it expires, in milliseconds since 1970; -1 for never.
    package private(set) var times: [[UInt8]: Int64] = [:]

    private static let readers: [String: [String]] = [
        "string": ["GET"], "list": ["LRANGE", "0", "-1"], "hash": ["HGETALL"], "set": ["SMEMBERS"],
        "zset": ["ZRANGE", "0", "-1", "WITHSCORES"],
    ]

    /// Reads keys over a connection.
    package init(of keys: [[UInt8]], _ client: TestClient) throws {
        for key in keys { try add(key, client) }
    }

    /// Nothing.
    package init() {}

    private mutating func add(_ key: [UInt8], _ client: TestClient) throws {
        guard case .status(let type) = try client("TYPE", key), let reader = Self.readers[type] else { return }
        try client.send([Array(reader[0].utf8), key] + reader.dropFirst().map { Array($0.utf8) })
        let reply = try client.reply()
        var elements = reply.elements ?? [reply]
        if type == "set" { elements.sort { Self.bytes($0).lexicographicallyPrecedes(Self.bytes($1)) } }
        // An RDB file of version 6 has no negative zero in a large sorted set, 2.8's own has not either.
        if type == "zset" { elements = elements.map { $0 == .text("-0") ? .text("0") : $0 } }
        if type == "hash" { elements = Self.sortedPairs(elements) }
        keys[key] = [.status(type)] + elements
        let left = try client("PTTL", key).number ?? -1
        times[key] = left < 0 ? left : Self.now() + left
    }

    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    private static func bytes(_ reply: TestReply) -> [UInt8] { reply.bytes ?? [] }

    private static func sortedPairs(_ elements: [TestReply]) -> [TestReply] {
        stride(from: 0, to: elements.count, by: 2).map { (elements[$0], elements[$0 + 1]) }
            .sorted { bytes($0.0).lexicographicallyPrecedes(bytes($1.0)) }
            .flatMap { [$0.0, $0.1] }
    }

    /// Adds what was read elsewhere.
    package mutating func merge(_ other: Contents) {
        keys.merge(other.keys) { $1 }
        times.merge(other.times) { $1 }
    }

    /// The keys in which two differ: in what they hold, or by more than a few seconds in when they expire.
    package func differences(from other: Contents) -> [String] {
        let now = Self.now()
        return Set(keys.keys).union(other.keys.keys).filter { key in
            // One that has expired since the first reading is gone at the second.
            if keys[key] == nil || other.keys[key] == nil, let time = times[key] ?? other.times[key], time >= 0,
                time <= now
            {
                return false
            }
            let (ours, theirs) = (times[key] ?? 0, other.times[key] ?? 0)
            return keys[key] != other.keys[key] || (ours < 0) != (theirs < 0)
                || (ours >= 0 && ours.distance(to: theirs).magnitude > 20_000)
        }.map {
            "\($0.quoted): \(keys[$0] ?? []), \(times[$0] ?? 0) ms; \(other.keys[$0] ?? []), \(other.times[$0] ?? 0) ms"
        }
    }
}
