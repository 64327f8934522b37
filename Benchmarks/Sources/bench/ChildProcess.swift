import Foundation

/// A process started by the bench: a server that runs until it is stopped, or a command that runs to its end.
struct ChildProcess {
    let identifier: pid_t

    /// Starts a program found in PATH, without input.
    ///
    /// Its output goes to `output`, or nowhere.
    init(_ arguments: [String], output: Int32? = nil) throws(Failure) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        for stream in [STDOUT_FILENO, STDERR_FILENO] {
            if let output {
                posix_spawn_file_actions_adddup2(&actions, output, stream)
            } else {
                posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0)
            }
        }
        let words = arguments.map { strdup($0) } + [nil]
        let variables = ProcessInfo.processInfo.environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { (words + variables).forEach { free($0) } }
        var child = pid_t()
        let code = posix_spawnp(&child, arguments[0], &actions, nil, words, variables)
        guard code == 0 else {
            throw Failure("cannot start \(arguments[0]): \(String(cString: strerror(code)))")
        }
        identifier = child
    }

    /// Whether the process has ended; then it is gone, and must be neither asked again nor stopped.
    func hasEnded() -> Bool {
        waitpid(identifier, nil, WNOHANG) == identifier
    }

    /// Asks the process to end with SIGTERM, and kills it if it has not after five seconds.
    func stop() {
        kill(identifier, SIGTERM)
        let deadline = monotonicNanoseconds() + 5_000_000_000
        while !hasEnded() {
            if monotonicNanoseconds() > deadline { kill(identifier, SIGKILL) }
            usleep(1000)
        }
    }

    /// What a command prints on both streams until it ends, which it must do with status 0.
    static func run(_ arguments: [String]) throws(Failure) -> String {
        try run(arguments, copies: 1)[0]
    }

    /// Runs a command several times at once and gives what each copy printed.
    static func run(_ arguments: [String], copies: Int) throws(Failure) -> [String] {
        var running: [(process: ChildProcess, output: FileHandle)] = []
        for _ in 0..<copies { running.append(try start(arguments)) }
        var outputs: [String] = []
        for (process, handle) in running {
            let output = String(decoding: handle.readDataToEndOfFile(), as: UTF8.self)
            var status: Int32 = 0
            guard waitpid(process.identifier, &status, 0) == process.identifier, status == 0 else {
                throw Failure("failed: \(arguments.joined(separator: " "))\n\(output)")
            }
            outputs.append(output)
        }
        return outputs
    }

    private static func start(_ arguments: [String]) throws(Failure) -> (ChildProcess, FileHandle) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Failure("no pipe: \(String(cString: strerror(errno)))") }
        // No other child may hold the writing end, or the output would have no end.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let output = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
        defer { close(ends[1]) }
        return (try ChildProcess(arguments, output: ends[1]), output)
    }
}
