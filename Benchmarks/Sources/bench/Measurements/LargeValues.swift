import Foundation
import Synchronization

/// How long a GET waits at worst while something is done to four hundred values of 900 KB.
///
/// As in ``Stall`` the server has a core and the bench another, and the waits of both for their cores are taken off.
enum LargeValues {
    /// What is done while a GET is asked for again and again.
    private struct Work {
        let name: String
        let steps: [Step]
        /// Whether it holds others up as long as it takes: one reply is made at one instant, what was restored is written.
        var isUnbounded = false

        /// One after another.
        enum Step {
            /// A request whose reply is one line.
            case line([String])
            /// A request; its reply is read whole.
            case request([String])
            /// A subcommand of clusterctl.
            case command([String])
        }
    }

    private static let limit = 50.0

    static func measure(_ options: Options) throws(Failure) -> [Table] {
        try Machine.pinBench(to: Machine.cores - 1)
        defer { try? Machine.unpinBench() }
        let rounds = options.amount(3, quick: 1)
        var (ours, theirs, onData) = (Samples(requests), Samples(requests), Samples(commands))
        for round in 1...rounds {
            note("  run \(round) of \(rounds)")
            let folder = "/tmp/clusterctl-bench-\(getpid())"
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let contender = Contender.oursWithFiles(folder: folder + "/data", adminSocket: folder + ".sock")
            try Server.with(contender, options, core: 0) { server throws(Failure) in
                try load(server.port)
                let program = Program(path: options.binary, adminSocket: folder + ".sock")
                onData.add(try waits(during: commands, server, program))
                // What was restored comes back into replicas and files before anything else is measured.
                try program.run(["save"])
                ours.add(try waits(during: requests, server, program))
            }
            try Server.with(.redisServer, options, core: 0) { server throws(Failure) in
                try load(server.port)
                theirs.add(try waits(during: requests, server, nil))
            }
        }
        return [table(onData), table(ours, theirs)]
    }

    private static func row(_ work: Work, _ ours: Figure, _ theirs: Figure) -> Row {
        Row(work.name, ours, theirs, budget: work.isUnbounded ? nil : .below(limit, unit: "ms"))
    }

    private static func table(_ samples: Samples) -> Table {
        var table = Table(title: "Longest wait of a GET while 400 values of 900 KB are worked on", unit: "ms")
        table.columns = ["clusterctl", "limit"]
        table.rows = zip(samples.works, samples.figures).map { row($0, $1, .median(of: [limit])) }
        return table
    }

    private static func table(_ ours: Samples, _ theirs: Samples) -> Table {
        var table = Table(title: "Longest wait of a GET during a request for values of 900 KB", unit: "ms")
        table.rows = zip(ours.works, zip(ours.figures, theirs.figures)).map { row($0, $1.0, $1.1) }
        return table
    }

    /// The longest wait of each run during each of the works.
    private struct Samples {
        let works: [Work]
        private var runs: [[Double]] = []

        init(_ works: [Work]) { self.works = works }

        mutating func add(_ run: [Double]) { runs.append(run) }

        /// The least of all runs: noise only adds.
        var figures: [Figure] { works.indices.map { index in .minimum(of: runs.map { $0[index] }) } }
    }
}

// MARK: - What is done

extension LargeValues {
    private static let commands = [
        Work(name: "snapshot save", steps: [.command(["snapshot", "save", "all"])]),
        Work(name: "export", steps: [.command(["export", "--rdb", "/tmp/clusterctl-bench-\(getpid()).rdb"])]),
        Work(name: "save (a rewrite)", steps: [.command(["save"])]),
        Work(
            name: "a replica is filled anew, and a rewrite",
            steps: [.command(["node", "kill", "0-1"]), .command(["node", "restart", "0-1"]), .command(["save"])]),
        Work(name: "flush", steps: [.command(["flush", "--yes"])]),
        Work(
            name: "snapshot restore, with files", steps: [.command(["snapshot", "restore", "all"])], isUnbounded: true),
    ]

    private static let requests = [
        Work(name: "MGET of 54 MB", steps: [mget(60)], isUnbounded: true),
        Work(name: "MGET of 250 MB", steps: [mget(278)], isUnbounded: true),
        Work(
            name: "EXEC of 60 GET",
            steps: [.line(["MULTI"])] + (0..<60).map { .line(["GET", "string:\($0)"]) } + [.request(["EXEC"])],
            isUnbounded: true),
        Work(name: "LRANGE of all", steps: [.request(["LRANGE", "list:1", "0", "-1"])]),
        Work(name: "SUNION of 50 sets", steps: [.request(["SUNION"] + (0..<50).map { "set:\($0)" })]),
        Work(name: "SUNION of one set 500 times", steps: [.request(["SUNION"] + (0..<500).map { _ in "set:1" })]),
        Work(
            name: "ZUNIONSTORE of 3", steps: [.request(["ZUNIONSTORE", "z", "3", "sorted:1", "sorted:2", "sorted:3"])]),
        Work(name: "SRANDMEMBER -10000000", steps: [.request(["SRANDMEMBER", "set:1", "-10000000"])]),
        Work(
            name: "SSCAN with a pattern",
            steps: [
                .request(["SSCAN", "set:1", "0", "COUNT", "100000", "MATCH", String(repeating: "*1", count: 500)])
            ]),
        Work(
            name: "BITOP of 100 strings", steps: [.request(["BITOP", "XOR", "to"] + (0..<100).map { "string:\($0)" })]),
        Work(name: "DEL of 50 hashes", steps: [.request(["DEL"] + (0..<50).map { "hash:\($0)" })]),
    ]

    private static func mget(_ count: Int) -> Work.Step {
        .request(["MGET"] + (0..<count).map { "string:\($0 % 200)" })
    }

    /// 200 strings, 50 lists, 50 sets, 50 hashes and 50 sorted sets.
    private static func load(_ port: Int) throws(Failure) {
        let client = try RequestConnection(port: port)
        let value = String(repeating: "v", count: 900_000)
        for number in 0..<200 { try client.ask(["SET", "string:\(number)", value]) }
        let elements = (0..<50_000).map { String($0 + 10_000_000) }
        let fields = elements.prefix(30_000).flatMap { [$0, "valuevalue"] }
        let scored = elements.prefix(40_000).enumerated().flatMap { ["\($0)", $1] }
        for number in 0..<50 {
            try client.ask("RPUSH", "list:\(number)", elements)
            try client.ask("SADD", "set:\(number)", Array(elements.prefix(40_000)))
            try client.ask("HMSET", "hash:\(number)", fields)
            try client.ask("ZADD", "sorted:\(number)", scored)
        }
        try client.ask(["SET", "probe", "x"])
    }
}

// MARK: - Doing it

extension LargeValues {
    /// The program, and the cluster that it asks.
    private struct Program {
        let path: String
        let adminSocket: String

        func run(_ words: [String]) throws(Failure) {
            _ = try ChildProcess.run([path] + words + ["--admin-socket", adminSocket])
        }
    }

    /// The longest wait during each of the works, in milliseconds.
    private static func waits(
        during works: [Work], _ server: Server, _ program: Program?
    ) throws(Failure) -> [Double] {
        let probe = try WaitProbe(server)
        var longest: [Double] = []
        for work in works {
            let worker = Worker(work, server.port, program)
            longest.append(try probe.longestWait { worker.hasEnded })
            if let failure = worker.failure { throw failure }
        }
        return longest
    }

    /// Does one work on a thread of its own.
    private final class Worker: Sendable {
        private let state = Mutex<(hasEnded: Bool, failure: Failure?)>((false, nil))

        var hasEnded: Bool { state.withLock { $0.hasEnded } }
        var failure: Failure? { state.withLock { $0.failure } }

        init(_ work: Work, _ port: Int, _ program: Program?) {
            Thread.detachNewThread { [self] in
                var failure: Failure?
                do throws(Failure) {
                    try Self.run(work, try RequestConnection(port: port), program)
                } catch {
                    failure = error
                }
                state.withLock { $0 = (true, failure) }
            }
        }

        private static func run(
            _ work: Work, _ connection: borrowing RequestConnection, _ program: Program?
        ) throws(Failure) {
            for step in work.steps {
                switch step {
                case .line(let words): try connection.ask(words)
                case .request(let words): try connection.exhaust(words)
                case .command(let words): try program?.run(words)
                }
            }
        }
    }
}
