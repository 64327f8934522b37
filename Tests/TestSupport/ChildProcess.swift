import Foundation
package import Glibc

/// Why a program did not start, or did not get ready.
package struct ProcessFailure: Error, CustomStringConvertible {
    /// What happened, with what the program has written.
    package let description: String

    /// A failure with its one line, or more.
    package init(description: String) { self.description = description }
}

/// A program that a test has started; it is killed when it is let go, if it still runs.
///
/// It gets no file of this process but its own three. Foundation's `Process` lists the files that are to be closed before
/// it starts the program: a socket that a server in this process accepts between the two would stay open as long as the
/// program runs, and its client would never see it closed.
package final class ChildProcess {
    private let folder: TemporaryFolder
    private let name: String
    /// How it ended, as `waitpid` tells it; nil while it runs.
    private var ending: Int32?

    /// The process's number.
    package let identifier: pid_t

    /// Starts a program, found by its path or in `PATH`.
    ///
    /// - Parameter environment: variables beside those of this process.
    package init(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        guard let path = Machine.path(of: program) else { throw ProcessFailure(description: "no program \(program)") }
        let folder = try TemporaryFolder()
        let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }.map { "\($0)=\($1)" }
        name = program
        self.folder = folder
        identifier = try Self.spawn(path, [program] + arguments, variables, in: folder)
    }

    deinit {
        guard isRunning else { return }
        signal(SIGKILL)
        var status: Int32 = 0
        waitpid(identifier, &status, 0)
    }

    // The Swift module of glibc leaves out its own additions to POSIX: they are looked up by name.
    private typealias CloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32
    private typealias ChangeFolder =
        @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>) -> Int32
    private static let closeFrom = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np").map {
        unsafeBitCast($0, to: CloseFrom.self)
    }
    private static let changeFolder = dlsym(nil, "posix_spawn_file_actions_addchdir_np").map {
        unsafeBitCast($0, to: ChangeFolder.self)
    }

    private static func spawn(
        _ path: String, _ arguments: [String], _ variables: [String], in folder: TemporaryFolder
    ) throws -> pid_t {
        try spawn(
            path, arguments, variables,
            files: ("/dev/null", folder.path(to: "stdout"), folder.path(to: "stderr")), workingFolder: folder.path)
    }

    /// Starts a program with three files of its own and no other.
    ///
    /// - Parameters:
    ///   - path: where it is.
    ///   - arguments: its name and what follows.
    ///   - variables: the whole environment, `NAME=VALUE` each.
    ///   - files: the paths of its standard input, output and error; the last two are made anew.
    ///   - workingFolder: the folder that it runs in; nil for this process's.
    ///   - attributes: how it is started; nil for as usual.
    package static func spawn(
        _ path: String, _ arguments: [String], _ variables: [String],
        files: (input: String, output: String, errors: String), workingFolder: String? = nil,
        attributes: UnsafePointer<posix_spawnattr_t>? = nil
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let writing = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, files.input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, files.output, writing, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, files.errors, writing, 0o600)
        guard closeFrom?(&actions, STDERR_FILENO + 1) == 0,
            workingFolder.map({ changeFolder?(&actions, $0) == 0 }) ?? true
        else { throw ProcessFailure(description: "the C library is older than glibc 2.34") }
        let (argumentTexts, variableTexts) = (arguments.map { strdup($0) }, variables.map { strdup($0) })
        defer { for text in argumentTexts + variableTexts { free(text) } }
        var identifier: pid_t = 0
        let status = posix_spawn(&identifier, path, &actions, attributes, argumentTexts + [nil], variableTexts + [nil])
        guard status == 0 else { throw ProcessFailure(description: "\(path): \(String(cString: strerror(status)))") }
        return identifier
    }

    /// Runs a program to its end; returns its exit status, 128 and the signal's number where one ended it.
    ///
    /// The parameters are those of ``spawn(_:_:_:files:workingFolder:attributes:)``.
    package static func run(
        _ path: String, _ arguments: [String], _ variables: [String: String],
        files: (input: String, output: String, errors: String), workingFolder: String? = nil
    ) throws -> Int32 {
        let identifier = try spawn(
            path, [path] + arguments, variables.map { "\($0)=\($1)" }, files: files, workingFolder: workingFolder)
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
}

extension ChildProcess {
    /// Whether it still runs.
    package var isRunning: Bool {
        guard ending == nil else { return false }
        var status: Int32 = 0
        if waitpid(identifier, &status, WNOHANG) == identifier { ending = status }
        return ending == nil
    }

    /// What it has written to its standard output so far.
    package var output: String { text("stdout") }

    /// What it has written to its standard error so far.
    package var errors: String { text("stderr") }

    private func text(_ name: String) -> String {
        let data = FileManager.default.contents(atPath: folder.path(to: name)) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }

    /// Sends it a signal, if it still runs.
    package func signal(_ number: Int32) {
        if isRunning { kill(identifier, number) }
    }

    /// Waits for its end; returns its exit status, 128 and the signal's number where one ended it, nil where it still
    /// runs after `limit`.
    package func waitForEnd(within limit: Duration = patience) -> Int32? {
        guard waits(atMost: limit, for: { !isRunning }), let ending else { return nil }
        let signal = ending & 0x7F
        return signal == 0 ? (ending >> 8) & 0xFF : 128 + signal
    }

    /// Waits for its end as long as a figure changes, however slowly; returns what ``waitForEnd(within:)`` returns, nil
    /// where nothing has changed for `limit`.
    package func waitForEnd(whileChanging figure: () throws -> Int, limit: Duration = patience) rethrows -> Int32? {
        var latest = try figure()
        while true {
            var now = latest
            let goesOn = try waits(atMost: limit) {
                if !isRunning { return true }
                usleep(20_000)
                now = try figure()
                return now != latest
            }
            if !isRunning { return waitForEnd() }
            if !goesOn { return nil }
            latest = now
        }
    }

    /// What went wrong, with what it has written.
    package func failure(_ reason: String) -> ProcessFailure {
        ProcessFailure(description: "\(name): \(reason)\n\(output)\n\(errors)")
    }
}

/// A folder that is removed with all that is in it when it is let go.
package final class TemporaryFolder: Sendable {
    /// Where it is.
    package let path: String

    /// Makes a new one.
    ///
    /// - Parameter isInMemory: whether it is to be in memory, where the system has such a place: what is forced onto the
    ///   disk costs nothing there.
    package init(isInMemory: Bool = false) throws {
        let memory = "/dev/shm"
        let parent = isInMemory && access(memory, W_OK) == 0 ? memory : NSTemporaryDirectory()
        path = parent + "/clusterctl-test-" + UUID().uuidString.prefix(13)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a file in it.
    package func path(to file: String) -> String { "\(path)/\(file)" }
}
