/// One reply of RESP2, the protocol of Redis 2.8.
public enum Reply: Sendable, Equatable {
    /// `+text\r\n`
    case status([UInt8])
    /// `-text\r\n`
    case error([UInt8])
    /// `:number\r\n`
    case integer(Int64)
    /// `$length\r\nbytes\r\n`
    case bulk([UInt8])
    /// `$-1\r\n`
    case nullBulk
    /// `*-1\r\n`
    case nullArray
    /// `*count\r\n` and so many replies
    case array([Reply])
}

/// Bytes that are no reply: the connection cannot be used any more.
public struct ReplyError: Error, Sendable, Equatable {
    /// What is wrong with them.
    public enum Kind: Sendable, Equatable {
        /// A reply begins with a byte other than `+ - : $ *`.
        case unknownType(UInt8)
        /// The text after `:`, `$` or `*` is no number, or a length below -1.
        case invalidNumber
        /// A bulk is longer than the decoder's limit.
        case bulkTooLong(bytes: Int64)
        /// A bulk is not followed by CR LF.
        case bulkNotTerminated
        /// A line has grown beyond the decoder's limit without CR LF.
        case lineTooLong
        /// Arrays are nested deeper than the decoder's limit.
        case tooDeep
    }

    /// What is wrong.
    public let kind: Kind

    /// Where the faulty reply or element begins, in bytes since the beginning of the connection.
    public let byteOffset: Int
}
