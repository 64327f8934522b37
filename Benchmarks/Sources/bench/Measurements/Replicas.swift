import Foundation

/// Writes with one replica on both sides: a second redis-server there, a node of the same process here.
enum Replicas {
    private static let pipelines: [(depth: Int, requests: Int, budget: Double)] = [
        (1, 200_000, 1.0),
        (16, 2_000_000, 1.3),
    ]

    static func measure(_ options: Options) throws(Failure) -> [Table] {
        var table = Table(title: "Throughput of SET with one replica, 100,000 keys", unit: "requests a second")
        for pipeline in pipelines {
            note("  SET, pipeline \(pipeline.depth)")
            let load = LoadGenerator(
                command: ["SET", "key:__rand_int__", "VXK"], keyspace: 100_000, pipeline: pipeline.depth,
                requests: options.isQuick ? pipeline.requests / 10 : pipeline.requests)
            let (ours, theirs) = try measure(load, options)
            table.rows.append(
                Row("SET, pipeline \(pipeline.depth)", ours, theirs, budget: .ratioAtLeast(pipeline.budget)))
        }
        return [table]
    }

    private static func measure(_ load: LoadGenerator, _ options: Options) throws(Failure) -> (Figure, Figure) {
        try Server.with(.oursWithReplica, options) { ours throws(Failure) in
            try Server.with(.redisServer, options) { theirs throws(Failure) in
                try Server.with(.redisReplica(of: theirs.port), options) { _ throws(Failure) in
                    try awaitReplica(of: theirs)
                    var rates = (ours: [Double](), theirs: [Double]())
                    for server in [ours, theirs] { _ = try load.run(against: server, options) }
                    for _ in 0..<options.rounds {
                        rates.ours.append(try load.run(against: ours, options).requestsPerSecond)
                        rates.theirs.append(try load.run(against: theirs, options).requestsPerSecond)
                    }
                    return (.median(of: rates.ours), .median(of: rates.theirs))
                }
            }
        }
    }

    /// Waits until the replica has acknowledged a write.
    private static func awaitReplica(of server: Server) throws(Failure) {
        guard let connection = Connection(port: server.port) else { throw Failure("redis-server is gone") }
        let request = "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\n*3\r\n$4\r\nWAIT\r\n$1\r\n1\r\n$3\r\n500\r\n"
        var buffer = [UInt8](repeating: 0, count: 64)
        for _ in 0..<40 {
            _ = try connection.write(Array(request.utf8)[...])
            var reply: [UInt8] = []
            while reply.count < 9 { reply += buffer.prefix(try connection.read(into: &buffer)) }
            if reply.suffix(4) == Array(":1\r\n".utf8)[...] { return }
        }
        throw Failure("the replica does not follow")
    }
}
