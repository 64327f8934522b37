import Foundation
import TestSupport
import Testing

/// redis-py in the releases that `Clients/redis-py/releases` names: `Clients/setup` installs them.
@Suite(.blocking)
struct RedisPyTests {
    private static let releases: [String] = {
        let path = ClientProgram.folder + "/redis-py/releases"
        return ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
    }()

    private static func python(_ release: String) -> [String: String] {
        ["PYTHONPATH": "\(ClientProgram.installed)/redis-py-\(release)", "PYTHONWARNINGS": "ignore"]
    }

    private static func requireInstalled(_ release: String) throws {
        let path = python(release)["PYTHONPATH"] ?? ""
        guard Machine.succeeds("env", "PYTHONPATH=\(path)", "python3", "-c", "import redis") else {
            try Test.cancel("redis-py \(release) is not installed: run Tests/IntegrationTests/Clients/setup")
        }
    }

    private static func majorVersion(_ release: String) -> Int {
        release.split(separator: ".").first.flatMap { Int($0) } ?? 0
    }

    @Test(arguments: releases)
    func `redis-py works`(release: String) throws {
        try Self.requireInstalled(release)
        let program = ClientProgram(
            name: "redis-py", command: ["python3", "\(ClientProgram.folder)/redis-py/program.py"],
            environment: Self.python(release))
        #expect(try program.run() == (Self.majorVersion(release) >= 5 ? ["CLIENT SETINFO"] : []))
    }

    @Test(arguments: releases.suffix(1))
    func `the newest redis-py without protocol=2 fails on HELLO, and the log says what to set`(release: String) throws {
        try Self.requireInstalled(release)
        let server = try ClusterProcess()
        let process = try ChildProcess(
            "python3", ["-c", "import redis; redis.Redis(port=\(server.port)).ping()"],
            environment: Self.python(release))
        #expect(process.waitForEnd() == 1)
        #expect(process.errors.contains("unknown command 'HELLO'"))
        #expect(waits { server.log.contains("protocol=2") })
    }
}
