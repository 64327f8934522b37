/// The kinds of errors that requests are answered with, for counting.
enum ErrorKind: UInt8, CaseIterable {
    case locked
    case wrongType
    case outOfMemory
    case noPrimary
    case logFailure
    case aborted
    case unauthenticated
    case wrongArity
    case syntax
    case value
    case missing
    case outOfRange
    case busyKey
    case badPayload
    case database
    case transactionOrder
    case transactionSize
    case password
    case protocolError
    case injected
    case other

    /// The code in front of the error's line, with what is wrong where the code is ERR.
    var text: String {
        switch self {
        case .locked: "LOCKED"
        case .wrongType: "WRONGTYPE"
        case .outOfMemory: "OOM"
        case .noPrimary: "CLUSTERDOWN"
        case .logFailure: "MISCONF"
        case .aborted: "EXECABORT"
        case .unauthenticated: "NOAUTH"
        case .wrongArity: "ERR wrong number of arguments"
        case .syntax: "ERR syntax error"
        case .value: "ERR no number, or one that cannot be"
        case .missing: "ERR no such key"
        case .outOfRange: "ERR out of range"
        case .busyKey: "ERR target key name is busy"
        case .badPayload: "ERR payload of RESTORE"
        case .database: "ERR invalid DB index"
        case .transactionOrder: "ERR order of MULTI, EXEC, DISCARD and WATCH"
        case .transactionSize: "ERR transaction too large"
        case .password: "ERR password"
        case .protocolError: "ERR Protocol error"
        case .injected: "injected by a fault"
        case .other: "ERR"
        }
    }
}

extension ReplyError {
    /// What an error is counted as.
    var kind: ErrorKind {
        switch self {
        case .wrongType: .wrongType
        case .syntax, .invalidCursor, .noInputKeys, .bitopNot: .syntax
        case .notInteger, .notFloat, .hashValueNotInteger, .hashValueNotFloat, .overflow, .notFinite, .scoreNotANumber,
            .rangeNotFloat, .lexRangeInvalid, .weightNotFloat, .bitOffset, .bitValue, .bitCountArgument,
            .invalidExpire, .restoreInvalidTTL:
            .value
        case .indexOutOfRange, .offsetOutOfRange, .stringTooLong: .outOfRange
        case .noSuchKey: .missing
        case .wrongArgumentCount: .wrongArity
        case .restoreBusy: .busyKey
        case .restoreChecksum, .restoreFormat: .badPayload
        case .invalidDatabase: .database
        case .valueTooLarge, .resultTooLarge, .patternTooLong, .tooManyRepeatedMembers: .other
        }
    }
}
