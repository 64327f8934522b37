import Glibc
import Synchronization

/// The wish that work ends with what it has, asked by one thread and noticed by others, also while they wait for input.
public final class StopRequest: Sendable {
    private let isMade = Atomic(false)
    private let ends: (reader: CInt, writer: CInt)

    /// The system has no descriptor left.
    public struct Unavailable: Error {
        /// The system's number of the error.
        public let code: CInt
    }

    /// A wish that nobody has yet.
    public init() throws(Unavailable) {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Unavailable(code: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        self.ends = (ends[0], ends[1])
    }

    deinit {
        close(ends.reader)
        close(ends.writer)
    }

    /// Whether the work is to end.
    public var hasCome: Bool { isMade.load(ordering: .acquiring) }

    /// Becomes readable when the wish has come: for `poll`, beside the descriptor that the work waits for.
    public var descriptor: CInt { ends.reader }

    /// Asks for the end.
    public func make() {
        guard isMade.compareExchange(expected: false, desired: true, ordering: .releasing).exchanged else { return }
        var byte: UInt8 = 0
        _ = write(ends.writer, &byte, 1)
    }
}
