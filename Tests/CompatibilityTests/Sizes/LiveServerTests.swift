import ClusterCore
import SystemCalls
import TestSupport
import Testing

@testable import Compatibility

/// Sizes of running servers: Debian's redis-server, which has SCAN, and a cluster, which has not.
@Suite(.serialized) struct LiveServerTests {
    /// Keys of every type, small and large, with what they must be found to have.
    private static func fill(_ client: TestClient) throws -> [String: Int] {
        var sizes: [String: Int] = ["text": 1_000_001, "exact": 1_000_000, "binary\u{0}\r\n": 3]
        _ = try client("SET", "text", String(repeating: "x", count: 1_000_001))
        _ = try client("SET", "exact", String(repeating: "x", count: 1_000_000))
        _ = try client("SET", "binary\u{0}\r\n", "abc")
        for count in [3, 512, 513, 3000] {
            let requests = (0..<count).flatMap { index in
                [
                    ["RPUSH", "list:\(count)", "element-\(index)"],
                    ["SADD", "set:\(count)", "member-\(index)"],
                    ["HSET", "hash:\(count)", "field-\(index)", "v\(index)"],
                    ["ZADD", "zset:\(count)", "\(index)", "member-\(index)"],
                ]
            }
            try client.pipeline(requests)
            let digits = (0..<count).reduce(0) { $0 + String($1).utf8.count }
            sizes["list:\(count)"] = count * 8 + digits
            sizes["set:\(count)"] = count * 7 + digits
            sizes["hash:\(count)"] = count * 7 + digits * 2
            sizes["zset:\(count)"] = count * (7 + 8) + digits
        }
        return sizes
    }

    /// Options under which every key is listed.
    private static func options() -> SizeOptions {
        var options = SizeOptions()
        options.top = 10_000
        return options
    }

    private static func sizes(_ result: SizeResult) -> [String: Int] {
        Dictionary(result.largest.map { (String(decoding: $0.key, as: UTF8.self), $0.valueBytes) }) { first, _ in first
        }
    }

    @Test(.enabled(if: Machine.has(RedisServer.program), "redis-server is not installed"))
    func `Every type has its exact size on a server with SCAN`() throws {
        let server = try RedisServer()
        guard case .path(let socket) = server.endpoint else { return }
        let expected = try Self.fill(try TestClient(server.endpoint))
        let result = SizeReport.read(["unix://\(socket)"], Self.options())
        #expect(result.summary.problems == [])
        #expect(Self.sizes(result) == expected)
        #expect(result.violations.map(\.key) == [Array("text".utf8)])
        #expect(result.largest.filter(\.isApproximate) == [])
        #expect(result.cursor == nil)
    }

    @Test(.enabled(if: Machine.has(RedisServer.program), "redis-server is not installed"))
    func `Another database is read where the address names it, and nothing is changed`() throws {
        let server = try RedisServer()
        guard case .path(let socket) = server.endpoint else { return }
        let client = try TestClient(server.endpoint)
        _ = try client("SELECT", "3")
        _ = try client("SET", "k", "value")
        _ = try client("CONFIG", "RESETSTAT")
        let result = SizeReport.read(["unix://\(socket)?db=3"], Self.options())
        #expect(Self.sizes(result) == ["k": 5])
        #expect(result.largest.map(\.database) == [3])
        let statistics = String(decoding: try client("INFO", "commandstats").bytes ?? [], as: UTF8.self)
        let sent = Set(
            statistics.split(separator: "\r\n").compactMap { line in
                line.firstMatch(of: /^cmdstat_([^:]+):/).map { String($0.1) }
            })
        #expect(sent.subtracting(["config|resetstat", "info"]) == ["select", "scan", "type", "strlen"])
    }

    @Test(.enabled(if: Machine.has(RedisServer.program), "redis-server is not installed"))
    func `An interrupted report goes on from its cursor and misses no key`() throws {
        let server = try RedisServer()
        guard case .path(let socket) = server.endpoint else { return }
        let client = try TestClient(server.endpoint)
        try client.pipeline((0..<5000).map { ["SET", "key:\($0)", "v"] })
        var found: Set<[UInt8]> = []
        var options = Self.options()
        for _ in 0..<200 {
            let stop = try StopRequest()
            options.stop = stop
            var pages = 0
            let result = SizeReport.read(["unix://\(socket)"], options) { _ in
                pages += 1
                if pages > 3 { stop.make() }
            }
            found.formUnion(result.largest.map(\.key))
            guard let cursor = result.cursor else {
                #expect(result.summary.problems == [])
                break
            }
            #expect(result.summary.hasFailures)
            #expect(
                result.summary.problems.first?.message.contains("--cursor \(String(decoding: cursor, as: UTF8.self))")
                    ?? false)
            options.cursor = cursor
        }
        #expect(found.count == 5000)
    }

    @Test(.enabled(if: Machine.has(RedisServer.program), "redis-server is not installed"))
    func `No more requests are sent in a second than allowed`() throws {
        let server = try RedisServer()
        guard case .path(let socket) = server.endpoint else { return }
        let client = try TestClient(server.endpoint)
        for index in 0..<200 { _ = try client("SET", "key:\(index)", "v") }
        var options = Self.options()
        options.requestsPerSecond = 1000
        let clock = ContinuousClock()
        // One SCAN at least, TYPE and STRLEN for each key: some 400 requests.
        let time = clock.measure { #expect(SizeReport.read(["unix://\(socket)"], options).largest.count == 200) }
        #expect(time > .milliseconds(350))
    }

    @Test(arguments: ["", "nothing\nnever\n"]) func `A list of which no key exists is a failure`(
        _ text: String
    ) async throws {
        try await withServer { running in
            guard case .port(let port) = running.endpoint else { return }
            let list = TemporaryFile(text)
            var options = Self.options()
            options.keyListPath = list.path
            let result = SizeReport.read(["redis://127.0.0.1:\(port)"], options)
            #expect(result.summary.problems.count == 1)
            #expect(result.summary.hasFailures)
        }
    }

    @Test(.enabled(if: Machine.has(RedisServer.program), "redis-server is not installed"))
    func `A server's streams and other databases have no place in the target`() throws {
        let server = try RedisServer()
        guard case .path(let socket) = server.endpoint else { return }
        let client = try TestClient(server.endpoint)
        _ = try client("SET", "a", "v")
        _ = try client("XADD", "s", "*", "f", "v")
        _ = try client("SELECT", "3")
        _ = try client("MSET", "b", "v", "c", "v")
        let result = SizeReport.read(["unix://\(socket)"], Self.options())
        #expect(Set(result.unkept.map(\.data)) == [.stream, .database(3)])
        #expect(result.unkept.first { $0.data == .database(3) }?.count == 2)
        #expect(Self.sizes(result).keys.sorted() == ["a", "s"])
    }

    @Test func `A cluster is asked for the keys of a list`() async throws {
        try await withServer { running in
            guard case .port(let port) = running.endpoint else { return }
            let expected = try Self.fill(try running.connect())
            let url = "redis://127.0.0.1:\(port)"
            let refused = SizeReport.read([url], Self.options())
            #expect(refused.summary.hasFailures)
            #expect(refused.summary.problems.first?.message.contains("--keys") ?? false)
            var options = Self.options()
            let names = expected.keys.sorted().map { $0.contains("\u{0}") ? #""binary\x00\r\n""# : $0 }
            let list = TemporaryFile((names + ["missing", ""]).joined(separator: "\n"))
            options.keyListPath = list.path
            let result = SizeReport.read([url], options)
            // The one that is missing, and the one that the cluster has refused as too large.
            let keys = "of the \(names.count + 1) keys of --keys \(list.path)"
            #expect(result.summary.problems.map(\.message) == ["2 \(keys) do not exist"])
            #expect(!result.summary.hasFailures)
            #expect(Self.sizes(result) == expected.filter { $0.value <= 1_000_000 })
        }
    }

    @Test func `A password is given, and a key that a transaction holds is told`() async throws {
        try await withServer({ $0.password = Array("instance:secret".utf8) }) { running in
            guard case .port(let port) = running.endpoint else { return }
            let owner = try running.connect()
            _ = try owner("AUTH", "instance:secret")
            _ = try owner("SET", "held", "v")
            _ = try owner("MULTI")
            _ = try owner("APPEND", "held", "w")
            let list = TemporaryFile("held\nfree\n")
            var options = Self.options()
            options.keyListPath = list.path
            let result = SizeReport.read(["redis://instance%3Asecret@127.0.0.1:\(port)"], options)
            #expect(result.summary.problems.count == 2)
            #expect(result.summary.problems.first?.message.contains("LOCKED") ?? false)
            #expect(result.summary.problems.last?.message.contains("1 of the 2 keys") ?? false)
            options.password = "instance:secret"
            let apart = SizeReport.read(["redis://127.0.0.1:\(port)"], options)
            #expect(apart.summary.problems.map(\.message) == result.summary.problems.map(\.message))
            let wrong = SizeReport.read(["redis://wrong@127.0.0.1:\(port)"], options)
            #expect(wrong.summary.problems.first?.message == "the server answers AUTH with: ERR invalid password")
            #expect(!wrong.summary.problems.contains { $0.location.path.contains("wrong") })
        }
    }

    @Test func `A server that is not there, or is none, is one clear line`() {
        let absent = SizeReport.read(["redis://127.0.0.1:1"], SizeOptions())
        #expect(absent.summary.problems.map(\.message) == ["cannot connect to 127.0.0.1:1: Connection refused"])
        #expect(absent.cursor == nil)
        #expect(absent.summary.inputs.isEmpty)
        #expect(SizeReport.read(["redis://h:x"], SizeOptions()).summary.hasFailures)
    }
}
