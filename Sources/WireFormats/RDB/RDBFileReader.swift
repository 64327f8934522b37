/// Reads RDB files of the versions 1 to 13 (Redis 1.0 to 8.6) and of Valkey, chunk by chunk; those of later versions as far
/// as their types are known.
///
///     REDIS0011                                    the version in four digits; `VALKEY080` since Valkey 9
///     FA name value …                              facts about the file
///     FE database  FB keys expiring                a database begins
///     FC time:8    F8 idle   F9 frequency:1        about the next key
///     F3 classes {specification:4 data …}          what modules keep with the next key, since version 13
///     type key value                               a key, see ``RDBType``
///     FF checksum:8                                the checksum since version 5, 0 where it is turned off
///
/// The caller passes all bytes that are not consumed yet and asks for events until more bytes are needed:
///
///     while true {
///         switch try reader.next(in: buffer, isLast: fileIsAtItsEnd) {
///         case .needMore(let consumed): …          drop so many bytes, read more behind the rest
///         case .key: …                             reader.key
///         case .element: …                         reader.element
///         case .end: return
///         default: …
///         }
///     }
///
/// Until ``RDBEvent/needMore(consumed:)`` every call gets the same buffer. Memory: strings are passed over without
/// being in memory as a whole unless their contents are wanted; a key's name and a collection in one string (8 KiB by
/// default, as large as the file's server was told) are. What is longer than the caller wants to hold is passed over, and
/// its length reported.
public struct RDBFileReader: ~Copyable {
    /// What the elements report.
    public enum Contents: Sendable {
        /// How long they are: compressed strings are not decompressed, scores not read.
        case lengths
        /// Their bytes and scores too.
        case bytes
    }

    enum State {
        case header
        case dump
        case record
        /// The end of a name that is not held as a whole.
        case longName
        case keyMetadata
        case string
        case plain
        case collection
        case quicklist
        case entries
        case stream
        case module
        case moduleData(RDBModuleType, isEmpty: Bool)
        case keyEnd
        case checksum
        case end
    }

    /// The key of the last ``RDBEvent/key``.
    public internal(set) var key = RDBKey()
    /// The element of the last ``RDBEvent/element``.
    public internal(set) var element = RDBElement()
    /// The name of the last ``RDBEvent/auxiliary``; valid until the reader is used again.
    public internal(set) var name = UnsafeRawBufferPointer(start: nil, count: 0)
    /// The value of the last ``RDBEvent/auxiliary``, the source of the last ``RDBEvent/function``; valid as `name` is.
    public internal(set) var text = UnsafeRawBufferPointer(start: nil, count: 0)
    /// The file's version, 0 before it is known.
    public internal(set) var format = RDBFormat(version: 0)
    /// Whether the file says that it is the base of an append-only log: as `aof-base` since Redis 7.0, as `aof-preamble`
    /// before.
    public internal(set) var isBaseOfLog = false
    /// Whether the file's checksum was written and verified; false before its end.
    public private(set) var isChecksumVerified = false

    let contents: Contents
    let maximumStringBytes: Int
    /// A longer name, string, or collection in one string is passed over.
    let longestHeld: Int
    private let verifiesChecksum: Bool

    /// Where the buffer begins in the file, and how far in the buffer the reader is.
    private var bufferOffset = 0
    private var position = 0
    private var checksum = CRC64()
    /// Up to here the buffer's bytes are in `checksum`.
    private var checksummed = 0
    private var error: RDBError?

    var state = State.header
    /// Bytes to pass over before anything else is read.
    var skipping = 0
    /// Elements, or nodes of a quicklist, that are still to come.
    var left: UInt64 = 0
    var type = RDBType.string
    /// What was said about the next key.
    var nextKey = RDBKey()
    /// What was read of an element whose other parts were not in the buffer any more.
    var begun = BegunElement()
    /// What the expiry times of a hash's fields count from.
    var earliestExpiry: Int64 = 0
    /// Whether the value is one of DUMP, without a key.
    var isDump = false
    /// Whether the next thing of a key's metadata is whose they are.
    var isAtSpecification = false
    /// The compact collection whose entries are being read.
    var entries: CompactReader?
    var stream = StreamSkipper(.first)
    var firstBytes = ScratchBytes()
    var secondBytes = ScratchBytes()
    var collectionBytes = ScratchBytes()

    /// A reader at the beginning of a file.
    ///
    /// - Parameters:
    ///   - contents: what the elements report.
    ///   - verifiesChecksum: whether the checksum is computed, which costs as much as reading the lengths.
    ///   - maximumStringBytes: the longest string to accept; 512 MiB in Redis.
    ///   - longestHeld: how long a name, a string whose contents are wanted, or a collection in one string may be without
    ///     being passed over.
    public init(
        contents: Contents = .lengths, verifiesChecksum: Bool = true, maximumStringBytes: Int = 512 << 20,
        longestHeld: Int = .max
    ) {
        self.contents = contents
        self.verifiesChecksum = verifiesChecksum
        self.maximumStringBytes = maximumStringBytes
        self.longestHeld = longestHeld
    }

    /// A reader of one value that DUMP has written.
    ///
    /// It gets ``DumpPayload/contents(of:maximumVersion:)`` as its buffer, and is done with ``RDBEvent/keyEnd``; the key
    /// has no name.
    ///
    /// - Parameter version: the payload's version, which says what some types mean.
    public init(
        dump contents: Contents, version: UInt16, maximumStringBytes: Int = 512 << 20, longestHeld: Int = .max
    ) {
        self.init(
            contents: contents, verifiesChecksum: false, maximumStringBytes: maximumStringBytes,
            longestHeld: longestHeld)
        format = RDBFormat(payloadVersion: Int(version))
        state = .dump
        isDump = true
    }

    /// How many bytes of the file have been read.
    public var byteOffset: Int { bufferOffset + position }

    /// Reads on.
    ///
    /// - Parameters:
    ///   - buffer: the bytes of the file that are not consumed yet; the same ones until more are asked for.
    ///   - isLast: whether the file ends with them.
    /// - Throws: an error says where the file cannot be read; every later call throws it again.
    public mutating func next(in buffer: UnsafeRawBufferPointer, isLast: Bool) throws(RDBError) -> RDBEvent {
        if let error { throw error }
        do throws(RDBError) {
            while true {
                if skipping > 0, try skip(in: buffer, isLast) { return endBuffer(buffer) }
                var cursor = ByteCursor(buffer, position: position, origin: bufferOffset)
                do throws(RDBError) {
                    let event = try step(&cursor)
                    position = cursor.position
                    if let event { return event }
                } catch {
                    guard case .truncated = error.kind else { throw error }
                    // The step is tried again when there are more bytes.
                    if !isLast { return endBuffer(buffer) }
                    throw RDBError(kind: .truncated, byteOffset: bufferOffset + buffer.count)
                }
            }
        } catch {
            self.error = error
            throw error
        }
    }

    /// Passes over `skipping` bytes; true when the buffer ends before.
    private mutating func skip(in buffer: UnsafeRawBufferPointer, _ isLast: Bool) throws(RDBError) -> Bool {
        let count = min(skipping, buffer.count - position)
        position += count
        skipping -= count
        guard skipping > 0 else { return false }
        guard !isLast else { throw RDBError(kind: .truncated, byteOffset: byteOffset) }
        return true
    }

    private mutating func endBuffer(_ buffer: UnsafeRawBufferPointer) -> RDBEvent {
        takeChecksum(of: buffer, upTo: position)
        let consumed = position
        bufferOffset += consumed
        position = 0
        checksummed = 0
        return .needMore(consumed: consumed)
    }

    private mutating func takeChecksum(of buffer: UnsafeRawBufferPointer, upTo end: Int) {
        if verifiesChecksum, end > checksummed {
            checksum.update(UnsafeRawBufferPointer(rebasing: buffer[checksummed..<end]))
        }
        checksummed = end
    }

    /// Reads one thing: an event, or nil where there is nothing to say.
    ///
    /// One that throws has changed nothing.
    private mutating func step(_ cursor: inout ByteCursor) throws(RDBError) -> RDBEvent? {
        switch state {
        case .header: return try readHeader(&cursor)
        case .dump: return try readDump(&cursor)
        case .record:
            if let event = try readRecord(&cursor) { return event }
            if case .checksum = state { takeChecksum(of: cursor.bytes, upTo: cursor.position) }
            return nil
        case .longName: return try readKey(nextKey.name, type, &cursor)
        case .keyMetadata:
            try readKeyMetadata(&cursor)
            return nil
        case .string: return try readStringValue(&cursor)
        case .plain: return try readPlainElement(&cursor)
        case .collection: return try readCollection(&cursor)
        case .quicklist: return try readQuicklistNode(&cursor)
        case .entries: return try readEntry()
        case .stream:
            if try !stream.next(&cursor, skipping: &skipping) { state = .keyEnd }
            return nil
        case .module:
            if try !ModuleSkipper.next(&cursor, skipping: &skipping) { state = .keyEnd }
            return nil
        case .moduleData(let type, let isEmpty):
            if try ModuleSkipper.next(&cursor, skipping: &skipping) {
                state = .moduleData(type, isEmpty: false)
                return nil
            }
            state = .record
            return isEmpty ? nil : .moduleData(type)
        case .keyEnd:
            state = .record
            return .keyEnd
        case .checksum: return try readChecksum(&cursor)
        case .end: return .end(consumed: cursor.position)
        }
    }

    private mutating func readChecksum(_ cursor: inout ByteCursor) throws(RDBError) -> RDBEvent {
        if format.version >= 5 {
            let start = cursor.position
            let written = try cursor.readInteger(UInt64.self)
            if verifiesChecksum, written != 0 {
                guard written == checksum.value else {
                    cursor.seek(to: start)
                    throw cursor.error(.checksumMismatch(written: written, computed: checksum.value))
                }
                isChecksumVerified = true
            }
        }
        state = .end
        return .end(consumed: cursor.position)
    }
}
