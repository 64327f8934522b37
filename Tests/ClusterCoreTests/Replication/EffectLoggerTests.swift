import CommandCatalog
import Testing
import WireFormats

@testable import ClusterCore

/// What is logged of each command: an effect that is always the same, on its own shard.
struct EffectLoggerTests {
    /// One shard whose writes are logged.
    private final class Setup {
        let cluster = EmbeddedCluster(shards: 1, maximumValueBytes: 1_000_000)
        private var cursor: LogCursor
        private var selection = ShardSelection(shards: 1)

        init() {
            let log = cluster.shards.log(of: 0)
            cluster.shards[0].pointee.setLog(log)
            cursor = LogCursor(at: log.pointee.end)
        }

        deinit {
            cluster.shards.destroy()
        }

        /// Runs a command and returns what was logged, a line a command.
        func run(_ line: String, now: Int64 = 1_700_000_000_000) -> [String] {
            var reply = ReplyBuffer(limit: 1 << 20)
            let words = line.split(separator: " ").map { Array($0.utf8) }
            let name = words[0]
            guard case .supported(let id) = Catalog.find(name.span) else { return ["no command"] }
            var ranges: [Range<Int>] = []
            var end = 0
            for word in words {
                ranges.append(end..<end + word.count)
                end += word.count
            }
            let bytes = Array(words.joined())
            bytes.withUnsafeBufferPointer { bytes in
                ranges.withUnsafeBufferPointer { ranges in
                    guard let start = bytes.baseAddress, let places = ranges.baseAddress else { return }
                    let arguments = Arguments(start: start, ranges: places, count: words.count)
                    let now = Instant(milliseconds: now)
                    if case .range(first: 1, last: 1, _) = id.facts.keys {
                        _ = cluster.run(id, arguments, at: cluster.address(of: arguments[1]), for: 1, now: now, &reply)
                    } else {
                        _ = cluster.run(id, id.facts.keys, arguments, for: 1, now: now, &selection, &reply)
                    }
                }
            }
            return logged()
        }

        private func logged() -> [String] {
            var bytes: [UInt8] = []
            cursor.read(upTo: cluster.shards.log(of: 0).pointee.end) { bytes += $0 }
            var reader = AOFReader()
            var lines: [String] = []
            var position = 0
            bytes.withUnsafeBytes { bytes in
                while let outcome = try? reader.next(
                    in: UnsafeRawBufferPointer(rebasing: bytes[position...]), isLast: true)
                {
                    guard case .command(let count) = outcome else { return }
                    let request = reader.request(in: UnsafeRawBufferPointer(rebasing: bytes[position...]))
                    lines.append(
                        (0..<request.count).map { String(decoding: request[$0], as: UTF8.self) }.joined(separator: " "))
                    position += count
                }
            }
            return lines
        }
    }

    private static let cases: [([String], [String])] = [
        // As sent, and nothing where nothing has changed.
        (["SET a 1"], ["SET a 1"]), (["RPUSH l a", "LREM l 0 b"], []), (["SADD s a", "sadd s a"], []),
        (["SET a 1", "SETNX a 2"], []), (["GET a"], []), (["SET a x", "INCR a"], []),
        (["SET a 1", "INCR a"], ["INCR a"]), (["APPEND a b"], ["APPEND a b"]),
        // Numbers that later releases refuse.
        (["SET a 007", "INCR a"], ["SET a 8"]), (["INCRBY a +5"], ["SET a 5"]), (["SETRANGE a +1 b"], ["SET a \0b"]),
        // Bound to time.
        (["SETEX a 10 1"], ["MULTI", "SET a 1", "PEXPIREAT a 1700000010000", "EXEC"]),
        (["SET a 1 PX 5 NX"], ["MULTI", "SET a 1", "PEXPIREAT a 1700000000005", "EXEC"]),
        (["SET a 1", "EXPIRE a 10"], ["PEXPIREAT a 1700000010000"]), (["SET a 1", "EXPIREAT a 1"], ["DEL a"]),
        (["EXPIRE a 10"], []), (["SETEX a 10 1", "PERSIST a"], ["PERSIST a"]),
        (["SETEX a 10 1", "INCRBYFLOAT a 0.5"], ["MULTI", "SET a 1.5", "PEXPIREAT a 1700000010000", "EXEC"]),
        // Deadlines that wrap around.
        (["SET a 1 PX 9223372036854775807"], ["MULTI", "SET a 1", "PEXPIREAT a -9223370336854775809", "EXEC"]),
        (["SET a 1", "PEXPIRE a 9223372036854775807"], ["DEL a"]),
        (["SET a 1 PX 9223372036854775807", "PERSIST a"], ["PERSIST a"]),
        // Random, or rounded.
        (["SADD s a", "SPOP s"], ["SREM s a"]), (["HINCRBYFLOAT h f 0.1"], ["HSET h f 0.1"]),
        (["HSET h f 1", "HINCRBY h f 2"], ["HSET h f 3"]),
        // A range of names is the same for every Redis among members of one score only.
        (["ZADD z 0 a 0 b", "ZREMRANGEBYLEX z [a [a"], ["ZREMRANGEBYLEX z [a [a"]),
        (["ZADD z 1 a 2 b", "ZREMRANGEBYLEX z [a [a"], ["MULTI", "DEL z", "ZADD z 2 b", "EXEC"]),
        // Several keys.
        (["SET a 1", "DEL a b"], ["MULTI", "DEL a", "EXEC"]), (["DEL a b"], []), (["DEL a"], []),
        (["MSET a 1 b 2"], ["MULTI", "SET a 1", "SET b 2", "EXEC"]), (["SET a 1", "MSETNX a 1 b 2"], []),
        (["RPUSH a x", "RPOPLPUSH a b"], ["MULTI", "RPOP a", "LPUSH b x", "EXEC"]),
        (["RPUSH a x y", "RPOPLPUSH a a"], ["MULTI", "RPOPLPUSH a a", "EXEC"]),
        (["SADD a x", "SMOVE a b x"], ["MULTI", "SREM a x", "SADD b x", "EXEC"]), (["SADD a x", "SMOVE a b y"], []),
        (["SADD a x", "SUNIONSTORE c a b"], ["MULTI", "DEL c", "SADD c x", "EXEC"]),
        (["SET a 1", "SINTERSTORE a b c"], ["MULTI", "DEL a", "EXEC"]), (["SINTERSTORE a b c"], []),
        (["ZADD a 1.5 x", "ZUNIONSTORE c 1 a"], ["MULTI", "DEL c", "ZADD c 1.5 x", "EXEC"]),
        (["SET a x", "BITOP NOT b a"], ["MULTI", "SET b \u{87}", "EXEC"]),
    ]

    @Test(arguments: cases)
    func `the effect of a command is logged`(_ commands: [String], _ expected: [String]) {
        let setup = Setup()
        var logged: [String] = []
        for command in commands { logged = setup.run(command) }
        if commands.last?.hasPrefix("BITOP") == true {
            #expect(logged.count == expected.count)
        } else {
            #expect(logged == expected)
        }
    }

    @Test func `a key that has expired is logged as its removal, before what comes after`() {
        let setup = Setup()
        _ = setup.run("SETEX a 10 1")
        #expect(setup.run("GET a", now: 1_700_000_011_000) == ["DEL a"])
        _ = setup.run("SETEX a 10 1")
        #expect(setup.run("APPEND a 2", now: 1_700_000_011_000) == ["DEL a", "APPEND a 2"])
    }

    @Test func `while a copy is made the first write to a key that it lacks is logged as the key's state`() {
        let setup = Setup()
        _ = setup.run("RPUSH l a b")
        let log = setup.cluster.shards.log(of: 0)
        log.pointee.beginCapture()
        #expect(setup.run("RPUSH l c") == ["MULTI", "DEL l", "RPUSH l a b c", "EXEC"])
        #expect(setup.run("RPUSH l d") == ["RPUSH l d"])
        #expect(setup.run("LPOP m") == [])
        _ = log.pointee.endCapture()
    }

    @Test func `large collections are logged in commands of 64 elements`() {
        let setup = Setup()
        for number in 0..<100 { _ = setup.run("RPUSH l \(number)") }
        setup.cluster.shards.log(of: 0).pointee.beginCapture()
        let logged = setup.run("RPUSH l last")
        #expect(logged.map { $0.split(separator: " ").count } == [1, 2, 66, 39, 1])
    }
}
