import Glibc
import Presentation

/// Results: what the program was asked for.
enum StandardOutput {
    /// Writes at once.
    ///
    /// A reader that has gone away ends the program quietly, as it does others in a pipe.
    static func write(_ text: String) { write(Array(text.utf8)) }

    /// Writes bytes at once; as text is written.
    static func write(_ bytes: [UInt8]) {
        if !FileDescriptor.write(bytes, to: STDOUT_FILENO) { end(errno) }
    }

    /// Writes bytes piece by piece until somebody does not want any more.
    static func write(_ bytes: [UInt8], until isEnough: () -> Bool) {
        var rest = bytes[...]
        while !rest.isEmpty, !isEnough() {
            write(Array(rest.prefix(piece)))
            rest = rest.dropFirst(piece)
        }
    }

    /// How much is written before somebody is asked again.
    private static let piece = 4096

    private static func end(_ code: CInt) -> Never {
        if code == EPIPE { exit(Signals.exitStatus(SIGPIPE)) }
        StandardError.writeLine("clusterctl: the output cannot be written: \(String(cString: strerror(code)))")
        exit(ExitStatus.unreachable.rawValue)
    }

    static func writeLine(_ line: String) { write(line + "\n") }

    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}

/// Talk: logs, errors, summaries.
enum StandardError {
    /// Writes a line at once and whole; nothing can be done where that fails.
    ///
    /// What is said repeats names, arguments and texts of servers that may be anything: passwords in URLs are masked, and
    /// what a terminal would obey is taken out.
    ///
    /// - Parameter head: what stands before the line with a space between, in colours of its own.
    static func writeLine(_ line: String, after head: String = "") {
        let safe = SafeText.line(Secrets.maskURLs(in: line))
        write(head.isEmpty ? safe + "\n" : "\(head) \(safe)\n")
    }

    /// Writes at once, as it is: for what draws on the terminal.
    static func write(_ text: String) { _ = FileDescriptor.write(Array(text.utf8), to: STDERR_FILENO) }

    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether it is a terminal on which a line can be taken away again.
    static var isEditable: Bool { isTerminal && environmentVariable("TERM") != "dumb" }
}

/// Whole writes and reads on a descriptor.
enum FileDescriptor {
    /// Opens /dev/null for each of the three standard streams that is closed.
    ///
    /// Else the next file or socket would get its number, and what is written to stdout or stderr would go there. What is
    /// written to a stdout that was closed fails, since nobody gets it.
    static func openStandardStreams() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", descriptor == STDOUT_FILENO ? O_RDONLY : O_RDWR)
        }
    }

    /// Writes all bytes; false where that is not possible.
    static func write(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
            }
            if count < 0 && errno == EINTR { continue }
            if count < 0 && errno == EAGAIN {
                // Whoever has given us the descriptor has made it non-blocking.
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&waiting, 1, -1)
                continue
            }
            guard count > 0 else { return false }
            written += count
        }
        return true
    }

    /// Reads up to `limit` bytes, until the end; nil where that is not possible.
    static func readAll(_ descriptor: CInt, limit: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while bytes.count < limit {
            let count = read(descriptor, &chunk, min(chunk.count, limit - bytes.count))
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            bytes += chunk.prefix(count)
        }
        return bytes
    }
}

/// The text of the error number that the last system call has left.
func systemError() -> String { String(cString: strerror(errno)) }

/// A variable of the environment.
func environmentVariable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
