import Testing

@testable import ClusterCore

@Suite struct ListsTests {
    private let commander = Commander()

    /// A word of so many bytes.
    private func word(_ count: Int) -> String { String(repeating: "x", count: count) }

    private func bulk(_ text: String) -> String { "$\(text.utf8.count)\r\n\(text)\r\n" }

    private func elements(_ key: String) -> [String] {
        let lines = commander.run("LRANGE \(key) 0 -1").split(separator: "\r\n", omittingEmptySubsequences: false)
        return stride(from: 2, to: lines.count, by: 2).map { String(lines[$0]) }
    }

    @Test func `A list may weigh exactly the limit`() {
        commander.maximumValueBytes = 100
        #expect(commander.run(["RPUSH", "k", word(60), word(40)]) == ":2\r\n")
        let refusal = "-ERR value under the key would be 101 bytes, the limit is 100\r\n"
        for command in ["RPUSH k a", "LPUSH k a", "RPUSHX k a", "LPUSHX k a", "LINSERT k BEFORE \(word(40)) a"] {
            #expect(commander.run(command) == refusal, "\(command)")
        }
        #expect(commander.run("LSET k 0 \(word(61))") == refusal)
        #expect(commander.run(["LPUSH", "k", ""]) == ":3\r\n")
        #expect(commander.payloadBytes == 100)
        #expect(commander.run(["LPUSH", "new", word(50), word(51)]) == refusal)
        #expect(commander.run("EXISTS new") == ":0\r\n")
    }

    @Test func `LINSERT without its pivot answers -1, however large the element`() {
        commander.maximumValueBytes = 10
        commander.run("RPUSH k a b")
        #expect(commander.run("LINSERT k AFTER nope \(word(50))") == ":-1\r\n")
    }

    @Test func `A list that is too large may be made smaller`() {
        commander.run(["RPUSH", "k", word(50), word(50)])
        commander.maximumValueBytes = 10
        #expect(commander.run("LSET k 0 \(word(50))") == "+OK\r\n")
        #expect(commander.run("LSET k 0 \(word(49))") == "+OK\r\n")
        #expect(commander.run("LSET k 0 \(word(50))").hasPrefix("-ERR value under the key"))
        #expect(commander.run("RPOPLPUSH k k") == "$50\r\n\(word(50))\r\n")
        #expect(commander.run("LTRIM k 0 0") == "+OK\r\n")
        #expect(commander.payloadBytes == 50)
    }

    @Test func `RPOPLPUSH to a list that would be too large leaves both as they were`() {
        commander.maximumValueBytes = 10
        commander.run("RPUSH from a bcd")
        commander.run("RPUSH to \(word(8))")
        #expect(commander.run("RPOPLPUSH from to") == "-ERR value under the key would be 11 bytes, the limit is 10\r\n")
        #expect(elements("from") == ["a", "bcd"])
        #expect(elements("to") == [word(8)])
        commander.run("RPOP from")
        #expect(commander.run("RPOPLPUSH from to") == "$1\r\na\r\n")
        #expect(elements("to") == ["a", word(8)])
        #expect(commander.run("EXISTS from") == ":0\r\n")
    }

    @Test("RPOPLPUSH moves every element from list to list, on one shard and on several", arguments: [1, 2, 7])
    func moving(shards: Int) {
        let commander = Commander(shards: shards)
        for number in 0..<3000 { commander.run("RPUSH from \(number)") }
        let payload = commander.payloadBytes
        for number in (0..<3000).reversed() {
            #expect(commander.run("RPOPLPUSH from to") == bulk("\(number)"))
            #expect(commander.payloadBytes == payload)
        }
        #expect(commander.run("EXISTS from") == ":0\r\n")
        #expect(commander.run("LLEN to") == ":3000\r\n")
        #expect(commander.run("LINDEX to 1234") == "$4\r\n1234\r\n")
    }

    @Test func `RPOPLPUSH of a list to itself turns it and keeps its time to live`() {
        commander.run("RPUSH k a b c")
        commander.run("EXPIRE k 100")
        #expect(commander.run("RPOPLPUSH k k") == "$1\r\nc\r\n")
        #expect(elements("k") == ["c", "a", "b"])
        #expect(commander.run("TTL k") == ":100\r\n")
        commander.run(["RPUSH", "one", word(9000)])
        #expect(commander.run("RPOPLPUSH one one") == "$9000\r\n\(word(9000))\r\n")
        #expect(elements("one") == [word(9000)])
    }

    @Test func `RPOPLPUSH finds its source after an expired destination was removed`() {
        for number in 0..<40 {
            commander.run("RPUSH to\(number) x")
            commander.run("PEXPIRE to\(number) 5")
            commander.run("RPUSH from\(number) \(number)")
        }
        commander.now += 10
        for number in 0..<40 {
            #expect(commander.run("RPOPLPUSH from\(number) to\(number)") == bulk("\(number)"))
            #expect(elements("to\(number)") == ["\(number)"])
        }
        #expect(commander.keyCount == 40)
    }

    @Test func `LREM takes the count's sign for its direction`() {
        commander.run("RPUSH k a b a c a")
        #expect(commander.run("LREM k -2 a") == ":2\r\n")
        #expect(elements("k") == ["a", "b", "c"])
        #expect(commander.run("LREM k -9223372036854775808 a") == ":1\r\n")
        #expect(commander.run("LREM k 0 b") == ":1\r\n")
        #expect(commander.run("LREM k 1 c") == ":1\r\n")
        #expect(commander.run("EXISTS k") == ":0\r\n")
        #expect(commander.payloadBytes == 0)
    }

    @Test func `An index beyond 32 bits wraps in a compact list alone`() {
        commander.run("RPUSH k a b")
        #expect(commander.run("LINDEX k 4294967297") == bulk("b"))
        #expect(commander.run("LSET k 4294967297 c") == "+OK\r\n")
        for _ in 0..<5000 { commander.run("RPUSH k x") }
        #expect(commander.run("LINDEX k 4294967297") == "$-1\r\n")
        #expect(commander.run("LSET k 4294967297 c") == "-ERR index out of range\r\n")
    }

    @Test func `A list outgrows its record and every command goes on`() {
        let all = (0..<2000).map { "element-\($0)" }
        #expect(commander.run(["RPUSH", "k"] + all) == ":2000\r\n")
        #expect(commander.record("k")?.form == .list)
        #expect(commander.run("LINSERT k BEFORE element-1000 new") == ":2001\r\n")
        #expect(commander.run("LINDEX k 1000") == "$3\r\nnew\r\n")
        #expect(commander.run("LSET k -1 last") == "+OK\r\n")
        #expect(commander.run("LRANGE k -2 -1") == "*2\r\n$12\r\nelement-1998\r\n$4\r\nlast\r\n")
        #expect(commander.run("LREM k 0 new") == ":1\r\n")
        #expect(commander.run("LTRIM k 500 502") == "+OK\r\n")
        #expect(elements("k") == ["element-500", "element-501", "element-502"])
        #expect(commander.payloadBytes == 33)
        #expect(commander.run("LTRIM k 5 9") == "+OK\r\n")
        #expect(commander.keyCount == 0)
        #expect(commander.payloadBytes == 0)
    }

    @Test(
        "Watchers of a list are told where 2.8 tells them",
        arguments: [
            ("RPUSH k a", true), ("LPUSHX k a", true), ("LPOP k", true), ("LSET k 0 a", true), ("LTRIM k 0 -1", true),
            ("LREM k 0 a", true), ("LINSERT k AFTER a x", true), ("RPOPLPUSH k k", true), ("RPOPLPUSH k n", true),
            ("RPOPLPUSH other k", true), ("LREM k 0 nope", false), ("LINSERT k AFTER nope x", false),
            ("LSET k 9 a", false), ("LRANGE k 0 -1", false), ("LPUSHX n a", false), ("RPOPLPUSH n k", false),
        ])
    func watching(_ command: String, _ isTold: Bool) {
        commander.run("RPUSH k a b")
        commander.run("RPUSH other c")
        let watcher = commander.watch("k")
        commander.run(command)
        #expect(watcher.isBroken == isTold, "\(command)")
    }
}

extension Commander {
    /// Begins to watch a key as WATCH does.
    func watch(_ key: String) -> WatchState {
        let state = WatchState()
        Bytes.with(key) { key in shards.shard(of: key).pointee.watches.add(state, to: key, hash: KeyHash.hash(key)) }
        return state
    }
}
