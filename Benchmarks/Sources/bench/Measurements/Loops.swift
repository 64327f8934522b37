import Foundation

/// Throughput with two event loops against one.
///
/// Two loops can be faster only where one loop leaves a part of the machine idle, so a row has a budget only if
/// a quarter of a core or more was idle while one loop served.
enum Loops {
    private struct Workload {
        let name: String
        let preparation: [String]
        let load: LoadGenerator
    }

    private static let leastIdleCores = 0.25

    static func measure(_ options: Options) throws(Failure) -> [Table] {
        var table = Table(title: "Throughput, two loops and one", unit: "requests a second")
        table.columns = ["--loops 2", "--loops 1"]
        for workload in workloads(options) {
            note("  \(workload.name)")
            table.rows.append(try measure(workload, options))
        }
        return [table]
    }

    private static func workloads(_ options: Options) -> [Workload] {
        func load(_ command: [String], keyspace: Int, pipeline: Int, requests: Int) -> LoadGenerator {
            LoadGenerator(
                command: command,
                keyspace: keyspace,
                pipeline: pipeline,
                requests: options.isQuick ? requests / 10 : requests,
                copies: 2
            )
        }
        let get = ["GET", "key:__rand_int__"]
        let set = ["SET", "key:__rand_int__", "VXK"]
        let zadd = ["ZADD", "myzset:__rand_int__", "__rand_int__", "element:__rand_int__"]
        // A reply of a few bytes for microseconds of nothing but the server's work: the generator is never the limit.
        let bitcount = ["BITCOUNT", "bits:__rand_int__"]
        let bits = ["SET", "bits:__rand_int__", String(repeating: "b", count: 100_000)]
        return [
            Workload(
                name: "GET, pipeline 1",
                preparation: set,
                load: load(get, keyspace: 100_000, pipeline: 1, requests: 100_000)
            ),
            Workload(
                name: "GET, pipeline 64",
                preparation: set,
                load: load(get, keyspace: 100_000, pipeline: 64, requests: 2_000_000)
            ),
            Workload(
                name: "ZADD, pipeline 64",
                preparation: zadd,
                load: load(zadd, keyspace: 1000, pipeline: 64, requests: 2_000_000)
            ),
            Workload(
                name: "BITCOUNT of 100,000 bytes, pipeline 16",
                preparation: bits,
                load: load(bitcount, keyspace: 100, pipeline: 16, requests: 200_000)
            ),
        ]
    }

    private static func measure(_ workload: Workload, _ options: Options) throws(Failure) -> Row {
        try Server.with(.ours(loops: 2), options) { two throws(Failure) in
            try Server.with(.ours(loops: 1), options) { one throws(Failure) in
                var preparation = workload.load
                preparation.command = workload.preparation
                preparation.pipeline = 16
                preparation.requests = (workload.load.keyspace ?? 1) * 10
                for server in [two, one] { _ = try preparation.run(against: server, options) }
                var twoRates: [Double] = []
                var oneRates: [Double] = []
                var idleCores: [Double] = []
                for _ in 0..<options.rounds {
                    twoRates.append(try workload.load.run(against: two, options).requestsPerSecond)
                    let outcome = try workload.load.run(against: one, options)
                    oneRates.append(outcome.requestsPerSecond)
                    idleCores.append(outcome.idleCores)
                }
                let idle = Figure.median(of: idleCores).value
                return Row(
                    String(format: "%@; one loop leaves %.2f cores idle", workload.name, idle),
                    .median(of: twoRates),
                    .median(of: oneRates),
                    budget: idle >= leastIdleCores ? .ratioAbove(1) : nil
                )
            }
        }
    }
}
