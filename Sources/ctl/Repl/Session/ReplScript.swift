import CEditLine
import Glibc

/// A script: lines as a person would type them, from a file or the standard input.
final class ReplScript {
    /// How messages call it.
    private let name: String
    private let descriptor: CInt
    private var buffer: [UInt8] = []
    private var position = 0
    private var hasEnded = false
    /// How many lines have been run.
    private var number = 0

    /// A line longer than this is no line of a script.
    private static let longestLine = 512 << 20

    /// The script in a file; `-` is the standard input.
    init(path: String) throws(Failure) {
        name = path == "-" ? "(standard input)" : path
        descriptor = path == "-" ? STDIN_FILENO : try Self.open(path)
    }

    /// A pipe that nobody writes to is opened at once, and waited for where it is read: an interrupt that came just before
    /// the opening would not end it.
    private static func open(_ path: String) throws(Failure) -> CInt {
        while true {
            let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor < 0 else { return descriptor }
            let code = errno
            if code != EINTR { throw failure(path, code) }
        }
    }

    private static func failure(_ name: String, _ code: CInt) -> Failure {
        let reason = String(cString: strerror(code))
        return Failure("\(name): \(reason): name a file that can be read", code == EINTR ? .interrupted : .unreachable)
    }

    deinit { if descriptor > 2 { close(descriptor) } }

    /// Runs the lines until one fails, or all of them; returns the exit status.
    func run(with runner: ReplRunner, keepsGoing: Bool) throws(Failure) -> CInt {
        var status = ExitStatus.fine.rawValue
        while let line = try nextLine() {
            number += 1
            switch runner.run(line) {
            case .fine: continue
            case .end: return status
            case .interrupted: return ExitStatus.interrupted.rawValue
            case .failed(let message, let code):
                if let message { StandardError.writeLine("\(name):\(number): \(message)") }
                status = max(status, code.rawValue)
                guard keepsGoing, code != .unreachable else { return status }
            }
        }
        return status
    }

    /// The next line without its end; nil behind the last.
    private func nextLine() throws(Failure) -> [UInt8]? {
        var searched = position
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { position = end + 1 }
                return trimmed(buffer[position..<end])
            }
            searched = buffer.count
            if hasEnded {
                guard position < buffer.count else { return nil }
                defer { position = buffer.count }
                return trimmed(buffer[position...])
            }
            let dropped = position
            try fill()
            searched -= dropped
        }
    }

    private func trimmed(_ line: ArraySlice<UInt8>) -> [UInt8] {
        Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
    }

    private func fill() throws(Failure) {
        buffer.removeFirst(position)
        position = 0
        guard buffer.count <= Self.longestLine else {
            let limit = Quantity.bytes(Self.longestLine)
            throw Failure("\(name):\(number + 1): a line of more than \(limit): split it", .unreachable)
        }
        let chunk = try read()
        if chunk.isEmpty { hasEnded = true }
        buffer += chunk
    }

    /// The next bytes; none at the end.
    private func read() throws(Failure) -> [UInt8] {
        var code: CInt = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: 64 << 10) { memory, filled in
            repeat {
                code = waitForInput() ? 0 : EINTR
                guard code == 0 else { return }
                let count = Glibc.read(descriptor, memory.baseAddress, memory.count)
                if count < 0 { code = errno }
                filled = max(0, count)
            } while code == EINTR || code == EAGAIN
        }
        guard code == 0 else { throw Self.failure(name, code) }
        return chunk
    }

    /// Waits until there is something to read, or an end; false where an interrupt comes first.
    private func waitForInput() -> Bool {
        var waiting = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: editline_interrupt_descriptor(), events: Int16(POLLIN), revents: 0),
        ]
        repeat {
            poll(&waiting, 2, -1)
            if editline_was_interrupted() != 0 { return false }
        } while waiting[0].revents == 0
        return true
    }
}
