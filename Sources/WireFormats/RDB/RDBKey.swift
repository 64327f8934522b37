/// A key of an RDB file and what is known of it before its value.
public struct RDBKey {
    /// What the value is.
    public enum Kind: Sendable, Equatable {
        /// One of the five kinds that Redis 2.8 has.
        case object(ObjectKind)
        /// A stream (5.0). Its entries are not reported.
        case stream
        /// A value of a module. What it is made of is not reported.
        case module(RDBModuleType)
    }

    /// Its name, valid until the reader is used again; of one that is longer than the reader holds, the beginning.
    public internal(set) var name = UnsafeRawBufferPointer(start: nil, count: 0)
    /// How many bytes the name has.
    public internal(set) var nameLength = 0
    /// What the value is.
    public internal(set) var kind = Kind.object(.string)
    /// The byte that says how the value is written, 0 to 27.
    public internal(set) var encoding: UInt8 = 0
    /// When it expires, in milliseconds since 1970, nil if never.
    public internal(set) var expiry: Int64?
    /// For how many seconds it had not been used (since version 9, with an LRU policy).
    public internal(set) var idleSeconds: UInt64?
    /// How often it was used, on LFU's scale (since version 9, with an LFU policy).
    public internal(set) var frequency: UInt8?
    /// Whether fields of the hash may have expiry times (since version 12): ``RDBElement/expiry`` says which have.
    public internal(set) var hasFieldExpiry = false
    /// Whether modules keep something of their own with the key (since version 13).
    public internal(set) var hasModuleMetadata = false
    /// Where the key begins in the file: its type, behind its expiry and the like.
    public internal(set) var byteOffset = 0
}

/// One element of a key's value, or the whole of a string.
public struct RDBElement {
    /// The bytes of the string, the element, the member, the field of a hash.
    public internal(set) var length = 0
    /// The bytes of the value of a hash's field, else 0.
    public internal(set) var valueLength = 0
    /// The score of a member where contents are read, else 0.
    public internal(set) var score = 0.0
    /// The bytes themselves where contents are read, else empty; valid until the reader is used again.
    public internal(set) var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
    /// The bytes of the value of a hash's field where contents are read, else empty.
    public internal(set) var value = UnsafeRawBufferPointer(start: nil, count: 0)
    /// When the field of a hash expires, in milliseconds since 1970; nil if never.
    public internal(set) var expiry: Int64?
    /// Whether contents are read, and this is longer than the reader holds: the lengths are known alone, and those of a
    /// collection in one string are that string's.
    public internal(set) var isPassedOver = false
}

/// What ``RDBFileReader`` comes upon.
public enum RDBEvent: Sendable, Equatable {
    /// The bytes do not suffice. The first `consumed` ones are done with: the next buffer begins behind them and must
    /// be longer than what is left, since a key's name or a compact collection is read in one piece.
    case needMore(consumed: Int)
    /// The file's first line: its version.
    case version(Int)
    /// A fact about the file, in ``RDBFileReader/name`` and ``RDBFileReader/text``.
    case auxiliary
    /// The keys that follow are in this database.
    case database(UInt64)
    /// How many keys follow in the database, and how many of them expire. A hint, not to be relied on.
    case tableSizes(keys: UInt64, expiring: UInt64)
    /// The source of a library of functions, in ``RDBFileReader/text``.
    case function
    /// Data that a module keeps beside its keys, read to their end; many write that they have none.
    case moduleData(RDBModuleType)
    /// A key, in ``RDBFileReader/key``. Its elements follow and then ``keyEnd``.
    case key
    /// An element of the key, in ``RDBFileReader/element``.
    case element
    /// The key's value is over.
    case keyEnd
    /// The file is over and its checksum right. The first `consumed` bytes of the buffer belong to it; what follows,
    /// as in an append-only file with a preamble, does not.
    case end(consumed: Int)
}
