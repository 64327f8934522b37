/// An error that a command answers, in the words of Redis 2.8.24 where it knows the error, in ours where the contract
/// adds one.
enum ReplyError: Error {
    case wrongType
    case syntax
    case notInteger
    case notFloat
    case hashValueNotInteger
    case hashValueNotFloat
    case overflow
    case notFinite
    case scoreNotANumber
    case rangeNotFloat
    case lexRangeInvalid
    case weightNotFloat
    case noInputKeys
    case indexOutOfRange
    case offsetOutOfRange
    case noSuchKey
    case invalidCursor
    case stringTooLong
    case bitOffset
    case bitValue
    case bitCountArgument
    case bitopNot
    case invalidExpire(command: StaticString)
    case wrongArgumentCount(of: StaticString)
    case restoreBusy
    case restoreInvalidTTL
    case restoreChecksum
    case restoreFormat
    case invalidDatabase
    /// A pattern that is too long to be matched in bounded time.
    case patternTooLong(bytes: Int)
    /// Sources that are named again and again have more members than are gone through.
    case tooManyRepeatedMembers(limit: Int)
    /// The contract's limit on the data under one key; the write that would go over it did nothing.
    case valueTooLarge(key: [UInt8], bytes: Int, limit: Int)
    /// The same of a result that was not worked out to its end.
    case resultTooLarge(key: [UInt8], atLeast: Int, limit: Int)

    /// Writes the error's line.
    func write(to reply: inout ReplyBuffer) {
        switch self {
        case .invalidExpire(let command):
            reply.append("-ERR invalid expire time in ")
            reply.append(command)
            reply.append("\r\n")
        case .wrongArgumentCount(let command):
            reply.append("-ERR wrong number of arguments for ")
            reply.append(command)
            reply.append("\r\n")
        case .valueTooLarge(_, let bytes, let limit):
            reply.append(Self.valueTooLargeLine("\(bytes)", limit))
        case .resultTooLarge(_, let bytes, let limit):
            reply.append(Self.valueTooLargeLine("at least \(bytes)", limit))
        case .patternTooLong(let bytes):
            reply.append(Array("-ERR pattern is \(bytes) bytes, the limit is \(GlobPattern.longest)\r\n".utf8))
        case .tooManyRepeatedMembers(let limit):
            reply.append(Array("-ERR the keys named more than once have over \(limit) members in all\r\n".utf8))
        default:
            reply.append("-")
            reply.append(text)
            reply.append("\r\n")
        }
    }

    private static func valueTooLargeLine(_ bytes: String, _ limit: Int) -> [UInt8] {
        Array("-ERR value under the key would be \(bytes) bytes, the limit is \(limit)\r\n".utf8)
    }

    private var text: StaticString {
        switch self {
        case .wrongType: "WRONGTYPE Operation against a key holding the wrong kind of value"
        case .syntax: "ERR syntax error"
        case .notInteger: "ERR value is not an integer or out of range"
        case .notFloat: "ERR value is not a valid float"
        case .hashValueNotInteger: "ERR hash value is not an integer"
        case .hashValueNotFloat: "ERR hash value is not a valid float"
        case .overflow: "ERR increment or decrement would overflow"
        case .notFinite: "ERR increment would produce NaN or Infinity"
        case .scoreNotANumber: "ERR resulting score is not a number (NaN)"
        case .rangeNotFloat: "ERR min or max is not a float"
        case .lexRangeInvalid: "ERR min or max not valid string range item"
        case .weightNotFloat: "ERR weight value is not a float"
        case .noInputKeys: "ERR at least 1 input key is needed for ZUNIONSTORE/ZINTERSTORE"
        case .indexOutOfRange: "ERR index out of range"
        case .offsetOutOfRange: "ERR offset is out of range"
        case .noSuchKey: "ERR no such key"
        case .invalidCursor: "ERR invalid cursor"
        case .stringTooLong: "ERR string exceeds maximum allowed size (512MB)"
        case .bitOffset: "ERR bit offset is not an integer or out of range"
        case .bitValue: "ERR bit is not an integer or out of range"
        case .bitCountArgument: "ERR The bit argument must be 1 or 0."
        case .bitopNot: "ERR BITOP NOT must be called with a single source key."
        case .restoreBusy: "ERR Target key name is busy."
        case .restoreInvalidTTL: "ERR Invalid TTL value, must be >= 0"
        case .restoreChecksum: "ERR DUMP payload version or checksum are wrong"
        case .restoreFormat: "ERR Bad data format"
        case .invalidDatabase: "ERR invalid DB index"
        case .invalidExpire, .wrongArgumentCount, .valueTooLarge, .resultTooLarge, .patternTooLong,
            .tooManyRepeatedMembers:
            ""
        }
    }
}
