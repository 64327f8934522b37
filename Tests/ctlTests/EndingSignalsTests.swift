import Glibc
import SystemCalls
import TestSupport
import Testing

@testable import clusterctl

/// The first signal ends what is under way, a second one always ends the program.
@Suite("clusterctl: signals before and after the ready line", .blocking) struct EndingSignalsTests {
    /// A named pipe that nobody writes to: who opens it to read, or reads, waits.
    private static func namedPipe(in folder: Folder) throws -> String {
        let path = folder.path("pipe")
        try #require(mkfifo(path, 0o600) == 0)
        return path
    }

    /// Waits until a program has gone so far that it waits for its source.
    private static func waitUntilItLoads(_ program: Program) async throws {
        let isLoading = await isTrueSoon {
            FolderListing.names(in: "/proc/\(program.identifier)/fd").contains { name in
                var target = [CChar](repeating: 0, count: 4_096)
                let count = readlink("/proc/\(program.identifier)/fd/\(name)", &target, target.count - 1)
                let path = target.prefix(max(0, count)).map { UInt8(bitPattern: $0) }
                return String(decoding: path, as: UTF8.self).hasSuffix("/pipe")
            }
        }
        try #require(isLoading, "\(program.errors)")
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)])
    func `a signal ends a start that loads from a source which sends nothing`(
        _ signal: CInt, _ status: Int
    ) async throws {
        let folder = Folder()
        let program = try Program([
            "start", "--port", "0", "--pid-file", folder.path("pid"), "--admin-socket", folder.path("admin.sock"),
            "--load-timeout", "0", "--load", try Self.namedPipe(in: folder),
        ])
        try await Self.waitUntilItLoads(program)
        program.send(signal)
        let ending = try await program.ending()
        #expect(ending.status == status)
        let name = signal == SIGINT ? "SIGINT" : "SIGTERM"
        #expect(ending.errors == "clusterctl start: ended by \(name) before the data were loaded\n")
        #expect(folder.names == ["pipe"], "something was left behind")
    }

    @Test func `a signal ends an exec that loads, and its command is not run`() async throws {
        let folder = Folder()
        let program = try Program([
            "exec", "--load-timeout", "0", "--load", try Self.namedPipe(in: folder), "--", "touch", folder.path("ran"),
        ])
        try await Self.waitUntilItLoads(program)
        program.send(SIGTERM)
        let ending = try await program.ending()
        #expect(ending.status == 143, "\(ending)")
        #expect(!folder.exists("ran"))
    }

    @Test func `a source that sends nothing is given up after its time`() async throws {
        let folder = Folder()
        let path = try Self.namedPipe(in: folder)
        let ending = try await Program.run("start", "--port", "0", "--load-timeout", "200ms", "--load", path)
        #expect(ending.status == 3)
        #expect(ending.errors == "clusterctl start: \(path) has sent nothing for 200 ms: is it the right source?\n")
    }

    @Test func `a command that two signals do not end is killed`() async throws {
        let program = try Program([
            "exec", "--", "sh", "-c", "trap 'echo taken' TERM; echo up; while :; do sleep 0.05; done",
        ])
        #expect(await isTrueSoon { program.output == "up\n" })
        program.send(SIGTERM)
        // Of signals that come together, the system keeps one.
        #expect(await isTrueSoon { program.output == "up\ntaken\n" })
        program.send(SIGTERM)
        #expect(try await program.ending().status == 137)
    }

    @Test func `a second signal ends a cluster whose log nobody reads`() async throws {
        var ends: [CInt] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        let folder = Folder()
        let identifier = try ChildProcess.spawn(
            Program.path, [Program.path, "start", "--port", "0", "--admin-socket", folder.path("admin.sock")], [],
            files: ("/dev/null", folder.path("out"), "/proc/\(getpid())/fd/\(ends[1])"))
        #expect(await isTrueSoon { folder.read("out").hasPrefix("ready ") })
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        while write(ends[1], "x", 1) == 1 {}
        kill(identifier, SIGTERM)
        usleep(200_000)
        var status: CInt = 0
        #expect(waitpid(identifier, &status, WNOHANG) == 0, "it has ended without its last words")
        let isEnded = await isTrueSoon {
            kill(identifier, SIGTERM)
            return waitpid(identifier, &status, WNOHANG) == identifier
        }
        #expect(isEnded)
        #expect(status >> 8 & 0xFF == 143)
        #expect(!folder.exists("admin.sock"))
    }
}
