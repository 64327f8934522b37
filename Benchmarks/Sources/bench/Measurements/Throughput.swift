/// Requests a second and the server's CPU time a request, six commands at three pipelines.
enum Throughput {
    /// One command as redis-benchmark sends it: `single` to one key, `spread` to a hundred thousand.
    private struct Workload {
        let name: String
        let single: [String]
        let spread: [String]
        /// Lists grow with every push and a value has at most 1,000,000 bytes, so even the single form needs some keys.
        var singleKeyspace: Int?
        /// What makes the keys first, where the command itself does not.
        var preparation: [String]?
    }

    /// The requests whose cost is measured.
    ///
    /// The `single` requests are those of redis-benchmark's own tests, but for the list's name.
    /// The `spread` ones keep one element a key: a collection of 100,000 elements would pass the size limit.
    private static let workloads = [
        Workload(
            name: "GET",
            single: ["GET", "key:__rand_int__"],
            spread: ["GET", "key:__rand_int__"],
            preparation: ["SET", "key:__rand_int__", "VXK"]
        ),
        Workload(
            name: "SET",
            single: ["SET", "key:__rand_int__", "VXK"],
            spread: ["SET", "key:__rand_int__", "VXK"]
        ),
        Workload(
            name: "INCR",
            single: ["INCR", "counter:__rand_int__"],
            spread: ["INCR", "counter:__rand_int__"]
        ),
        Workload(
            name: "LPUSH",
            single: ["LPUSH", "mylist:__rand_int__", "VXK"],
            spread: ["LPUSH", "mylist:__rand_int__", "VXK"],
            singleKeyspace: 100
        ),
        Workload(
            name: "HSET",
            single: ["HSET", "myhash", "element:__rand_int__", "VXK"],
            spread: ["HSET", "myhash:__rand_int__", "element", "VXK"]
        ),
        Workload(
            name: "ZADD",
            single: ["ZADD", "myzset", "0", "element:__rand_int__"],
            spread: ["ZADD", "myzset:__rand_int__", "__rand_int__", "element"]
        ),
    ]

    /// Requests in flight on a connection, requests a run, and the most CPU of redis-server's a request may take.
    private static let pipelines: [(depth: Int, requests: Int, budget: Double)] = [
        (1, 200_000, 1.0),
        (16, 2_000_000, 0.6),
        (64, 2_000_000, 0.45),
    ]

    static func measure(_ options: Options) throws(Failure) -> [Table] {
        let single = try measure(options, isSpread: false)
        return single + (try measure(options, isSpread: true))
    }

    private static func measure(_ options: Options, isSpread: Bool) throws(Failure) -> [Table] {
        let keys = isSpread ? "100,000 keys" : "one key (LPUSH: 100)"
        var processor = Table(title: "CPU time a request, \(keys)", unit: "µs of the server process")
        var rate = Table(title: "Throughput, \(keys)", unit: "requests a second")
        for pipeline in pipelines {
            for workload in workloads {
                let name = "\(workload.name), pipeline \(pipeline.depth)"
                note("  \(name), \(keys)")
                let load = LoadGenerator(
                    command: isSpread ? workload.spread : workload.single,
                    keyspace: isSpread ? 100_000 : workload.singleKeyspace,
                    pipeline: pipeline.depth,
                    requests: options.isQuick ? pipeline.requests / 10 : pipeline.requests
                )
                let (ours, theirs) = try measure(load, preparation: workload.preparation, options)
                let budget = isSpread ? nil : Budget.ratioAtMost(pipeline.budget)
                processor.rows.append(Row(name, ours.processor, theirs.processor, budget: budget))
                rate.rows.append(Row(name, ours.rate, theirs.rate))
            }
        }
        return [processor, rate]
    }

    /// Both servers are fresh, hold the keys already, and take turns.
    private static func measure(
        _ load: LoadGenerator,
        preparation: [String]?,
        _ options: Options
    ) throws(Failure) -> (Measured, Measured) {
        try Server.with(.ours(loops: 1), options) { ours throws(Failure) in
            try Server.with(.redisServer, options) { theirs throws(Failure) in
                var measured = (ours: Measured(), theirs: Measured())
                var warmUp = load
                warmUp.command = preparation ?? load.command
                warmUp.pipeline = 64
                warmUp.requests = (load.keyspace ?? 0) * options.amount(10, quick: 1) + 10_000
                for server in [ours, theirs] { _ = try warmUp.run(against: server, options) }
                for _ in 0..<options.rounds {
                    measured.ours.add(try load.run(against: ours, options), requests: load.requests)
                    measured.theirs.add(try load.run(against: theirs, options), requests: load.requests)
                }
                return measured
            }
        }
    }

    /// The rounds of one server.
    private struct Measured {
        private var processorSamples: [Double] = []
        private var rateSamples: [Double] = []

        var processor: Figure { .median(of: processorSamples) }
        var rate: Figure { .median(of: rateSamples) }

        mutating func add(_ outcome: LoadGenerator.Outcome, requests: Int) {
            processorSamples.append(outcome.serverNanoseconds / Double(requests) / 1000)
            rateSamples.append(outcome.requestsPerSecond)
        }
    }
}
