/// The bytes that are no type of value but announce something else (`rdb.h`).
private enum Opcode {
    /// The least: below it stand the types of values.
    static let first: UInt8 = 0xF3
    /// What modules keep with the next key in Redis; how far Valkey is with taking over slots.
    static let keyMetadataOrSlotImport: UInt8 = 0xF3
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
    /// Reads `REDIS` or `VALKEY`, and the version: nine bytes either way.
    mutating func readHeader(_ cursor: inout ByteCursor) throws(RDBError) -> RDBEvent {
        let start = cursor.position
        let rest = UnsafeRawBufferPointer(rebasing: cursor.bytes[start...])
        guard RDBFormat.begins(rest) != false else { throw cursor.error(.badMagic) }
        let header = try cursor.readBytes(9)
        let isValkey = header[0] == UInt8(ascii: "V")
        let version = header.dropFirst(isValkey ? 6 : 5).reduce(0) { $0 * 10 + Int($1 - Byte.zero) }
        guard version >= 1 else {
            cursor.seek(to: start)
            throw cursor.error(.unsupportedVersion(version))
        }
        format = RDBFormat(version: version, isValkey: isValkey)
        state = .record
        return .version(version)
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
        case Opcode.keyMetadataOrSlotImport where format.isValkey: try passSlotImport(&cursor)
        case Opcode.keyMetadataOrSlotImport where format.version > RDBVersion.firstOpen:
            left = try cursor.readLength()
            nextKey.hasModuleMetadata = true
            isAtSpecification = true
            state = .keyMetadata
        case Opcode.slotInfo:
            for _ in 0..<3 { _ = try cursor.readLength() }
        case Opcode.auxiliary:
            name = try cursor.readString(limit: maximumStringBytes, scratch: &firstBytes)
            text = try readText(&cursor)
            if name.elementsEqual("aof-base".utf8) || name.elementsEqual("aof-preamble".utf8) {
                isBaseOfLog = isBaseOfLog || text.elementsEqual("1".utf8)
            }
            return .auxiliary
        case Opcode.function:
            text = try readText(&cursor)
            return .function
        case Opcode.functionBeforeRelease: return try readFunctionBeforeRelease(&cursor)
        case Opcode.moduleData: try readModuleData(&cursor)
        default:
            let type = try type(opcode, &cursor, at: start)
            nextKey.byteOffset = cursor.origin + start
            return try readName(type, &cursor)
        }
        return nil
    }

    /// Reads the type of a value without a key, and what stands before its elements.
    mutating func readDump(_ cursor: inout ByteCursor) throws(RDBError) -> RDBEvent? {
        let start = cursor.position
        let byte = try cursor.readByte()
        if byte == Opcode.keyMetadataOrSlotImport, !format.isValkey, format.version > RDBVersion.firstOpen {
            left = try cursor.readLength()
            nextKey.hasModuleMetadata = true
            isAtSpecification = true
            state = .keyMetadata
            return nil
        }
        let type = try type(byte, &cursor, at: start)
        nextKey.byteOffset = start
        return try readKey(UnsafeRawBufferPointer(start: nil, count: 0), type, &cursor)
    }

    /// The type that a byte stands for.
    private func type(_ byte: UInt8, _ cursor: inout ByteCursor, at start: Int) throws(RDBError) -> RDBType {
        let type = RDBType(byte: byte, in: format)
        if let type, type.layout != .unreadable { return type }
        cursor.seek(to: start)
        guard type == nil else { throw cursor.error(.unreadableModule) }
        // What is not known is damage where no later release can have added it.
        let isLater = byte > RDBType.streamListpacks3.rawValue && byte <= Opcode.first
        let isOpen = format.version >= RDBVersion.firstOpen
        throw cursor.error(isLater && isOpen ? .unsupportedType(byte, format) : .unknownType(byte))
    }

    /// Reads a key's name, as much of it as is held, and what follows it.
    private mutating func readName(_ type: RDBType, _ cursor: inout ByteCursor) throws(RDBError) -> RDBEvent? {
        let start = cursor.position
        let header = try cursor.readStringHeader(limit: maximumStringBytes)
        guard header.isLonger(than: longestHeld) else {
            cursor.seek(to: start)
            let name = try cursor.readString(limit: maximumStringBytes, scratch: &firstBytes)
            nextKey.nameLength = name.count
            return try readKey(name, type, &cursor)
        }
        // A compressed one has no beginning that could be shown.
        let shown = header.form == .raw ? min(header.storedLength, Self.shownBytes) : 0
        nextKey.name = firstBytes.copy(try cursor.readBytes(shown))
        nextKey.nameLength = header.length
        skipping = header.storedLength - shown
        self.type = type
        state = .longName
        return nil
    }

    /// How much of a name that is not held is kept.
    private static let shownBytes = 1024

    /// Reads a string that is no part of a key; of one that is not held, nothing.
    private mutating func readText(_ cursor: inout ByteCursor) throws(RDBError) -> UnsafeRawBufferPointer {
        let start = cursor.position
        let header = try cursor.readStringHeader(limit: maximumStringBytes)
        if header.isLonger(than: longestHeld) {
            skipping = header.storedLength
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        cursor.seek(to: start)
        return try cursor.readString(limit: maximumStringBytes, scratch: &secondBytes)
    }

    /// Passes over what a module keeps with the next key, one step of it.
    mutating func readKeyMetadata(_ cursor: inout ByteCursor) throws(RDBError) {
        if isAtSpecification {
            guard left > 0 else { return state = isDump ? .dump : .record }
            try cursor.skip(4)
            isAtSpecification = false
        } else if try !ModuleSkipper.next(&cursor, skipping: &skipping) {
            left -= 1
            isAtSpecification = true
        }
    }

    /// Passes over a number of slots that were being taken over: a name, and pairs of slots.
    private mutating func passSlotImport(_ cursor: inout ByteCursor) throws(RDBError) {
        _ = try cursor.readString(limit: maximumStringBytes, scratch: &secondBytes)
        let start = cursor.position
        let ranges = try cursor.readLength()
        guard ranges <= 1 << 14 else {
            cursor.seek(to: start)
            throw cursor.error(.badLength(cursor.bytes[start]))
        }
        for _ in 0..<ranges * 2 { _ = try cursor.readLength() }
    }

    /// Release candidates of 7.0 wrote a library as its name, its engine, a description if there is one, and its
    /// source.
    private mutating func readFunctionBeforeRelease(_ cursor: inout ByteCursor) throws(RDBError) -> RDBEvent {
        for _ in 0..<2 { _ = try cursor.readString(limit: maximumStringBytes, scratch: &secondBytes) }
        if try cursor.readLength() != 0 {
            _ = try cursor.readString(limit: maximumStringBytes, scratch: &secondBytes)
        }
        text = try readText(&cursor)
        return .function
    }

    /// A module's identifier, two numbers that say when the data are to be loaded, and the data.
    private mutating func readModuleData(_ cursor: inout ByteCursor) throws(RDBError) {
        let module = RDBModuleType(rawValue: try cursor.readLength())
        for _ in 0..<2 { _ = try cursor.readLength() }
        state = .moduleData(module, isEmpty: true)
    }

    /// Reads what stands between a key's name and the elements of its value.
    mutating func readKey(
        _ name: UnsafeRawBufferPointer, _ type: RDBType, _ cursor: inout ByteCursor
    ) throws(RDBError) -> RDBEvent {
        let earliest = type.hasMinimumExpiry ? try cursor.readInteger(Int64.self) : 0
        let (kind, next, count) = try readBeginning(type.layout, &cursor)
        earliestExpiry = earliest
        key = nextKey
        key.name = name
        key.kind = kind
        key.encoding = type.byte
        key.hasFieldExpiry = type.hasFieldExpiry
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
