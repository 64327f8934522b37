import Glibc
import SystemCalls
import TestSupport
import Testing

@testable import clusterctl

/// Memory that the system refuses ends the program in one line, wherever it is refused.
@Suite("clusterctl: memory that the system refuses", .blocking) struct MemoryEndTests {
    /// Whether the program has ended in one line that tells of memory.
    private static func isOutOfMemory(_ ending: Program.Ending) -> Bool {
        ending.status == 3 && ending.errorLines.count == 1 && ending.errors.hasSuffix("\n")
            && ending.errors.contains("out of memory: the system refuses ")
    }

    /// The least address space, in kilobytes, with which the program itself runs, found in steps of 16 megabytes.
    private static func leastKilobytes() async throws -> Int {
        for kilobytes in stride(from: 16_384, through: 2_097_152, by: 16_384) {
            if try await Program.shell("ulimit -v \(kilobytes); exec $CLUSTERCTL --version").status == 0 {
                return kilobytes
            }
        }
        throw ProcessFailure(description: "the program does not run with two gigabytes of address space")
    }

    /// A log of commands that makes `lint`, `sizes` and `import` remember many keys, which grow.
    private static func writeLog(to path: String) async throws {
        let script = """
            awk 'BEGIN { for (i = 0; i < 60000; i++) {
              key = sprintf("list:%07d", i); printf "*3\\r\\n$5\\r\\nRPUSH\\r\\n$12\\r\\n%s\\r\\n$4\\r\\nabcd\\r\\n", key } }' \
              > \(path)
            """
        try #require(try await Program.shell(script).status == 0)
    }

    @Test(arguments: ["lint", "sizes", "import --strict --port"])
    func `a reader ends well or in one line, wherever its memory ends`(_ name: String) async throws {
        let cluster = name.hasPrefix("import") ? try await Cluster("--replicas", "0") : nil
        let command = cluster.map { "\(name) \($0.port)" } ?? name
        let folder = Folder()
        let path = folder.path("many.aof")
        try await Self.writeLog(to: path)
        let least = try await Self.leastKilobytes()
        var refused = 0
        for step in 0..<16 {
            let script = "ulimit -v \(least + step * 8_192); exec $CLUSTERCTL \(command) \(path)"
            let ending = try await Program.shell(script)
            if Self.isOutOfMemory(ending) { refused += 1 }
            #expect(
                ending.status == 0 || (ending.status == 3 && ending.errorLines.count == 1),
                "with \(least + step * 8_192) KB: \(ending)")
        }
        #expect(refused > 0, "no limit was low enough")
        try await cluster?.stop()
    }

    @Test func `a server ends in one line, and what it acknowledged is on disk`() async throws {
        let folder = Folder()
        let options = "--port 0 --dir \(folder.path("data")) --fsync always --log-level error"
        let least = try await Self.leastKilobytes()
        let script = "ulimit -v \(least + 500_000); exec $CLUSTERCTL start \(options)"
        let program = try Program(["-c", script], environment: ["CLUSTERCTL": Program.path], executable: "/bin/sh")
        try #require(await isTrueSoon { program.output.hasSuffix("\n") }, "\(program.errors)")
        let port = try #require(program.output.split(separator: ":").last.flatMap { Int($0.dropLast()) })
        let client = try Client(port: port)
        let value = String(repeating: "v", count: 900_000)
        var acknowledged = 0
        while acknowledged < 2_000, (try? client.ask("SET", "key:\(acknowledged)", value)) == "OK" { acknowledged += 1 }
        let ending = try await program.ending()
        #expect(Self.isOutOfMemory(ending), "\(ending)")
        #expect(acknowledged > 0)
        let next = try await Cluster("--dir", folder.path("data"))
        let reader = try next.client()
        for key in 0..<acknowledged { #expect(try reader.ask("STRLEN", "key:\(key)") == "\(value.utf8.count)") }
        try await next.stop()
    }

    @Test func `a thread that the system refuses ends the program in one line`() async throws {
        // The stack of a thread is eight megabytes.
        let least = try await Self.leastKilobytes()
        var refused = 0
        for step in 0..<12 {
            let ending = try await Program.shell(
                "ulimit -v \(least + step * 12_288); exec $CLUSTERCTL exec --allow-no-requests -- true")
            if ending.status == 3 { refused += 1 }
            #expect(ending.status < 128 && ending.errorLines.count <= 2, "\(ending)")
        }
        #expect(refused > 0)
    }
}
