import Testing
import WireFormats

@testable import ClusterCore

/// Shards are compared some keys at a time, and nothing is missed.
@Suite struct KeyspaceComparisonTests {
    /// A shard's keys.
    private final class Keys {
        let shards = ShardSet.make(count: 1)
        private var applier: LogApplier

        init() throws {
            applier = LogApplier(target: shards)
            for number in 0..<200 {
                try run("SET", "string:\(number)", String(repeating: "v", count: 5_000))
                try run("HSET", "hash:\(number)", "field", "\(number)")
            }
        }

        deinit { shards.destroy() }

        func run(_ words: String...) throws { try run(words) }

        func run(_ words: [String]) throws {
            try applier.apply(commands: RequestEncoder.encode(words.map { Array($0.utf8) }))
        }
    }

    /// How many steps it takes to the end, and the key in which they differ.
    private static func compare(_ left: Keys, _ right: Keys) -> (steps: Int, difference: String?) {
        var cursor: UInt64 = 0
        var steps = 0
        while true {
            steps += 1
            switch KeyspaceComparison.step(left.shards[0], right.shards[0], from: cursor) {
            case .equalSoFar(let next): cursor = next
            case .equal: return (steps, nil)
            case .different(let key): return (steps, String(decoding: key, as: UTF8.self))
            }
        }
    }

    @Test func `equal shards are equal, after many steps`() throws {
        let outcome = Self.compare(try Keys(), try Keys())
        #expect(outcome.difference == nil)
        // A megabyte, of which a step takes 64 KB and the rest of a bucket.
        #expect(outcome.steps >= 10)
    }

    @Test(arguments: [
        ["SET", "string:77", "other"], ["HSET", "hash:199", "field", "other"], ["DEL", "hash:3"],
        ["PEXPIREAT", "string:5", "99999999999999"], ["RPUSH", "more", "x"],
    ])
    func `a key that differs, is missing or is too much is found`(_ words: [String]) throws {
        for isLeft in [true, false] {
            let (left, right) = (try Keys(), try Keys())
            try (isLeft ? left : right).run(words)
            #expect(Self.compare(left, right).difference == words[1], "left: \(isLeft)")
        }
    }
}
