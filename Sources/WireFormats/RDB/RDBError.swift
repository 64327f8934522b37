/// Bytes of an RDB file or a DUMP payload that cannot be read.
public struct RDBError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong.
    public enum Kind: Sendable, Equatable {
        /// The bytes end in the middle of something.
        case truncated
        /// The file begins neither with `REDIS` and four digits nor with `VALKEY` and three.
        case badMagic
        /// The format is newer than what the reader was told to accept.
        case unsupportedVersion(Int)
        /// A payload is too short for a version and a checksum.
        case missingFooter
        /// The checksum of the bytes is not the one that is written at their end.
        case checksumMismatch(written: UInt64, computed: UInt64)
        /// A type of value that the file's version does not have.
        case unknownType(UInt8)
        /// A type of value, or a record, that came with a version of the format which is not known here as a whole.
        case unsupportedType(UInt8, RDBFormat)
        /// The value of a module as release candidates of Redis 4.0 wrote it: only the module can tell where it ends.
        case unreadableModule
        /// The first byte of a length or of a string's encoding has no meaning.
        case badLength(UInt8)
        /// A string is longer than the limit.
        case stringTooLong(bytes: UInt64)
        /// A compressed string does not decompress to the announced length.
        case badCompression
        /// A score that is no number.
        case badScore
        /// A collection without elements, which Redis never writes.
        case emptyCollection
        /// A collection in a compact encoding contradicts itself.
        case badCompactEncoding(CompactEncoding)
        /// The value of a module cannot be skipped.
        case badModuleData
    }

    /// What is wrong.
    public let kind: Kind

    /// Where, in bytes since the beginning of the file or payload: the beginning of what cannot be read.
    public let byteOffset: Int

    /// An error of this kind at a byte.
    public init(kind: Kind, byteOffset: Int) {
        self.kind = kind
        self.byteOffset = byteOffset
    }

    /// One line that says what is wrong and where.
    public var description: String { "\(reason) at byte \(byteOffset)" }

    /// Whether the bytes may well be right, and are what this reader does not know.
    public var isUnsupported: Bool {
        switch kind {
        case .unsupportedVersion, .unsupportedType, .unreadableModule: true
        default: false
        }
    }

    /// Whether a payload's version or checksum is refused, before its contents are looked at.
    ///
    /// That is RESTORE's `DUMP payload version or checksum are wrong`. Every other error is its `Bad data format`.
    public var isVersionOrChecksum: Bool {
        switch kind {
        case .missingFooter, .checksumMismatch, .unsupportedVersion: true
        default: false
        }
    }

    private var reason: String {
        switch kind {
        case .truncated: "unexpected end of the data"
        case .badMagic: "not an RDB file"
        case .unsupportedVersion(let version): "unsupported version \(version) of the format"
        case .missingFooter: "too short for a DUMP payload"
        case .checksumMismatch(let written, let computed):
            "wrong checksum: \(hexadecimal(written)) is written, the bytes have \(hexadecimal(computed))"
        case .unknownType(let type): "unknown type of value \(type)"
        case .unsupportedType(let type, let format): "type \(type) of \(format) is not supported,"
        case .unreadableModule:
            "the value of a module as release candidates of Redis 4.0 wrote it is not supported, only the module can read it,"
        case .badLength(let byte): "no length or encoding begins with byte \(byte)"
        case .stringTooLong(let bytes): "a string of \(bytes) bytes is too long"
        case .badCompression: "a compressed string is damaged"
        case .badScore: "a score is no number"
        case .emptyCollection: "a collection has no elements"
        case .badCompactEncoding(let encoding): "a \(encoding) is damaged"
        case .badModuleData: "a module's data is damaged"
        }
    }

    private func hexadecimal(_ value: UInt64) -> String { String(decoding: CRC64(value).digits, as: UTF8.self) }
}

/// The encodings that keep a small collection in one string.
public enum CompactEncoding: Sendable, Equatable {
    /// Lists, hashes and sorted sets up to Redis 6.2.
    case ziplist
    /// Hashes, sorted sets, lists and sets since Redis 7.0.
    case listpack
    /// Sets of integers.
    case intset
    /// Hashes before Redis 2.6.
    case zipmap
}
