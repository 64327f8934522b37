/// The beginning of a string: how its bytes are written and how many there are.
///
///     length                           and so many bytes
///     11000000 and 1 byte              a number: its decimal spelling
///     11000001 and 2 bytes, 11000010 and 4 bytes, the low byte first
///     11000011 length length           compressed by LZF: the first length in the file, the second once decompressed
struct RDBString {
    enum Form {
        case raw
        case integer
        case compressed
    }

    let form: Form
    /// The bytes that follow the beginning.
    let storedLength: Int
    /// The bytes of the string itself; for an integer the bytes that follow, since the spelling is not known yet.
    let length: Int

    /// Whether the bytes that are stored, or those of the string itself, are more than a limit.
    func isLonger(than limit: Int) -> Bool { max(storedLength, length) > limit }

    static let int8: UInt64 = 0
    static let int16: UInt64 = 1
    static let int32: UInt64 = 2
    static let compressed: UInt64 = 3
}

extension ByteCursor {
    /// Reads the beginning of a string.
    ///
    /// - Parameter limit: the longest string to accept, in bytes, stored or decompressed.
    @inline(__always)
    mutating func readStringHeader(limit: Int) throws(RDBError) -> RDBString {
        let start = position
        let length = try readLengthOrEncoding()
        if !length.isEncoding {
            guard length.value <= limit else { throw stringTooLong(length.value, at: start) }
            return RDBString(form: .raw, storedLength: Int(length.value), length: Int(length.value))
        }
        return try readEncodedHeader(length.value, start, limit)
    }

    private mutating func readEncodedHeader(
        _ encoding: UInt64, _ start: Int, _ limit: Int
    ) throws(RDBError) -> RDBString {
        switch encoding {
        case RDBString.int8: return RDBString(form: .integer, storedLength: 1, length: 1)
        case RDBString.int16: return RDBString(form: .integer, storedLength: 2, length: 2)
        case RDBString.int32: return RDBString(form: .integer, storedLength: 4, length: 4)
        case RDBString.compressed:
            let stored = try readLength()
            let length = try readLength()
            guard stored <= limit, length <= limit else { throw stringTooLong(max(stored, length), at: start) }
            guard stored > 0, length > 0, length <= stored * UInt64(LZF.maximumRatio) else {
                seek(to: start)
                throw error(.badCompression)
            }
            return RDBString(form: .compressed, storedLength: Int(stored), length: Int(length))
        default:
            seek(to: start)
            throw error(.badLength(bytes[start]))
        }
    }

    private mutating func stringTooLong(_ length: UInt64, at start: Int) -> RDBError {
        seek(to: start)
        return error(.stringTooLong(bytes: length))
    }

    /// Reads the number of a string whose form is `integer`.
    @inline(__always)
    mutating func readStoredInteger(_ string: RDBString) throws(RDBError) -> Int64 {
        switch string.storedLength {
        case 1: Int64(try readInteger(Int8.self))
        case 2: Int64(try readInteger(Int16.self))
        default: Int64(try readInteger(Int32.self))
        }
    }

    /// Reads a string.
    ///
    /// What is not there in plain is written into `scratch`, where it stays until that is used again.
    mutating func readString(
        limit: Int, scratch: inout ScratchBytes
    ) throws(RDBError) -> UnsafeRawBufferPointer {
        let start = position
        let string = try readStringHeader(limit: limit)
        switch string.form {
        case .raw: return try readBytes(string.storedLength)
        case .integer: return scratch.spell(try readStoredInteger(string))
        case .compressed:
            let stored = try readBytes(string.storedLength)
            guard let bytes = scratch.decompress(stored, length: string.length) else {
                seek(to: start)
                throw error(.badCompression)
            }
            return bytes
        }
    }
}

extension RDBString {
    /// A spelled number of more bytes than this is never kept as a number: the spelling of `Int32.min` has eleven.
    private static let integerTextLimit = 11
    /// Strings of up to so many bytes are not worth compressing.
    private static let compressionLimit = 20
    /// A string is compressed where that makes it so many bytes shorter.
    private static let compressionSaving = 4

    /// Appends a string as 2.8 does: a number where it spells one of 32 bits, else compressed where that pays.
    static func append(
        _ string: UnsafeRawBufferPointer, compressor: inout LZFCompressor, to bytes: inout [UInt8]
    ) {
        if string.count <= integerTextLimit, let number = DecimalInteger.parse(string).flatMap(Int32.init(exactly:)) {
            append(number, to: &bytes)
            return
        }
        if string.count > compressionLimit, appendCompressed(string, &compressor, to: &bytes) { return }
        RDBLength.append(string.count, to: &bytes)
        bytes.append(contentsOf: string)
    }

    private static func append(_ number: Int32, to bytes: inout [UInt8]) {
        if let byte = Int8(exactly: number) {
            bytes.append(0xC0 | UInt8(int8))
            bytes.appendInteger(byte)
        } else if let word = Int16(exactly: number) {
            bytes.append(0xC0 | UInt8(int16))
            bytes.appendInteger(word)
        } else {
            bytes.append(0xC0 | UInt8(int32))
            bytes.appendInteger(number)
        }
    }

    private static func appendCompressed(
        _ string: UnsafeRawBufferPointer, _ compressor: inout LZFCompressor, to bytes: inout [UInt8]
    ) -> Bool {
        // The compressed length stands before the compressed bytes, so those go to a place of their own first.
        var compressed: [UInt8] = []
        guard let length = compressor.compress(string, saving: compressionSaving, to: &compressed) else {
            return false
        }
        bytes.append(0xC0 | UInt8(Self.compressed))
        RDBLength.append(length, to: &bytes)
        RDBLength.append(string.count, to: &bytes)
        bytes.append(contentsOf: compressed)
        return true
    }
}
