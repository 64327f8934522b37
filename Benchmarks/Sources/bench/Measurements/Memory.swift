import Foundation

/// Resident memory a key costs: a million keys of 16 bytes with values of 32.
enum Memory {
    static func measure(_ options: Options) throws(Failure) -> [Table] {
        let keys = options.amount(1_000_000, quick: 100_000)
        var ours: [(settled: Double, peak: Double)] = []
        var theirs = ours
        for _ in 0..<min(options.rounds, 3) {
            ours.append(
                try Server.with(.ours(loops: 1), options) { server throws(Failure) in try growth(server, keys) })
            theirs.append(try Server.with(.redisServer, options) { server throws(Failure) in try growth(server, keys) })
        }
        var table = Table(title: "Memory for \(keys) keys of 16 bytes with values of 32", unit: "bytes a key")
        table.rows = [
            Row(
                "resident, after the load",
                .median(of: ours.map(\.settled)),
                .median(of: theirs.map(\.settled)),
                budget: .ratioAtMost(0.8)
            ),
            Row("resident, at most during the load", .median(of: ours.map(\.peak)), .median(of: theirs.map(\.peak))),
        ]
        return [table]
    }

    private static func growth(_ server: Server, _ keys: Int) throws(Failure) -> (settled: Double, peak: Double) {
        let before = try settledBytes(server)
        var loader = try KeyLoader(port: server.port, total: keys)
        try loader.store(upTo: keys)
        let after = try settledBytes(server)
        let peak = try server.residentBytes().peak
        return (Double(after - before) / Double(keys), Double(peak - before) / Double(keys))
    }

    /// Resident memory once it has not changed for half a second: a server may go on moving a table after the load.
    private static func settledBytes(_ server: Server) throws(Failure) -> Int {
        var last = try server.residentBytes().now
        var unchanged = 0
        let deadline = monotonicNanoseconds() + 10_000_000_000
        while unchanged < 5, monotonicNanoseconds() < deadline {
            usleep(100_000)
            let now = try server.residentBytes().now
            unchanged = now == last ? unchanged + 1 : 0
            last = now
        }
        return last
    }
}
