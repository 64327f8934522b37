/// The bytes that are no type of value but announce something else (`rdb.h`).
private enum Opcode {
    static let slotInfo: UInt8 = 0xF4
    static let function: UInt8 = 0xF5
    static let functionBeforeRelease: UInt8 = 0xF6
    static let moduleData: UInt8 = 0xF7
    static let idle: UInt8 = 0xF8
    static let frequency: UInt8 = 0xF9
    static let auxiliary: UInt8 = 0xFA
    static let tableSizes: UInt8 = 0xFB
    static let expiryMilliseconds: UInt8 = 0xFC
    static let expirySeconds: UInt8 = 0xFD
    static let database: UInt8 = 0xFE
    static let end: UInt8 = 0xFF
}

extension RDBFileReader {
    /// Reads `REDIS` and the version.
    mutating func readHeader(_ cursor: inout ByteCursor) throws(RDBError) -> RDBEvent {
        let start = cursor.position
        if cursor.bytes.first == UInt8(ascii: "V") { try refuseValkey(&cursor) }
        let magic = Array("REDIS".utf8)
        for (index, byte) in magic.enumerated() where index < cursor.remaining {
            guard cursor.bytes[start + index] == byte else { throw cursor.error(.badMagic) }
        }
        let header = try cursor.readBytes(magic.count + 4)
        let digits = header.dropFirst(magic.count)
        guard digits.allSatisfy({ $0 >= Byte.zero && $0 <= Byte.nine }) else {
            cursor.seek(to: start)
            throw cursor.error(.badMagic)
        }
        let version = digits.reduce(0) { $0 * 10 + Int($1 - Byte.zero) }
        guard version >= 1, version <= RDBVersion.newest else {
            cursor.seek(to: start)
            throw cursor.error(.unsupportedVersion(version))
        }
        self.version = version
        state = .record
        return .version(version)
    }

    /// Valkey 9 begins its files with `VALKEY` and three digits; types and opcodes beyond Redis 7.2 mean something
    /// else there.
    private func refuseValkey(_ cursor: inout ByteCursor) throws(RDBError) {
        let start = cursor.position
        let magic = try cursor.readBytes(6)
        cursor.seek(to: start)
        throw cursor.error(magic.elementsEqual("VALKEY".utf8) ? .valkeyFile : .badMagic)
    }

    /// Reads what stands between two values: facts, a key with the beginning of its value, or the end.
    mutating func readRecord(_ cursor: inout ByteCursor) throws(RDBError) -> RDBEvent? {
        let start = cursor.position
        let opcode = try cursor.readByte()
        switch opcode {
        case Opcode.end: state = .checksum
        case Opcode.database: return .database(try cursor.readLength())
        case Opcode.expirySeconds: nextKey.expiry = Int64(try cursor.readInteger(Int32.self)) * 1000
        case Opcode.expiryMilliseconds: nextKey.expiry = try cursor.readInteger(Int64.self)
        case Opcode.idle: nextKey.idleSeconds = try cursor.readLength()
        case Opcode.frequency: nextKey.frequency = try cursor.readByte()
        case Opcode.tableSizes:
            let keys = try cursor.readLength()
            return .tableSizes(keys: keys, expiring: try cursor.readLength())
        case Opcode.slotInfo:
            for _ in 0..<3 { _ = try cursor.readLength() }
        case Opcode.auxiliary:
            name = try cursor.readString(limit: maximumStringBytes, scratch: &firstBytes)
            text = try cursor.readString(limit: maximumStringBytes, scratch: &secondBytes)
            return .auxiliary
        case Opcode.function:
            text = try cursor.readString(limit: maximumStringBytes, scratch: &secondBytes)
            return .function
        case Opcode.functionBeforeRelease: return try readFunctionBeforeRelease(&cursor)
        case Opcode.moduleData: return try readModuleData(&cursor)
        default:
            let type = try Self.type(opcode, &cursor, at: start)
            let name = try cursor.readString(limit: maximumStringBytes, scratch: &firstBytes)
            return try readKey(name, type, &cursor, byteOffset: cursor.origin + start)
        }
        return nil
    }

    /// Reads the type of a value without a key, and what stands before its elements.
    mutating func readDump(_ cursor: inout ByteCursor) throws(RDBError) -> RDBEvent {
        let start = cursor.position
        let type = try Self.type(try cursor.readByte(), &cursor, at: start)
        return try readKey(UnsafeRawBufferPointer(start: nil, count: 0), type, &cursor, byteOffset: start)
    }

    /// The type that a byte stands for.
    private static func type(_ byte: UInt8, _ cursor: inout ByteCursor, at start: Int) throws(RDBError) -> RDBType {
        if let type = RDBType(rawValue: byte), type.layout != .unreadable { return type }
        cursor.seek(to: start)
        throw cursor.error(.unknownType(byte))
    }

    /// Release candidates of 7.0 wrote a library as its name, its engine, a description if there is one, and its
    /// source.
    private mutating func readFunctionBeforeRelease(_ cursor: inout ByteCursor) throws(RDBError) -> RDBEvent {
        for _ in 0..<2 { _ = try cursor.readString(limit: maximumStringBytes, scratch: &secondBytes) }
        if try cursor.readLength() != 0 {
            _ = try cursor.readString(limit: maximumStringBytes, scratch: &secondBytes)
        }
        text = try cursor.readString(limit: maximumStringBytes, scratch: &secondBytes)
        return .function
    }

    /// A module's identifier, two numbers that say when the data are to be loaded, and the data.
    private mutating func readModuleData(_ cursor: inout ByteCursor) throws(RDBError) -> RDBEvent {
        let module = RDBModuleType(rawValue: try cursor.readLength())
        for _ in 0..<2 { _ = try cursor.readLength() }
        state = .moduleData
        return .moduleData(module)
    }

    /// Reads what stands between a key's name and the elements of its value.
    private mutating func readKey(
        _ name: UnsafeRawBufferPointer, _ type: RDBType, _ cursor: inout ByteCursor, byteOffset: Int
    ) throws(RDBError) -> RDBEvent {
        if type.hasMinimumExpiry { try cursor.skip(8) }
        let (kind, next, count) = try readBeginning(type.layout, &cursor)
        key = nextKey
        key.name = name
        key.kind = kind
        key.encoding = type.rawValue
        key.hasFieldExpiry = type.hasFieldExpiry
        key.byteOffset = byteOffset
        nextKey = RDBKey()
        self.type = type
        left = count
        state = next
        return .key
    }

    private mutating func readBeginning(
        _ layout: RDBType.Layout, _ cursor: inout ByteCursor
    ) throws(RDBError) -> (RDBKey.Kind, State, UInt64) {
        switch layout {
        case .string: return (.object(.string), .string, 0)
        case .plain(let kind): return (.object(kind), .plain, try cursor.readLength())
        case .compact(let kind, _): return (.object(kind), .collection, 0)
        case .quicklist: return (.object(.list), .quicklist, try cursor.readLength())
        case .stream(let form):
            stream = StreamSkipper(form)
            return (.stream, .stream, 0)
        case .module: return (.module(RDBModuleType(rawValue: try cursor.readLength())), .module, 0)
        case .unreadable: throw cursor.error(.unknownType(type.rawValue))
        }
    }
}
