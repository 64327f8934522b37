import ClusterCore
import CommandCatalog
import TestSupport
import Testing

/// A thousand clients with transactions on a handful of keys: no increment is lost, none is made twice, no lock stays.
@Suite(.blocking)
struct ManyClientsTests {
    private static let threads = 4
    private static let keys = ["n:0", "n:1", "n:2", "n:3"]

    @Test(arguments: Contract.KeyLocks.allCases)
    func `a thousand clients with WATCH, MULTI and EXEC end with the right sums`(
        keyLocks: Contract.KeyLocks
    ) async throws {
        try await expectRightSums(clients: 1_000, rounds: 1, keyLocks: keyLocks)
    }

    @Test
    func `a few clients on several loops end with the right sums`() async throws {
        try await expectRightSums(clients: 16, rounds: 30, keyLocks: .queued)
    }

    private func expectRightSums(clients: Int, rounds: Int, keyLocks: Contract.KeyLocks) async throws {
        Machine.raiseFileLimit()
        let seed = SeededGenerator().seed
        let configure = { (configuration: inout ServerConfiguration) in
            configuration.loops = 2
            configuration.contract.keyLocks = keyLocks
        }
        try await withServer(configure) { server in
            let sums = try await withThrowingTaskGroup(of: [Int].self) { group in
                for thread in 0..<Self.threads {
                    group.addTask {
                        var crowd = try Crowd(
                            server.endpoint, count: clients / Self.threads, keys: Self.keys,
                            SeededGenerator(seed: seed &+ UInt64(thread)))
                        return try crowd.increment(rounds: rounds)
                    }
                }
                return try await group.reduce(into: [0, 0, 0, 0]) { sum, part in
                    for index in sum.indices { sum[index] += part[index] }
                }
            }
            let values = try server.connect().pipeline(Self.keys.map { ["GET", $0] })
            #expect(values == sums.map { .text(String($0)) }, "CLUSTERCTL_TEST_SEED=\(seed)")
            #expect(sums.reduce(0, +) == clients * rounds * 2)
            #expect(try server.heldKeys() == 0)
        }
    }
}

/// Clients of one thread that increment counters, in an order that changes each time.
private struct Crowd {
    private let clients: [TestClient]
    private let keys: [String]
    private var random: SeededGenerator

    init(_ endpoint: Endpoint, count: Int, keys: [String], _ random: SeededGenerator) throws {
        clients = try (0..<count).map { _ in try TestClient(endpoint) }
        self.keys = keys
        self.random = random
    }

    /// So many clients of a thread have their transactions under way at the same time.
    private static let groupCount = 3

    /// Lets every client increment two counters `rounds` times, by reading them and writing what is one more.
    ///
    /// Tries again what met a lock or a change. Returns how often each counter was incremented.
    mutating func increment(rounds: Int) throws -> [Int] {
        var counts = keys.map { _ in 0 }
        var missing = clients.map { _ in rounds }
        while true {
            let waiting = clients.indices.filter { missing[$0] > 0 }.shuffled(using: &random)
            if waiting.isEmpty { return counts }
            for start in stride(from: 0, to: waiting.count, by: Self.groupCount) {
                let group = waiting[start..<min(start + Self.groupCount, waiting.count)]
                for attempt in try run(group.map { attempt(of: $0) }) {
                    for key in attempt.keys { counts[key] += 1 }
                    missing[attempt.client] -= 1
                }
            }
        }
    }

    /// One transaction: which client, and the places of its two keys.
    private struct Attempt {
        let client: Int
        let keys: [Int]
    }

    private mutating func attempt(of client: Int) -> Attempt {
        let first = random.below(keys.count)
        return Attempt(client: client, keys: [first, (first + 1 + random.below(keys.count - 1)) % keys.count])
    }

    /// Takes each step of all attempts before the next one, and returns those that succeeded; the others met a key that
    /// was held or has changed.
    private func run(_ attempts: [Attempt]) throws -> [Attempt] {
        var begun: [(attempt: Attempt, values: [Int])] = []
        for attempt in attempts {
            let names = attempt.keys.map { keys[$0] }
            let seen = try clients[attempt.client].pipeline([["WATCH"] + names, ["GET", names[0]], ["GET", names[1]]])
            if seen.contains(where: \.isLocked) {
                try clients[attempt.client]("UNWATCH")
            } else {
                let values = seen.dropFirst().map { Int(String(decoding: $0.bytes ?? [48], as: UTF8.self)) ?? 0 }
                begun.append((attempt, values))
            }
        }
        for (attempt, values) in begun {
            let sets = zip(attempt.keys, values).map { ["SET", keys[$0], String($1 + 1)] as [any RequestArgument] }
            try clients[attempt.client].pipeline([["MULTI"]] + sets)
        }
        return try begun.map(\.attempt).filter { try succeeds(clients[$0.client]("EXEC")) }
    }

    private func succeeds(_ reply: TestReply) throws -> Bool {
        switch reply {
        case .array: return true
        case .nullArray: return false
        case .error(let text) where text.hasPrefix("EXECABORT") || text.hasPrefix("LOCKED"): return false
        default: throw ProcessFailure(description: "EXEC answered \(reply)")
        }
    }
}

extension TestReply {
    fileprivate var isLocked: Bool { errorText?.hasPrefix("LOCKED ") ?? false }
}
