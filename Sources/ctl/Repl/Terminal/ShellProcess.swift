import CEditLine
import Glibc

/// Commands that the shell runs for a session.
enum ShellProcess {
    /// Runs a command line with the terminal, its input being `input`, and waits for its end; returns its status.
    @discardableResult
    static func run(_ command: String, input: [UInt8]?) -> CInt {
        editline_lend_terminal(1)
        defer { editline_lend_terminal(0) }
        var ends: [CInt] = [-1, -1]
        if input != nil {
            guard pipe(&ends) == 0 else { return -1 }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        }
        guard let child = spawn(command, readEnd: input == nil ? nil : ends[0]) else {
            StandardError.writeLine("cannot run a shell: \(systemError())")
            ends.filter { $0 >= 0 }.forEach { close($0) }
            return -1
        }
        if let input {
            close(ends[0])
            // A command that does not read to the end is no error.
            _ = FileDescriptor.write(input, to: ends[1])
            close(ends[1])
        }
        var status: CInt = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }

    private static func spawn(_ command: String, readEnd: CInt?) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let readEnd { posix_spawn_file_actions_adddup2(&actions, readEnd, STDIN_FILENO) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        let arguments: [String] = ["sh", "-c", command]
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var child = pid_t()
        return posix_spawn(&child, "/bin/sh", &actions, &attributes, &words, environ) == 0 ? child : nil
    }
}
