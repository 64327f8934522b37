import Glibc

/// A script: lines as a person would type them, from a file or the standard input.
final class ReplScript {
    /// How messages call it.
    private let name: String
    private let descriptor: CInt
    private var buffer: [UInt8] = []
    private var position = 0
    private var hasEnded = false

    /// A line longer than this is no line of a script.
    private static let longestLine = 512 << 20

    /// The script in a file; `-` is the standard input.
    init(path: String) throws(Failure) {
        name = path == "-" ? "(standard input)" : path
        descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Failure("\(path): \(systemError()): name a file that can be read", .unreachable)
        }
    }

    deinit { if descriptor > 2 { close(descriptor) } }

    /// Runs the lines until one fails, or all of them; returns the exit status.
    func run(with runner: ReplRunner, keepsGoing: Bool) -> CInt {
        var status = ExitStatus.fine.rawValue
        var number = 0
        while true {
            guard let line = nextLine() else { break }
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
        if let problem = readProblem {
            StandardError.writeLine("\(name):\(number + 1): \(problem)")
            return ExitStatus.unreachable.rawValue
        }
        return status
    }

    private var readProblem: String?

    /// The next line without its end; nil behind the last.
    private func nextLine() -> [UInt8]? {
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
            fill()
            if readProblem != nil { return nil }
            searched -= dropped
        }
    }

    private func trimmed(_ line: ArraySlice<UInt8>) -> [UInt8] {
        Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
    }

    private func fill() {
        buffer.removeFirst(position)
        position = 0
        guard buffer.count <= Self.longestLine else {
            readProblem = "a line of more than \(Quantity.bytes(Self.longestLine)): split it"
            return
        }
        let chunk = [UInt8](unsafeUninitializedCapacity: 64 << 10) { memory, count in
            repeat {
                count = max(0, read(descriptor, memory.baseAddress, memory.count))
            } while count == 0 && errno == EINTR
        }
        if chunk.isEmpty { hasEnded = true }
        buffer += chunk
    }
}
