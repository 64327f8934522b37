import Foundation

/// How long a GET waits at worst while another connection inserts five million keys.
///
/// The server has one core and the bench another, and one thread of the bench drives both connections, so neither
/// competes with the other for a core. What is left of the machine's noise is known: the kernel counts how long a
/// ready thread waited for its core, and a GET's latency less the waits of both threads is the server's own.
enum Stall {
    /// One run's latencies in milliseconds.
    private struct Run {
        var longestOwn = 0.0
        var latencies: [Double] = []

        var longest: Double { latencies.max() ?? .nan }

        func percentile(_ share: Double) -> Double {
            Figure.percentile(share, ofSorted: latencies.sorted())
        }
    }

    /// Enough for the thread that serves requests to have used more CPU time than the start did, so that it is known.
    private static let keysBeforeFirstGet = 50_000

    static func measure(_ options: Options) throws(Failure) -> [Table] {
        let keys = options.amount(5_000_000, quick: 300_000)
        var ours: [Run] = []
        var theirs: [Run] = []
        try Machine.pinBench(to: Machine.cores - 1)
        for round in 1...3 {
            note("  run \(round) of 3")
            ours.append(try measure(.ours(loops: 1), keys, options))
            theirs.append(try measure(.redisServer, keys, options))
        }
        try Machine.unpinBench()
        return [table(keys, ours, theirs)]
    }

    private static func table(_ keys: Int, _ ours: [Run], _ theirs: [Run]) -> Table {
        func row(_ name: String, _ figure: ([Double]) -> Figure, _ value: (Run) -> Double, _ budget: Budget?) -> Row {
            Row(name, figure(ours.map(value)), figure(theirs.map(value)), budget: budget)
        }
        let budget = Budget.below(5, unit: "ms")
        var table = Table(title: "GET while \(keys) keys are inserted", unit: "ms")
        table.rows = [
            row("longest, less waits for a core; least of 3 runs", Figure.minimum, \.longestOwn, budget),
            row("longest as seen; least of 3 runs", Figure.minimum, \.longest, nil),
            row("99.99th percentile; median of 3 runs", Figure.median, { $0.percentile(0.9999) }, nil),
            row("99th percentile; median of 3 runs", Figure.median, { $0.percentile(0.99) }, nil),
            row("median; median of 3 runs", Figure.median, { $0.percentile(0.5) }, nil),
        ]
        return table
    }

    private static func measure(_ contender: Contender, _ keys: Int, _ options: Options) throws(Failure) -> Run {
        try Server.with(contender, options, core: 0) { server throws(Failure) in
            var loader = try KeyLoader(port: server.port, total: keys)
            try loader.store(upTo: keysBeforeFirstGet)
            let process = server.process.identifier
            let serverWait = try RunQueueWait(thread: "\(process)/task/\(try server.busiestThread())")
            let benchWait = try RunQueueWait(thread: "thread-self")
            var probe = try Probe(port: server.port)
            var run = Run()
            var waited = serverWait.nanoseconds() + benchWait.nanoseconds()
            try probe.send(keys: loader.stored)
            while loader.stored < keys {
                if let latency = try step(&loader, &probe) {
                    let nowWaited = serverWait.nanoseconds() + benchWait.nanoseconds()
                    let own = latency - min(latency, nowWaited - waited)
                    run.latencies.append(Double(latency) / 1_000_000)
                    run.longestOwn = max(run.longestOwn, Double(own) / 1_000_000)
                    waited = nowWaited
                    try probe.send(keys: loader.stored)
                }
            }
            return run
        }
    }

    /// Waits for either connection and serves what is ready, the GET first; its latency in nanoseconds if it ended.
    private static func step(_ loader: inout KeyLoader, _ probe: inout Probe) throws(Failure) -> UInt64? {
        var polled = [
            pollfd(fd: probe.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: loader.connection.descriptor, events: loader.interest, revents: 0),
        ]
        guard poll(&polled, 2, 10_000) > 0 else { throw Failure("the server stopped answering") }
        let latency = polled[0].revents == 0 ? nil : try probe.receive()
        if polled[1].revents != 0 { try loader.step() }
        return latency
    }
}

/// A connection with one GET under way.
private struct Probe: ~Copyable {
    private let connection: Connection
    private var sent: UInt64 = 0
    private var received: [UInt8] = []
    private var input = [UInt8](repeating: 0, count: 64)
    private var random = SystemRandomNumberGenerator()

    init(port: Int) throws(Failure) {
        guard let connection = Connection(port: port) else { throw Failure("cannot connect to port \(port)") }
        connection.stopBlocking()
        self.connection = connection
    }

    var descriptor: Int32 { connection.descriptor }

    /// Asks for one of the keys stored so far.
    mutating func send(keys: Int) throws(Failure) {
        let request = KeyLoader.getRequest(key: Int.random(in: 0..<keys, using: &random))
        received.removeAll(keepingCapacity: true)
        sent = monotonicNanoseconds()
        guard try connection.write(request[...]) == request.count else { throw Failure("a GET did not fit its socket") }
    }

    /// Nanoseconds since the GET was sent, once its reply is whole.
    mutating func receive() throws(Failure) -> UInt64? {
        let count = try connection.read(into: &input)
        let now = monotonicNanoseconds()
        received += input[..<count]
        if received.count < KeyLoader.valueReply.count { return nil }
        guard received == KeyLoader.valueReply else {
            throw Failure("a GET was answered with \(String(decoding: received, as: UTF8.self))")
        }
        return now - sent
    }
}
