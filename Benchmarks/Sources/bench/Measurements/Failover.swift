import Foundation

/// How long a shard takes no write when its primary dies, as a client sees it.
enum Failover {
    static func measure(_ options: Options) throws(Failure) -> [Table] {
        var samples: [Double] = []
        for _ in 0..<options.amount(10, quick: 3) { samples.append(try milliseconds(options)) }
        var table = Table(title: "Failover with --node-timeout 100ms", unit: "ms")
        table.columns = ["clusterctl", "--node-timeout"]
        table.rows = [
            Row(
                "from the death of the node to the first acknowledged write", .median(of: samples),
                .median(of: [100]), budget: .below(150, unit: "ms"))
        ]
        return [table]
    }

    /// Writes all the time while the primary is killed: from the last write that was taken to the next one.
    private static func milliseconds(_ options: Options) throws(Failure) -> Double {
        let socket = "/tmp/clusterctl-bench-\(getpid()).sock"
        return try Server.with(.oursWithTimeout(adminSocket: socket), options) { server throws(Failure) in
            guard let connection = Connection(port: server.port) else { throw Failure("the server is gone") }
            // The admin socket is there a moment after the port.
            while access(socket, F_OK) != 0 { usleep(1_000) }
            let kill = try ChildProcess([options.binary, "node", "--admin-socket", socket, "kill", "0-0"])
            defer { kill.stop() }
            var lastTaken = monotonicNanoseconds()
            var hasFailed = false
            let deadline = lastTaken + 10_000_000_000
            while monotonicNanoseconds() < deadline {
                let isTaken = try set(connection)
                let now = monotonicNanoseconds()
                if isTaken, hasFailed { return Double(now - lastTaken) / 1e6 }
                if isTaken { lastTaken = now } else { hasFailed = true }
                usleep(100)
            }
            throw Failure("no failover in ten seconds")
        }
    }

    private static func set(_ connection: borrowing Connection) throws(Failure) -> Bool {
        _ = try connection.write(Array("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\n".utf8)[...])
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = try connection.read(into: &buffer)
        return buffer.prefix(count).first == UInt8(ascii: "+")
    }
}
