import TestSupport

/// A client that writes numbers that must stay in step, and remembers which it was told are written.
struct CrashWriter: Sendable {
    let number: Int
    /// The last number that was sent, and the last one that was acknowledged.
    private(set) var sent = 0
    private(set) var acknowledged = 0
    /// The errors that the cluster has answered with, one line each, and the replies that did not come in time.
    private(set) var errors: [String] = []

    init(number: Int) {
        self.number = number
    }

    private func key(_ name: String) -> String { "\(name):\(number)" }

    /// Writes until the connection breaks: a counter, a list, a transaction and an MSET over several shards.
    func write(to endpoint: Endpoint) -> CrashWriter {
        var writer = self
        guard let client = try? TestClient(endpoint, limit: .seconds(10)) else { return writer }
        while true {
            writer.sent += 1
            let n = writer.sent
            do {
                let replies = try client.pipeline([
                    ["INCR", key("counter")], ["RPUSH", key("list"), n], ["MULTI"], ["SET", key("a"), n],
                    ["SET", key("b"), n], ["INCR", key("c")], ["HINCRBY", key("d"), "n", 1], ["EXEC"],
                    ["MSET", key("x"), n, key("y"), n, key("z"), n],
                    ["SETEX", key("t"), 1_000, n],
                    ["RPOPLPUSH", key(n % 2 == 0 ? "left" : "right"), key(n % 2 == 0 ? "right" : "left")],
                ])
                writer.errors += replies.compactMap(\.errorText)
                guard writer.errors.count == errors.count else { return writer }
                writer.acknowledged = n
            } catch {
                return writer.noting(error)
            }
        }
    }

    /// What is wrong with what the cluster has after a restart.
    ///
    /// - Throws: `ErrorReply` where the cluster answers with an error: what it has is then not known.
    func check(_ client: TestClient) throws -> [String] {
        var problems: [String] = []
        func expect(_ isTrue: Bool, _ problem: @autoclosure () -> String) { if !isTrue { problems.append(problem()) } }
        func answer(_ request: any RequestArgument...) throws -> TestReply {
            try Self.accepted(try client.pipeline([request])[0])
        }
        func value(_ name: String) throws -> Int {
            Int(String(decoding: try answer("GET", key(name)).bytes ?? [0x30], as: UTF8.self)) ?? -1
        }
        let counter = try value("counter")
        expect(
            (acknowledged...max(sent, acknowledged)).contains(counter),
            "counter \(counter), acknowledged \(acknowledged), sent \(sent)")
        let list = try answer("LRANGE", key("list"), 0, -1).elements ?? []
        let numbers = list.compactMap { Int(String(decoding: $0.bytes ?? [], as: UTF8.self)) }
        expect(numbers == Array(1..<numbers.count + 1), "list has gaps: \(numbers.suffix(5))")
        expect(
            (acknowledged...max(sent, acknowledged)).contains(numbers.count),
            "list of \(numbers.count), acknowledged \(acknowledged)")
        let (a, b, c) = (try value("a"), try value("b"), try value("c"))
        let d = Int(String(decoding: try answer("HGET", key("d"), "n").bytes ?? [0x30], as: UTF8.self)) ?? -1
        expect(a == b && b == c && c == d, "half a transaction: \(a) \(b) \(c) \(d)")
        expect(a >= acknowledged, "transaction \(a) lost, acknowledged \(acknowledged)")
        let (x, y, z) = (try value("x"), try value("y"), try value("z"))
        expect(x == y && y == z && x >= acknowledged, "MSET: \(x) \(y) \(z), acknowledged \(acknowledged)")
        let ttl = try answer("TTL", key("t")).number ?? 0
        expect(acknowledged == 0 || ttl > 0, "a value without its time to live: \(ttl)")
        let tokens = (try answer("LLEN", key("left")).number ?? 0) + (try answer("LLEN", key("right")).number ?? 0)
        expect(tokens == (acknowledged == 0 && tokens == 0 ? 0 : 1), "\(tokens) tokens")
        return problems
    }

    /// The writer that goes on from what the cluster has: what was sent and not acknowledged may be there or not.
    ///
    /// All keys are brought to the same number, the list's, at one instant.
    func adopting(_ client: TestClient) throws -> CrashWriter {
        var writer = self
        let list = Int(try Self.accepted(try client("LLEN", key("list"))).number ?? 0)
        var requests: [[any RequestArgument]] = [["MULTI"]]
        for part in ["counter", "c", "a", "b", "x", "y", "z"] { requests.append(["SET", key(part), list]) }
        requests += [
            ["HSET", key("d"), "n", list], ["SETEX", key("t"), 1_000, list], ["DEL", key("left")],
            ["DEL", key("right")], ["RPUSH", key("left"), "token"], ["EXEC"],
        ]
        let replies = try client.pipeline(requests).map(Self.accepted)
        guard replies.last?.elements?.count == requests.count - 2 else {
            throw ProcessFailure(description: "writer \(number): its keys could not be brought in step")
        }
        writer.sent = list
        writer.acknowledged = list
        return writer
    }

    /// The writer that remembers what went wrong, if that is anything but the end of its connection.
    func noting(_ error: any Error) -> CrashWriter {
        var writer = self
        switch error {
        case let error as ErrorReply: writer.errors.append(error.text)
        case SocketFailure.timedOut: writer.errors.append("no reply in time")
        default: break
        }
        return writer
    }

    /// A reply that is no error.
    private static func accepted(_ reply: TestReply) throws -> TestReply {
        if let error = reply.errorText { throw ErrorReply(text: error) }
        return reply
    }

    /// The cluster answered with an error.
    struct ErrorReply: Error {
        let text: String
    }
}
