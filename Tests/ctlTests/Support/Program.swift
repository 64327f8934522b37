import Glibc
import TestSupport
import Testing

/// A run of the built program: its streams go to files, so that it never waits for a reader.
final class Program: Sendable {
    /// How a run has ended.
    struct Ending: CustomStringConvertible {
        let status: Int
        let output: String
        let errors: String

        var errorLines: [Substring] { errors.split(separator: "\n") }
        var description: String { "status \(status), stdout:\n\(output)stderr:\n\(errors)" }
    }

    let identifier: pid_t
    private let folder: Folder

    /// The binary beside the test bundle, or the one that CLUSTERCTL_BINARY names.
    static let path: String = {
        if let named = getenv("CLUSTERCTL_BINARY") { return String(cString: named) }
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let test = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return test.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/clusterctl"
    }()

    /// Starts the program.
    ///
    /// Its environment is this one's without what would change its ways, and `environment`.
    ///
    /// - Parameters:
    ///   - input: the path of what it reads as its standard input.
    ///   - executable: another program, such as a shell that starts it.
    init(
        _ arguments: [String], environment: [String: String] = [:], input: String = "/dev/null",
        in folder: Folder = Folder(), executable: String = Program.path
    ) throws {
        self.folder = folder
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        Self.setSignals(&attributes)
        identifier = try ChildProcess.spawn(
            executable, [executable] + arguments, Self.environment(environment),
            files: (input, folder.path("stdout"), folder.path("stderr")), attributes: &attributes)
    }

    /// Lets the program begin with every signal's default effect, however the tests themselves were started.
    private static func setSignals(_ attributes: inout posix_spawnattr_t) {
        var set = sigset_t()
        sigemptyset(&set)
        posix_spawnattr_setsigmask(&attributes, &set)
        sigfillset(&set)
        posix_spawnattr_setsigdefault(&attributes, &set)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    }

    private static func environment(_ added: [String: String]) -> [String] {
        var variables = ["PATH": String(cString: getenv("PATH")), "XDG_RUNTIME_DIR": Folder.runtime.path]
        for name in ["HOME", "LD_LIBRARY_PATH"] {
            if let value = getenv(name) { variables[name] = String(cString: value) }
        }
        return variables.merging(added) { $1 }.map { "\($0.key)=\($0.value)" }
    }

    /// Runs the program to its end.
    static func run(_ arguments: String..., environment: [String: String] = [:]) async throws -> Ending {
        try await Program(arguments, environment: environment).ending()
    }

    /// Runs a shell's script to its end; the program is `$CLUSTERCTL` in it.
    static func shell(_ script: String) async throws -> Ending {
        try await Program(["-c", script], environment: ["CLUSTERCTL": path], executable: "/bin/sh").ending()
    }

    var output: String { folder.read("stdout") }
    var errors: String { folder.read("stderr") }

    func send(_ signal: CInt) { kill(identifier, signal) }

    /// Whether it has ended; its number is its own until `ending` is asked for.
    var hasEnded: Bool {
        var information = siginfo_t()
        return waitid(P_PID, id_t(identifier), &information, WEXITED | WNOHANG | WNOWAIT) == 0
            && information.si_signo == SIGCHLD
    }

    /// Waits for the end; a program that does not end is killed and the test fails.
    func ending() async throws -> Ending {
        var status: CInt = 0
        let hasEnded = await isTrueSoon { waitpid(identifier, &status, WNOHANG) == identifier }
        if !hasEnded {
            kill(identifier, SIGKILL)
            waitpid(identifier, &status, 0)
            Issue.record("the program did not end; stdout:\n\(output)stderr:\n\(errors)")
        }
        let code = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
        return Ending(status: Int(code), output: output, errors: errors)
    }
}

/// A cluster that was started by `clusterctl start` on a free port.
final class Cluster: Sendable {
    let program: Program
    let port: Int

    init(_ options: String..., environment: [String: String] = [:]) async throws {
        program = try Program(["start", "--port", "0"] + options, environment: environment)
        let program = program
        let isReady = await isTrueSoon { program.output.hasSuffix("\n") }
        try #require(isReady, "no line on stdout; stderr:\n\(program.errors)")
        let number = program.output.split(separator: ":").last.flatMap { Int($0.dropLast()) }
        port = try #require(number, "\(program.output)")
    }

    func client() throws -> Client { try Client(port: port) }

    /// Ends the cluster as an interrupt does.
    @discardableResult
    func stop() async throws -> Program.Ending {
        program.send(SIGINT)
        return try await program.ending()
    }
}

/// Whether a condition holds before patience ends.
func isTrueSoon(_ condition: () -> Bool) async -> Bool {
    let deadline = ContinuousClock.now + patience
    while ContinuousClock.now < deadline {
        if condition() { return true }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return condition()
}
