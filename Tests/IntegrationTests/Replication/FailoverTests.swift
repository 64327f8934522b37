import ClusterCore
import Foundation
import TestSupport
import Testing

/// Nodes are killed, hang, come back and hand their role over, hundreds of times, while clients write: no acknowledged
/// write is lost, none is applied twice, and each key behaves like one that never moved.
///
/// `CLUSTERCTL_FAILOVERS=10000` runs longer, `CLUSTERCTL_TEST_SEED` repeats what is done to the nodes.
@Suite(.blocking, .serialized)
struct FailoverTests {
    private static let failovers =
        ProcessInfo.processInfo.environment["CLUSTERCTL_FAILOVERS"].flatMap { Int($0) } ?? 1_000
    private static let clients = 4
    /// What is done between two checks of the histories, which grow with it.
    private static let failoversPerRun = 100

    @Test func `histories are those of a cluster that never failed`() async throws {
        let seed = SeededGenerator().seed
        var done = 0
        var run = 0
        var checked = Checked()
        while done < Self.failovers {
            run += 1
            let waits = run % 3 == 0
            done += try await oneRun(
                SeededGenerator(seed: seed &+ UInt64(run)), seed, waitsForPrimary: waits, &checked)
        }
        print(
            "failover test: \(done) failovers, \(checked.operations) operations in histories, of \(checked.unknown) of them "
                + "nobody was told, seed \(seed)")
        #expect(checked.operations > done)
    }

    /// How much was checked.
    private struct Checked {
        var operations = 0
        var unknown = 0

        mutating func add<Model: HistoryModel>(_ histories: HistoryClient.Histories<Model>) {
            operations += histories.values.reduce(0) { $0 + $1.count }
            unknown += histories.values.reduce(0) { $0 + $1.count { $0.returned == nil } }
        }
    }

    private func oneRun(
        _ random: SeededGenerator, _ seed: UInt64, waitsForPrimary: Bool, _ checked: inout Checked
    ) async throws -> Int {
        let (failovers, clients) = try await run(random, seed, waitsForPrimary: waitsForPrimary)
        for client in clients {
            checked.add(client.registers)
            checked.add(client.numbers)
            checked.add(client.bags)
            checked.add(client.queues)
        }
        return failovers
    }

    private func run(
        _ random: SeededGenerator, _ seed: UInt64, waitsForPrimary: Bool
    ) async throws -> (failovers: Int, clients: [HistoryClient]) {
        try await withServer {
            $0.replicas = 2
            $0.nodeTimeoutMilliseconds = 4
            $0.waitsForFailover = waitsForPrimary
        } run: { server in
            let flag = SharedFlag()
            let endpoint = server.endpoint
            let path = server.adminPath
            var clients: [HistoryClient] = []
            var failovers = 0
            try await withThrowingTaskGroup(of: (HistoryClient?, Int).self) { group in
                for number in 0..<Self.clients {
                    group.addTask {
                        var client = HistoryClient(number: number, endpoint: endpoint)
                        client.run(SeededGenerator(seed: random.seed &+ UInt64(number) &* 977)) { flag.isSet }
                        return (client, 0)
                    }
                }
                group.addTask {
                    defer { flag.set() }
                    return (nil, try Self.disturb(random, path))
                }
                for try await (client, count) in group {
                    if let client { clients.append(client) }
                    failovers += count
                }
            }
            // The last word is with one that sees what is left.
            var witness = HistoryClient(number: Self.clients, endpoint: endpoint)
            for key in 0..<HistoryClient.keys { try witness.readAll(key, try server.connect()) }
            let problems = try Self.check(clients + [witness], try server.connect())
            #expect(problems.isEmpty, "CLUSTERCTL_TEST_SEED=\(seed): \(problems)")
            var admin = try AdminClient(path: path)
            #expect(try waits { try admin.nodes().allSatisfy { $0.state == "running" && $0.isComplete } })
            #expect(try admin.number("COMPARE") == 6)
            return (failovers, clients)
        }
    }

    /// Does things to nodes until there were enough failovers; returns how many.
    private static func disturb(_ random: SeededGenerator, _ path: String) throws -> Int {
        var random = random
        var admin = try AdminClient(path: path)
        var failovers = 0
        while failovers < failoversPerRun {
            let shard = random.below(3)
            let nodes = try admin.nodes().filter { $0.name.hasPrefix("\(shard)-") }
            guard let primary = nodes.first(where: \.isPrimary),
                nodes.contains(where: { !$0.isPrimary && $0.isComplete })
            else {
                usleep(500)
                continue
            }
            let action = random.below(5)
            switch action {
            case 0: _ = try? admin.ask(["FAILOVER", "\(shard)", "GRACEFUL"])
            case 1, 2: _ = try admin.ask(["NODE", "KILL", primary.name])
            case 3: _ = try admin.ask(["NODE", "STOP", primary.name])
            default:
                // A replica goes and comes back; no failover.
                guard let replica = nodes.last(where: { !$0.isPrimary }) else { continue }
                _ = try admin.ask(["NODE", random.isOne(in: 2) ? "KILL" : "STOP", replica.name])
                usleep(useconds_t(random.below(2_000)))
                _ = try admin.ask(["NODE", "RESTART", replica.name])
                continue
            }
            if action == 3, random.isOne(in: 4) {
                // It is back before it is given up, or just after.
                usleep(useconds_t(random.below(6_000)))
                _ = try admin.ask(["NODE", "RESUME", primary.name])
            }
            let hasPrimary = try waits {
                try admin.nodes().contains { $0.name.hasPrefix("\(shard)-") && $0.isPrimary && $0.state == "running" }
            }
            guard hasPrimary else { throw ProcessFailure(description: "shard \(shard) got no primary") }
            failovers += 1
            if action == 3, random.isOne(in: 3) { _ = try admin.ask(["NODE", "RESUME", primary.name]) }
            for node in try admin.nodes() where node.state != "running" {
                _ = try admin.ask(["NODE", "RESTART", node.name])
            }
        }
        return failovers
    }
}

// MARK: - Checking

extension FailoverTests {
    private static func check(_ clients: [HistoryClient], _ client: TestClient) throws -> [String] {
        var problems = clients.flatMap(\.surprises)
        for key in 0..<HistoryClient.keys {
            problems += try checkList(key, clients, client) + checkCounter(key, clients, client)
            problems += check("register", key, clients, \.registers) + check("number", key, clients, \.numbers)
            problems += check("bag", key, clients, \.bags) + check("queue", key, clients, \.queues)
        }
        let added = clients.flatMap(\.added)
        for value in added where try client("SISMEMBER", "set:\(value % 7)", value).number != 1 {
            problems.append("member \(value) is lost")
        }
        return problems
    }

    /// There is an order of all that was done to a key that explains what each client was told.
    private static func check<Model: HistoryModel>(
        _ kind: String, _ key: Int, _ clients: [HistoryClient],
        _ operations: KeyPath<HistoryClient, HistoryClient.Histories<Model>>
    ) -> [String] {
        var history = History<Model>()
        for operation in clients.flatMap({ $0[keyPath: operations][key] ?? [] }) { history.add(operation) }
        guard !history.isLinearizable() else { return [] }
        return ["\(kind):\(key): no order explains \(history.operations.count) operations"]
    }

    /// A list has all that was acknowledged, once, each client's in the order in which it appended.
    private static func checkList(
        _ key: Int, _ clients: [HistoryClient], _ client: TestClient
    ) throws -> [String] {
        let list = (try client("LRANGE", "list:\(key)", 0, -1).elements ?? []).compactMap {
            Int(String(decoding: $0.bytes ?? [], as: UTF8.self))
        }
        var problems: [String] = []
        if Set(list).count != list.count { problems.append("list \(key) has elements twice") }
        let known = Set(clients.flatMap { $0.appended[key] ?? [] })
        let unknown = Set(clients.flatMap { $0.unknownAppends[key] ?? [] })
        let lost = known.subtracting(list)
        if !lost.isEmpty { problems.append("list \(key) has lost \(lost.sorted())") }
        if !Set(list).subtracting(known).isSubset(of: unknown) {
            problems.append("list \(key) has what nobody appended")
        }
        for client in clients {
            let own = list.filter { $0 % 100 == client.number && known.contains($0) }
            if own != client.appended[key] ?? [] { problems.append("list \(key) is not in order") }
        }
        return problems
    }

    /// A counter is the number of acknowledged transactions, and up to as many more as nobody was told of; its twin on
    /// another shard is the same.
    private static func checkCounter(
        _ key: Int, _ clients: [HistoryClient], _ client: TestClient
    ) throws -> [String] {
        func value(_ name: String) throws -> Int {
            Int(String(decoding: try client("GET", name).bytes ?? [0x30], as: UTF8.self)) ?? -1
        }
        let (counter, twin) = (try value("counter:\(key)"), try value("twin:\(key)"))
        let known = clients.reduce(0) { $0 + ($1.increments[key] ?? 0) }
        let unknown = clients.reduce(0) { $0 + ($1.unknownIncrements[key] ?? 0) }
        var problems: [String] = []
        if !(known...known + unknown).contains(counter) {
            problems.append("counter \(key) is \(counter), \(known) transactions and up to \(unknown) more")
        }
        if counter != twin { problems.append("half a transaction: counter \(key) is \(counter), its twin \(twin)") }
        return problems
    }
}
