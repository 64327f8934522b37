import Foundation

/// One run of redis-benchmark with 50 connections in all.
struct LoadGenerator {
    /// The request's words; `__rand_int__` becomes a random number below `keyspace`, and stays as it is without one.
    var command: [String]
    var keyspace: Int?
    var pipeline: Int
    var requests: Int
    /// Processes that share requests and connections.
    ///
    /// Its own threads do not serve: with `--threads` redis-benchmark 7
    /// looks only every 250 ms whether it is done.
    var copies = 1

    struct Outcome {
        let requestsPerSecond: Double
        /// The server's CPU time, all threads, from before redis-benchmark began until it had ended.
        let serverNanoseconds: Double
        /// Cores that nothing on the machine used meanwhile.
        let idleCores: Double
    }

    /// Runs it against a server.
    ///
    /// An error reply makes redis-benchmark 7 end with status 1, and that is a failure here.
    func run(against server: Server, _ options: Options) throws(Failure) -> Outcome {
        var arguments = [options.redisBenchmark, "-p", "\(server.port)", "-c", "\(50 / copies)", "--csv"]
        arguments += ["-n", "\(requests / copies)", "-P", "\(pipeline)"]
        if let keyspace { arguments += ["-r", "\(keyspace)"] }
        let idle = try Machine.idleSeconds()
        let start = monotonicNanoseconds()
        let before = try processorNanoseconds(of: server.process.identifier)
        let outputs = try ChildProcess.run(arguments + command, copies: copies)
        let after = try processorNanoseconds(of: server.process.identifier)
        let seconds = Double(monotonicNanoseconds() - start) / 1e9
        let rates = try outputs.map { output throws(Failure) in try Self.requestsPerSecond(in: output) }
        return Outcome(
            // The copies do the same work at the same time, so the slowest tells how long all of it took.
            requestsPerSecond: (rates.min() ?? 0) * Double(copies),
            serverNanoseconds: Double(after - before),
            idleCores: (try Machine.idleSeconds() - idle) / seconds
        )
    }

    /// The second column of the last line: `"GET key:__rand_int__","181818.19","3.729",…`.
    static func requestsPerSecond(in output: String) throws(Failure) -> Double {
        let columns = output.split(separator: "\n").last?.components(separatedBy: "\",\"") ?? []
        guard columns.count > 1, let rate = Double(columns[1]) else {
            throw Failure("no figure in the output of redis-benchmark: \(output)")
        }
        return rate
    }
}
