import Testing

@testable import ClusterCore

@Suite("Keyspace")
struct KeyspaceTests {
    @Test("counts keys and payload bytes through every way a value comes, changes and goes")
    func countsBytes() {
        let commander = Commander()
        commander.run("SET a 12345")
        commander.run("APPEND a 678")
        #expect(commander.payloadBytes == 8)
        commander.run("SETRANGE a 9 x")
        #expect(commander.payloadBytes == 10)
        commander.run("RPUSH list one two")
        #expect(commander.payloadBytes == 16)
        commander.run("SET list 1")
        #expect(commander.payloadBytes == 11)
        commander.run("INCRBY list 99")
        #expect(commander.payloadBytes == 13)
        commander.run("DEL a list")
        #expect(commander.payloadBytes == 0)
        #expect(commander.keyCount == 0)
    }

    @Test("an expired key is gone at its instant, whoever asks first")
    func expires() {
        let commander = Commander()
        commander.run("SET key value PX 1000")
        commander.now += 1_000
        #expect(commander.run("PTTL key") == ":0\r\n", "2.8 keeps a key through the millisecond of its deadline")
        commander.now += 1
        #expect(commander.run("GET key") == "$-1\r\n")
        #expect(commander.payloadBytes == 0)
        #expect(commander.run("SETNX key again") == ":1\r\n")
        #expect(commander.run("TTL key") == ":-1\r\n")
    }

    @Test("sweeping removes what has expired and nothing else")
    func sweeps() {
        let commander = Commander(shards: 1)
        for index in 0..<3_000 {
            commander.run(index % 3 == 0 ? "SET key:\(index) v" : "SET key:\(index) v PX \(1_000 + index)")
        }
        let now = Instant(milliseconds: commander.now + 3_001)
        var removed = 0
        for _ in 0..<200 { removed += commander.shards[0].pointee.keyspace.sweep(buckets: 16, now: now).removed }
        #expect(removed == (0..<3_000).count { $0 % 3 != 0 && $0 <= 2_000 })
        #expect(commander.keyCount == 3_000 - removed)
        #expect(Int(commander.shards[0].pointee.keyspace.expiredCount) == removed)
        #expect(commander.shards[0].pointee.keyspace.expiringCount == (0..<3_000).count { $0 % 3 != 0 && $0 > 2_000 })
    }

    @Test("a sweep ends early where much is to be freed, and the next one goes on")
    func sweepsLittleAtATime() {
        let commander = Commander(shards: 1)
        let value = String(repeating: "x", count: 200_000)
        for index in 0..<10 { commander.run("SET key:\(index) \(value) PX 1000") }
        let now = Instant(milliseconds: commander.now + 1_001)
        var swept: [Keyspace.Swept] = []
        for _ in 0..<10 where commander.keyCount > 0 {
            swept.append(commander.shards[0].pointee.keyspace.sweep(buckets: 1_000, now: now))
        }
        #expect(swept.count > 1)
        #expect(swept.dropLast().allSatisfy { $0.wasCutShort }, "\(swept)")
        #expect(swept.reduce(0) { $0 + $1.removed } == 10)
        #expect(commander.payloadBytes == 0)
    }

    @Test("a hundred thousand keys come and go and leave nothing behind")
    func manyKeys() {
        let commander = Commander()
        for index in 0..<100_000 { commander.run("SET key:\(index) \(index)") }
        #expect(commander.keyCount == 100_000)
        for index in 0..<100_000 where commander.run("DEL key:\(index)") != ":1\r\n" {
            Issue.record("key:\(index) was lost")
        }
        #expect(commander.keyCount == 0)
        #expect(commander.payloadBytes == 0)
    }
}
