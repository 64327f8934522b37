/// One element of a collection, or the whole of a string.
///
/// The views are valid until the reader is used again.
public struct ObjectElement {
    /// The string, the element of a list or set, the field of a hash, the member of a sorted set.
    public let bytes: UnsafeRawBufferPointer
    /// The value of a hash's field, else empty.
    public let value: UnsafeRawBufferPointer
    /// The score of a sorted set's member, never NaN, else 0.
    public let score: Double

    /// An element of bytes that someone else keeps alive.
    public init(
        _ bytes: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0),
        score: Double = 0
    ) {
        self.bytes = bytes
        self.value = value
        self.score = score
    }
}

/// Reads what DUMP has written (``DumpPayload``): RESTORE's side.
///
/// It takes every type that Redis 2.8.24 can read, and no memory but for strings that are compressed; an announced
/// length or number of elements is never believed before the bytes are there. What follows the value is ignored, as
/// 2.8 does. What later versions write, ``RDBFileReader/init(dump:maximumStringBytes:)`` reads.
public struct ObjectReader: ~Copyable {
    private enum Source {
        case string
        /// So many elements, one after the other.
        case plain(UInt64)
        case compact(CompactReader)
        case end
    }

    /// What the value is.
    public private(set) var kind = ObjectKind.string

    private var cursor = ByteCursor(UnsafeRawBufferPointer(start: nil, count: 0))
    private var source = Source.string
    private let maximumStringBytes: Int
    private var collectionBytes = ScratchBytes()
    private var firstBytes = ScratchBytes()
    private var secondBytes = ScratchBytes()

    /// A reader at the first element, version and checksum verified.
    ///
    /// - Parameters:
    ///   - payload: what DUMP answered. It stays where it is while the reader and its elements are used.
    ///   - maximumVersion: the newest version of the format to accept.
    ///   - maximumStringBytes: the longest string, or collection in a compact encoding, to decompress.
    public init(
        payload: UnsafeRawBufferPointer,
        maximumVersion: UInt16 = RDBVersion.redis2,
        maximumStringBytes: Int = 512 << 20
    ) throws(RDBError) {
        self.maximumStringBytes = maximumStringBytes
        cursor = ByteCursor(try DumpPayload.contents(of: payload, maximumVersion: maximumVersion))
        let type = try cursor.readByte()
        guard let known = RDBType(rawValue: type), known.isKnownToRedis2 else {
            throw RDBError(kind: .unknownType(type), byteOffset: 0)
        }
        switch known.layout {
        case .plain(let kind):
            self.kind = kind
            let count = try cursor.readLength()
            guard count > 0 else { throw cursor.error(.emptyCollection) }
            source = .plain(count)
        case .compact(let kind, let encoding):
            self.kind = kind
            let start = cursor.position
            let collection = try cursor.readString(limit: maximumStringBytes, scratch: &collectionBytes)
            source = .compact(try CompactReader(encoding, collection, byteOffset: start))
        default:
            source = .string
        }
    }

    /// The next element, nil behind the last one.
    ///
    /// A string has one, a collection at least one. After an error the reader is of no use.
    public mutating func next() throws(RDBError) -> ObjectElement? {
        switch source {
        case .end:
            return nil
        case .string:
            source = .end
            return ObjectElement(try cursor.readString(limit: maximumStringBytes, scratch: &firstBytes))
        case .plain(let count):
            source = count > 1 ? .plain(count - 1) : .end
            return try readPlainElement()
        case .compact(var reader):
            guard let element = try readCompactElement(&reader) else {
                source = .end
                if reader.isEmpty { throw RDBError(kind: .emptyCollection, byteOffset: reader.byteOffset) }
                return nil
            }
            source = .compact(reader)
            return element
        }
    }

    private mutating func readPlainElement() throws(RDBError) -> ObjectElement {
        let bytes = try cursor.readString(limit: maximumStringBytes, scratch: &firstBytes)
        switch kind {
        case .hash:
            let value = try cursor.readString(limit: maximumStringBytes, scratch: &secondBytes)
            return ObjectElement(bytes, value: value)
        case .sortedSet:
            return ObjectElement(bytes, score: try cursor.readTextScore())
        default:
            return ObjectElement(bytes)
        }
    }

    private mutating func readCompactElement(_ reader: inout CompactReader) throws(RDBError) -> ObjectElement? {
        guard let first = try reader.next() else { return nil }
        let bytes = first.text(in: &firstBytes)
        guard kind == .hash || kind == .sortedSet else { return ObjectElement(bytes) }
        guard let second = try reader.next() else { throw reader.damage }
        if kind == .hash { return ObjectElement(bytes, value: second.text(in: &secondBytes)) }
        guard let score = second.score else { throw RDBError(kind: .badScore, byteOffset: reader.byteOffset) }
        return ObjectElement(bytes, score: score)
    }
}

extension CompactEntry {
    /// The bytes of the entry, those of a number spelled into `scratch`.
    @inline(__always)
    func text(in scratch: inout ScratchBytes) -> UnsafeRawBufferPointer {
        switch self {
        case .bytes(let bytes): bytes
        case .integer(let value): scratch.spell(value)
        }
    }

    /// The score that the entry spells.
    var score: Double? {
        switch self {
        case .bytes(let bytes): ScoreText.parse(bytes)
        case .integer(let value): Double(value)
        }
    }
}

extension ByteCursor {
    /// Reads a score as plain sorted sets have it: its length and its text, or one byte for what is no finite number.
    mutating func readTextScore() throws(RDBError) -> Double {
        let start = position
        let length = try readByte()
        switch length {
        case TextScore.infinity: return .infinity
        case TextScore.negativeInfinity: return -.infinity
        case TextScore.notANumber: break
        default:
            if let score = ScoreText.parse(try readBytes(Int(length))) { return score }
        }
        seek(to: start)
        throw error(.badScore)
    }
}

/// The lengths of a score's text that say that there is none.
enum TextScore {
    static let notANumber: UInt8 = 253
    static let infinity: UInt8 = 254
    static let negativeInfinity: UInt8 = 255
}
