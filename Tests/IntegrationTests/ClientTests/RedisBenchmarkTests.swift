import ClusterCore
import TestSupport
import Testing

/// redis-benchmark of Debian runs unmodified, with and without pipelining.
@Suite(.blocking)
struct RedisBenchmarkTests {
    @Test(.enabled(if: Machine.has("redis-benchmark"), "redis-benchmark is not installed"), arguments: [1, 16])
    func `redis-benchmark`(pipeline: Int) throws {
        let server = try ClusterProcess()
        let tests = [
            "set", "get", "incr", "lpush", "rpush", "lpop", "rpop", "sadd", "hset", "spop", "zadd", "lrange", "mset",
        ]
        let process = try ChildProcess(
            "redis-benchmark",
            [
                "-p", String(server.port), "-n", "1000", "-c", "20", "-r", "500", "-P", String(pipeline), "--csv",
                "-t", tests.joined(separator: ","),
            ])
        #expect(try server.waitForEnd(of: process) == 0, "\(process.errors)")
        let rows = process.output.split(separator: "\n").filter { $0.hasPrefix("\"") }
        #expect(rows.count >= tests.count, "\(process.output)")
        #expect(!process.output.contains("ERR"), "\(process.output)")
        var admin = try AdminClient(path: server.adminPath)
        #expect(Set(try admin.refusals().commands.map(\.command)) == ["CONFIG GET"])
    }
}
