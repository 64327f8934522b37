import Glibc
import Testing

@testable import clusterctl

/// `clusterctl drill`: what clients see of a timeline.
@Suite("clusterctl drill")
struct DrillTests {
    @Test func `errors and gaps are told for the shard that had them`() async throws {
        let folder = Folder()
        folder.write(
            "s.toml",
            """
            duration = "700ms"
            clients = 2
            [[step]]
            at = "200ms"
            run = "node kill primary:1"
            """)
        let ending = try await Program.run("drill", "--node-timeout", "200ms", "--json", folder.path("s.toml"))
        #expect(ending.status == 0, "\(ending)")
        #expect(ending.errors.contains("node kill 1-0"), "\(ending)")
        let shards = ending.output.split(separator: "{\"shard\":").map(String.init).dropFirst()
        #expect(shards.count == 3, "\(ending)")
        #expect(shards.filter { $0.contains("CLUSTERDOWN") }.count == 1, "\(ending)")
    }

    @Test(arguments: ["crash", "kill", "planned", "slow"])
    func `a scenario that ships with the program can be read`(_ name: String) throws {
        #expect(try !Scenario.load(name).steps.isEmpty)
    }

    @Test(arguments: [
        ("duration = 3", "line 1"), ("[[step]]\nat = \"1s\"", "line 1"), ("color = \"red\"", "no key 'color'"),
        ("[[step]]\nat = \"soon\"\nrun = \"node kill 0-0\"", "soon"),
    ])
    func `a scenario that is wrong is refused with its line`(_ text: String, _ part: String) async throws {
        let folder = Folder()
        folder.write("s.toml", text)
        let ending = try await Program.run("drill", folder.path("s.toml"))
        #expect(ending.status == 2, "\(ending)")
        #expect(ending.errorLines.count == 1, "\(ending)")
        #expect(ending.errors.contains(part), "\(ending)")
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)])
    func `a signal ends a drill at once and leaves no socket, although a shard hangs`(
        _ signal: CInt, _ status: Int
    ) async throws {
        let folder = Folder()
        folder.write("s.toml", "duration = \"1h\"\n[[step]]\nat = \"1ms\"\nrun = \"node stop primary:0\"\n")
        let socket = folder.path("admin.sock")
        let program = try Program(["drill", "--node-timeout", "1h", "--admin-socket", socket, folder.path("s.toml")])
        #expect(await isTrueSoon { program.errors.contains("node stop 0-0") })
        #expect(access(socket, F_OK) == 0)
        program.send(signal)
        let ending = try await program.ending()
        #expect(ending.status == status && ending.output.isEmpty, "\(ending)")
        #expect(access(socket, F_OK) != 0)
    }

    @Test func `a command runs through a drill`() async throws {
        let ending = try await Program.run("exec", "--drill", "slow", "--", "sleep", "1")
        #expect(ending.status == 0, "\(ending)")
        #expect(ending.errors.contains("drill: 0.5 s: fault add delay"), "\(ending)")
    }
}
