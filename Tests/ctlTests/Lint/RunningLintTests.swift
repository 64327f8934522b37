import Foundation
import Glibc
import TestSupport
import Testing

/// A pipe with a name, of which this process holds both ends.
private final class NamedPipe {
    private let folder = Folder()
    private let descriptor: CInt

    var path: String { folder.path("pipe") }

    init() {
        mkfifo(folder.path("pipe"), 0o600)
        descriptor = open(folder.path("pipe"), O_RDWR | O_CLOEXEC)
    }

    deinit { close(descriptor) }

    /// Whether everything was read that was written.
    var isEmpty: Bool {
        var count: CInt = 0
        return ioctl(descriptor, UInt(FIONREAD), &count) == 0 && count == 0
    }

    func write(_ text: String) { _ = Glibc.write(descriptor, text, text.utf8.count) }
}

@Suite("clusterctl lint of what is still coming") struct RunningLintTests {
    private static func line(_ words: String) -> String { "1795394106.974517 [0 127.0.0.1:59752] \(words)\n" }

    @Test(arguments: [SIGINT, SIGTERM])
    func `an interruption reports what was read and ends with 130`(_ signal: CInt) async throws {
        let pipe = NamedPipe()
        let program = try Program(["lint", "--isolated", "--follow", "-"], input: pipe.path)
        pipe.write("OK\n" + Self.line("\"KEYS\" \"*\"") + Self.line("\"GET\" \"a\"") + "1795394107.9745")
        let isRead = await isTrueSoon { program.output.contains("KEYS") }
        #expect(isRead, "\(program.errors)")
        program.send(signal)
        let ending = try await program.ending()
        #expect(ending.status == 130, "\(ending)")
        #expect(ending.output.contains("error[CTL001 refused-command]: KEYS"))
        #expect(ending.output.contains("1 error in 2 commands of 1 input"))
        #expect(ending.errorLines.count == 1, "\(ending)")
        #expect(ending.errors.contains("the reading was interrupted"))
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `an interruption of sizes reports what was read and ends with 130`(_ signal: CInt) async throws {
        let pipe = NamedPipe()
        let log = Folder()
        let rest = log.write("rest.rdb", "")
        let program = try Program(["sizes", "--isolated", "--as", "monitor", "-", rest], input: pipe.path)
        pipe.write(Self.line("\"SET\" \"a\" \"four\"") + "1795394107.9745")
        // The pipe is read as soon as the program waits for more of it.
        let isRead = await isTrueSoon { pipe.isEmpty }
        #expect(isRead)
        program.send(signal)
        let ending = try await program.ending()
        #expect(ending.status == 130, "\(ending)")
        #expect(ending.output.contains("string     1          1            4"), "\(ending)")
        #expect(ending.output.contains("not complete: "))
        #expect(ending.errors.contains("the reading was interrupted"))
        #expect(ending.errors.contains("rest.rdb: interrupted: it was not read"))
    }

    @Test func `with follow each finding's first occurrence is written when it comes`() async throws {
        let pipe = NamedPipe()
        let program = try Program(["lint", "--isolated", "--follow", "--threads", "1", "-"], input: pipe.path)
        pipe.write("OK\n")
        for (count, words) in ["\"KEYS\" \"a*\"", "\"KEYS\" \"a*\"", "\"DBSIZE\"", "\"GET\" \"a\""].enumerated() {
            pipe.write(Self.line(words))
            let expected = [1, 1, 2, 2][count]
            let isWritten = await isTrueSoon { program.output.split(separator: "\n").count == expected }
            #expect(isWritten, "\(words): \(program.output)")
        }
        #expect(program.output.split(separator: "\n").first?.hasPrefix("stdin:2:40: error CTL001 KEYS") ?? false)
        program.send(SIGINT)
        let ending = try await program.ending()
        #expect(ending.output.contains("2 errors in 4 commands of 1 input"), "\(ending)")
    }

    @Test func `an interruption before anything has come is none of an unknown input`() async throws {
        for text in ["", "OK\n"] {
            let pipe = NamedPipe()
            let program = try Program(["lint", "--isolated", "-"], input: pipe.path)
            pipe.write(text)
            // The program waits for input once it is asleep in poll.
            let waits = await isTrueSoon { isWaiting(program.identifier) }
            #expect(waits)
            program.send(SIGINT)
            let ending = try await program.ending()
            #expect(ending.status == 130, "\(ending)")
            #expect(ending.output.contains("nothing found in 0 commands"), "\(ending)")
        }
    }

    @Test func `no baseline is written of half a run, and the file that was there stays`() async throws {
        let folder = Folder()
        folder.write("baseline", "old\n")
        let pipe = NamedPipe()
        let program = try Program(
            ["lint", "--isolated", "--write-baseline", folder.path("baseline"), "-"], input: pipe.path)
        let waits = await isTrueSoon { isWaiting(program.identifier) }
        #expect(waits)
        program.send(SIGINT)
        let ending = try await program.ending()
        #expect(ending.status == 130, "\(ending)")
        #expect(folder.read("baseline") == "old\n")
        #expect(folder.names == ["baseline"])
    }

    @Test func `follow is refused beside what needs all findings or stdout`() async throws {
        for options in [["--json"], ["--diff-base", "HEAD"], ["--baseline", "x"], ["--write-baseline", "x"]] {
            let ending = try await Program(["lint", "--follow"] + options + ["-"]).ending()
            #expect(ending.status == 2, "\(ending)")
            #expect(ending.errors.contains("--follow") && ending.errorLines.count == 1)
        }
    }

    /// Whether a process sleeps and has SIGINT blocked, as one does that waits for its input.
    private func isWaiting(_ process: pid_t) -> Bool {
        let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        func field(_ name: String) -> Substring {
            status.split(separator: "\n").first { $0.hasPrefix("\(name):\t") }?.dropFirst(name.count + 2) ?? ""
        }
        let blocked = UInt64(field("SigBlk"), radix: 16) ?? 0
        return field("State").hasPrefix("S") && blocked & 1 << UInt64(SIGINT - 1) != 0
    }
}

@Suite("clusterctl lint of folders") struct FolderLintTests {
    private func tree() -> Folder {
        let folder = Folder()
        folder.write("a.sh", "redis-cli keys x\n")
        mkdir(folder.path("vendor"), 0o700)
        folder.write("vendor/b.sh", "redis-cli dbsize\n")
        folder.write("c.sh", "redis-cli time\n")
        folder.write(".gitignore", "c.sh\n")
        folder.write("d.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0])
        return folder
    }

    @Test func `what is left out is counted, told why with the statistics, and read with no-ignore`() async throws {
        let folder = tree()
        let ending = try await Program.run("lint", "--isolated", "--stats", folder.path)
        #expect(ending.status == 1, "\(ending)")
        #expect(ending.output.contains("1 error in 1 command of 1 input"), "\(ending)")
        #expect(
            ending.output.contains(
                "1 folder and 1 file left out: --no-ignore reads them\n  1 folder named vendor\n"
                    + "  1 file that a .gitignore names\n"), "\(ending)")
        #expect(ending.output.contains("not read: 1 picture (PNG)\n"), "\(ending)")
        let everything = try await Program.run("lint", "--isolated", "--no-ignore", folder.path)
        #expect(everything.output.contains("3 errors in 3 commands of 3 inputs"), "\(everything)")
        let named = try await Program.run("lint", "--isolated", folder.path("c.sh"), folder.path("vendor"))
        #expect(named.output.contains("2 errors in 2 commands of 2 inputs"), "\(named)")
    }

    @Test func `a folder of which everything is left out is no success`() async throws {
        let folder = Folder()
        mkdir(folder.path("build"), 0o700)
        folder.write("build/b.sh", "redis-cli dbsize\n")
        let ending = try await Program.run("lint", "--isolated", folder.path)
        #expect(ending.status == 2, "\(ending)")
        #expect(ending.errors.contains("--no-ignore") && ending.errorLines.count == 1)
    }
}
