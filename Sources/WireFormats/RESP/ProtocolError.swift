/// A request that cannot be understood: it is answered by ``replyLine`` and the connection is closed.
///
/// The texts are those of Redis 2.8.24 (`networking.c`), but for ``Kind/requestTooLarge(atLeast:limit:)``, which 2.8
/// does not know. The value is trivial: it carries no reference, so an outcome that holds one costs nothing to pass
/// around.
public struct ProtocolError: Error, Sendable, Equatable {
    /// What is wrong with the request.
    public enum Kind: Sendable, Equatable {
        /// An inline command of 64 KiB without an end of line.
        case tooBigInlineRequest
        /// An inline command whose quotes are not closed, or whose closing quote touches the next word.
        case unbalancedQuotes
        /// The number after `*` is no number or above 1,048,576.
        case invalidMultibulkLength
        /// The header of an argument begins with another byte than `$`.
        case expectedBulk(got: UInt8)
        /// The number after `$` is no number, negative or above 512 MiB.
        case invalidBulkLength
        /// 64 KiB after `*` without an end of line.
        case tooBigMultibulkCount
        /// 64 KiB after `$` without an end of line.
        case tooBigBulkCount
        /// More than ten arguments from a client that has not given the password (Redis 6.2.7's words).
        case unauthenticatedMultibulkLength
        /// An argument of more than 16 KiB from a client that has not given the password (Redis 6.2.7's words).
        case unauthenticatedBulkLength
        /// The sizes announced so far add up to `atLeast` bytes on the wire; a request must stay under `limit`.
        case requestTooLarge(atLeast: Int, limit: Int)
    }

    /// What is wrong.
    public let kind: Kind

    /// An error of the given kind.
    public init(_ kind: Kind) {
        self.kind = kind
    }

    /// The text of the error, one line, without `-ERR ` and without its end: `Protocol error: …`.
    ///
    /// It is bytes and not a `String` because the byte that stood in place of `$` is repeated as it was sent.
    public var message: [UInt8] {
        Array("Protocol error: ".utf8) + detail
    }

    /// The reply to send before closing: `-ERR Protocol error: …\r\n`.
    public var replyLine: [UInt8] {
        Array("-ERR ".utf8) + message + [Byte.carriageReturn, Byte.lineFeed]
    }

    private var detail: [UInt8] {
        switch kind {
        case .tooBigInlineRequest: Array("too big inline request".utf8)
        case .unbalancedQuotes: Array("unbalanced quotes in request".utf8)
        case .invalidMultibulkLength: Array("invalid multibulk length".utf8)
        case .expectedBulk(let got): Array("expected '$', got '".utf8) + [printable(got)] + Array("'".utf8)
        case .invalidBulkLength: Array("invalid bulk length".utf8)
        case .tooBigMultibulkCount: Array("too big mbulk count string".utf8)
        case .tooBigBulkCount: Array("too big bulk count string".utf8)
        case .unauthenticatedMultibulkLength: Array("unauthenticated multibulk length".utf8)
        case .unauthenticatedBulkLength: Array("unauthenticated bulk length".utf8)
        case .requestTooLarge(let size, let limit):
            Array("request of \(size) bytes or more, the limit is under \(limit)".utf8)
        }
    }

    /// 2.8 puts a space in place of CR and LF, which would end the reply; here the other control characters, which a
    /// terminal would act on, get one too.
    private func printable(_ byte: UInt8) -> UInt8 {
        byte < 0x20 || byte == 0x7F ? Byte.space : byte
    }
}
