import Glibc

/// Results: what the program was asked for.
enum StandardOutput {
    /// Writes at once.
    ///
    /// A reader that has gone away ends the program quietly, as it does others in a pipe.
    static func write(_ text: String) { write(Array(text.utf8)) }

    /// Writes bytes at once; as text is written.
    static func write(_ bytes: [UInt8]) {
        guard FileDescriptor.write(bytes, to: STDOUT_FILENO) else {
            exit(Signals.exitStatus(SIGPIPE))
        }
    }

    static func writeLine(_ line: String) { write(line + "\n") }

    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}

/// Talk: logs, errors, summaries.
enum StandardError {
    /// Writes a line at once and whole; nothing can be done where that fails.
    static func writeLine(_ line: String) { write(line + "\n") }

    /// Writes at once.
    static func write(_ text: String) { _ = FileDescriptor.write(Array(text.utf8), to: STDERR_FILENO) }

    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}

/// Whole writes and reads on a descriptor.
enum FileDescriptor {
    /// Writes all bytes; false where that is not possible.
    static func write(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
            }
            if count < 0 && errno == EINTR { continue }
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
