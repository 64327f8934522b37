import Glibc
import TestSupport
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
            duration = "1500ms"
            clients = 2
            [[step]]
            at = "200ms"
            run = "node kill primary:1"
            """)
        let ending = try await Program.run("drill", "--node-timeout", "1s", "--json", folder.path("s.toml"))
        #expect(ending.status == 0, "\(ending)")
        #expect(ending.errors.contains("node kill 1-0"), "\(ending)")
        let shards = try JSONText(ending.output).elements
        #expect(shards.count == 3, "\(ending)")
        #expect(shards.map { $0["errors"].names.contains("CLUSTERDOWN") } == [false, true, false], "\(ending)")
    }

    @Test func `a shard that hangs is no gap of the others`() async throws {
        let folder = Folder()
        folder.write("s.toml", "duration = \"3s\"\n[[step]]\nat = \"200ms\"\nrun = \"failover 1 crash\"\n")
        let ending = try await Program.run("drill", "--node-timeout", "2s", "--json", folder.path("s.toml"))
        #expect(ending.status == 0, "\(ending)")
        let gaps = try JSONText(ending.output).elements.map { $0["longest_gap_milliseconds"].number ?? -1 }
        try #require(gaps.count == 3, "\(ending)")
        #expect(gaps[1] >= 1900, "\(ending)")
        // On a machine that has other work they are not small.
        #expect(gaps[0] < gaps[1] && gaps[2] < gaps[1], "\(ending)")
    }

    @Test(arguments: [
        (["kill", "--replicas", "0"], ["--replicas 0"], "1 of 1"),
        (["planned", "--shards", "1"], ["no shard '1'", "no shard '2'"], "2 of 3"),
    ])
    func `steps that the cluster refuses are told, one a line, and the status is 1`(
        _ arguments: [String], _ reasons: [String], _ count: String
    ) async throws {
        let ending = try await Program(["drill"] + arguments).ending()
        #expect(ending.status == 1, "\(ending)")
        let refusals = ending.errorLines.filter { $0.contains(": refused: ") }
        #expect(refusals.count == reasons.count, "\(ending)")
        #expect(zip(refusals, reasons).allSatisfy { $0.contains($1) }, "\(ending)")
        #expect(ending.errorLines.last == "clusterctl drill: \(count) steps could not be done", "\(ending)")
        #expect(ending.output.contains("LONGEST GAP"), "what clients saw is told all the same: \(ending)")
    }

    @Test func `a role that no node has is told`() async throws {
        let folder = Folder()
        folder.write("s.toml", "duration = \"10ms\"\n[[step]]\nat = \"0\"\nrun = \"node kill primary:7\"\n")
        let ending = try await Program.run("drill", folder.path("s.toml"))
        #expect(ending.status == 1, "\(ending)")
        #expect(ending.errors.contains("node kill primary:7: refused: shard 7 has no running primary now"), "\(ending)")
    }

    @Test func `a drill for which too few clients may connect is refused`() async throws {
        let ending = try await Program.run("drill", "kill", "--max-clients", "5")
        #expect(ending.status == 2 && ending.errorLines.count == 1, "\(ending)")
        #expect(ending.errors.contains("3 shards has 6 clients, and --max-clients lets 5 in"), "\(ending)")
    }

    @Test(arguments: ["crash", "kill", "planned", "slow"])
    func `a scenario that ships with the program can be read`(_ name: String) throws {
        #expect(try !Scenario.load(name).steps.isEmpty)
    }

    @Test(arguments: [
        ("duration = 3", "line 1"), ("[[step]]\nat = \"1s\"", "line 1"), ("color = \"red\"", "no key 'color'"),
        ("[[step]]\nat = \"soon\"\nrun = \"node kill 0-0\"", "soon"),
        ("[[step]]\nat = \"1s\"\nrun = \"foo bar\"", "line 3: there is no command 'foo': choose one of "),
        (
            "[[step]]\nat = \"1s\"\nrun = \"failovr 0 crash\"",
            "line 3: there is no command 'failovr': did you mean 'failover'?"
        ),
        (
            "[[step]]\nat = \"1s\"\nrun = \"failover 0\"",
            "line 3: 'failover 0' has too few or too many words: write FAILOVER shard"
        ),
        (
            "[[step]]\nat = \"4s\"\nrun = \"failover 0 crash\"",
            "line 2: a step at 4.0 s, when the drill is over after 3.0 s"
        ),
        (
            "step = [{at = \"2s\", run = \"ping\"}, {at = \"6s\", run = \"ping\"}]\nduration = \"5s\"",
            "line 1: a step at 6.0 s, when the drill is over after 5.0 s"
        ),
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
        let ending = try await Program.run("exec", "--allow-no-requests", "--drill", "slow", "--", "sleep", "1")
        #expect(ending.status == 0, "\(ending)")
        #expect(ending.errors.contains("drill: 0.5 s: fault add delay"), "\(ending)")
    }

    @Test func `a command that ends before a step has its own status, and a warning`() async throws {
        let folder = Folder()
        folder.write("s.toml", "duration = \"1h\"\n[[step]]\nat = \"1h\"\nrun = \"failover 0 crash\"\n")
        let ending = try await Program.run(
            "exec", "--allow-no-requests", "--drill", folder.path("s.toml"), "--", "true")
        #expect(ending.status == 0, "\(ending)")
        #expect(ending.errors.contains("warning: the drill: 1 of 1 steps were not reached before"), "\(ending)")
    }

    @Test(arguments: [([], "sleep 2", 1), ([], "sleep 2; exit 7", 7), (["--report-only"], "sleep 2", 0)])
    func `a step that is refused while a command runs makes its status 1, unless that is not 0`(
        _ options: [String], _ script: String, _ status: Int
    ) async throws {
        let folder = Folder()
        folder.write("s.toml", "[[step]]\nat = \"1ms\"\nrun = \"node kill primary:0\"\n")
        let ending = try await Program(
            ["exec", "--allow-no-requests", "--drill", folder.path("s.toml"), "--replicas", "0"] + options + [
                "--", "sh", "-c", script,
            ]
        ).ending()
        #expect(ending.status == status, "\(ending)")
        #expect(ending.errors.contains("drill: 0.001 s: node kill primary:0: refused: "), "\(ending)")
        #expect(ending.errors.contains("clusterctl exec: the drill: 1 of 1 steps could not be done"), "\(ending)")
    }
}
