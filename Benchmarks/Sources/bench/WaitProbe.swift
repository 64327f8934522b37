import Foundation

/// Asks a server for a small key again and again, and knows how long the two of them had to wait for their cores.
struct WaitProbe: ~Copyable {
    private let port: Int
    private let serverWait: RunQueueWait
    private let benchWait: RunQueueWait

    /// The key `probe` holds one byte.
    init(_ server: Server) throws(Failure) {
        let thread = "\(server.process.identifier)/task/\(try server.busiestThread())"
        let serverWait = try RunQueueWait(thread: thread)
        let benchWait = try RunQueueWait(thread: "thread-self")
        port = server.port
        self.serverWait = serverWait
        self.benchWait = benchWait
    }

    /// The longest wait, less those for a core, until `hasEnded` says so, and a tenth of a second longer; in milliseconds.
    func longestWait(until hasEnded: () -> Bool) throws(Failure) -> Double {
        guard let connection = Connection(port: port) else { throw Failure("cannot connect to port \(port)") }
        var longest = 0.0
        var end: UInt64?
        while end.map({ monotonicNanoseconds() < $0 }) ?? true {
            longest = max(longest, try wait(connection))
            if end == nil, hasEnded() { end = monotonicNanoseconds() + 100_000_000 }
            usleep(200)
        }
        return longest
    }

    private func wait(_ connection: borrowing Connection) throws(Failure) -> Double {
        let waited = serverWait.nanoseconds() + benchWait.nanoseconds()
        let start = monotonicNanoseconds()
        _ = try connection.write(Array("*2\r\n$3\r\nGET\r\n$5\r\nprobe\r\n".utf8)[...])
        var reply = [UInt8](repeating: 0, count: 64)
        // Its first bytes come at once with the others; the key may be gone.
        guard try connection.read(into: &reply) > 0 else { throw Failure("no reply to a GET in ten seconds") }
        let latency = monotonicNanoseconds() - start
        let waits = serverWait.nanoseconds() + benchWait.nanoseconds() - waited
        return Double(latency - min(latency, waits)) / 1e6
    }
}
