/// The byte before a value that says what it is and how it is written (`rdb.h`).
enum RDBType: UInt8 {
    case string = 0
    case list = 1
    case set = 2
    /// Scores as text.
    case sortedSet = 3
    case hash = 4
    /// Scores as eight bytes, since version 8.
    case sortedSet2 = 5
    /// Cannot be skipped without the module.
    case moduleBeforeRelease = 6
    case module2 = 7
    case hashZipmap = 9
    case listZiplist = 10
    case setIntset = 11
    case sortedSetZiplist = 12
    case hashZiplist = 13
    case listQuicklist = 14
    case streamListpacks = 15
    case hashListpack = 16
    case sortedSetListpack = 17
    case listQuicklist2 = 18
    case streamListpacks2 = 19
    case setListpack = 20
    case streamListpacks3 = 21
    /// Hashes whose fields have expiry times, 7.4: as they were written before its release, and since.
    case hashMetadataBeforeRelease = 22
    case hashListpackExpiryBeforeRelease = 23
    case hashMetadata = 24
    case hashListpackExpiry = 25
    /// Streams that remember which entries their producers have sent, 8.6, and entries that consumers gave back, 8.8.
    case streamListpacks4 = 26
    case streamListpacks5 = 27
    /// Hashes whose fields have expiry times, Valkey 9: type 22 there.
    ///
    /// No file has this number.
    case valkeyHash = 0x96
}

extension RDBType {
    /// The type that a byte of a file stands for; nil where the format has none.
    init?(byte: UInt8, in format: RDBFormat) {
        let isLater = byte >= RDBType.hashMetadataBeforeRelease.rawValue
        if isLater, format.version < RDBVersion.firstOpen { return nil }
        if isLater, format.isValkey {
            guard byte == RDBType.hashMetadataBeforeRelease.rawValue else { return nil }
            self = .valkeyHash
        } else {
            guard byte <= RDBType.streamListpacks5.rawValue else { return nil }
            self.init(rawValue: byte)
        }
    }

    /// The byte that a file has for it.
    var byte: UInt8 { self == .valkeyHash ? RDBType.hashMetadataBeforeRelease.rawValue : rawValue }
}

extension RDBType {
    /// How the value follows the key.
    enum Layout: Equatable {
        /// One string.
        case string
        /// The number of elements and these one after the other.
        case plain(ObjectKind)
        /// One string that holds all elements.
        case compact(ObjectKind, CompactEncoding)
        /// A list in pieces: their number, and each a string that holds some elements; in the second form, behind a
        /// number that says whether it holds one or some.
        case quicklist(hasContainers: Bool)
        /// A stream, in the form of a release.
        case stream(StreamSkipper.Form)
        case module
        case unreadable
    }

    var layout: Layout {
        switch self {
        case .string: .string
        case .list: .plain(.list)
        case .set: .plain(.set)
        case .sortedSet, .sortedSet2: .plain(.sortedSet)
        case .hash, .hashMetadata, .hashMetadataBeforeRelease, .valkeyHash: .plain(.hash)
        case .hashZipmap: .compact(.hash, .zipmap)
        case .listZiplist: .compact(.list, .ziplist)
        case .setIntset: .compact(.set, .intset)
        case .sortedSetZiplist: .compact(.sortedSet, .ziplist)
        case .hashZiplist: .compact(.hash, .ziplist)
        case .hashListpack, .hashListpackExpiry, .hashListpackExpiryBeforeRelease: .compact(.hash, .listpack)
        case .sortedSetListpack: .compact(.sortedSet, .listpack)
        case .setListpack: .compact(.set, .listpack)
        case .listQuicklist: .quicklist(hasContainers: false)
        case .listQuicklist2: .quicklist(hasContainers: true)
        case .streamListpacks: .stream(.first)
        case .streamListpacks2: .stream(.second)
        case .streamListpacks3: .stream(.third)
        case .streamListpacks4: .stream(.fourth)
        case .streamListpacks5: .stream(.fifth)
        case .module2: .module
        case .moduleBeforeRelease: .unreadable
        }
    }

    /// Whether Redis 2.8.24 can read it.
    var isKnownToRedis2: Bool {
        rawValue <= RDBType.hash.rawValue
            || (rawValue >= RDBType.hashZipmap.rawValue && rawValue <= RDBType.hashZiplist.rawValue)
    }

    /// Where the expiry time of each field of a hash stands.
    enum FieldExpiry {
        /// Nowhere: fields have none.
        case none
        /// Before the field, as a length: 0 for none, else milliseconds since 1970.
        case before
        /// Before the field, as a length: 0 for none, else milliseconds since one before the earliest of the hash.
        case beforeFromEarliest
        /// Behind the value, as an entry of the listpack: 0 for none.
        case entry
        /// Behind the value, eight bytes: negative for none.
        case behind
    }

    var fieldExpiry: FieldExpiry {
        switch self {
        case .hashMetadataBeforeRelease: .before
        case .hashMetadata: .beforeFromEarliest
        case .hashListpackExpiry, .hashListpackExpiryBeforeRelease: .entry
        case .valkeyHash: .behind
        default: .none
        }
    }

    /// Whether each field of a hash may have an expiry time.
    var hasFieldExpiry: Bool { fieldExpiry != .none }

    /// Whether eight bytes with the earliest expiry time of a field stand before the value.
    var hasMinimumExpiry: Bool { self == .hashMetadata || self == .hashListpackExpiry }
}

/// What a value is.
public enum ObjectKind: Sendable, Equatable, CaseIterable {
    /// Bytes.
    case string
    /// Elements in order.
    case list
    /// Members without order.
    case set
    /// Fields and their values.
    case hash
    /// Members and their scores.
    case sortedSet
}

/// The versions of the format.
public enum RDBVersion {
    /// What Redis 2.6 and 2.8 write.
    public static let redis2: UInt16 = 6
    /// What Redis 8.6 writes, the newest of which every type is known here.
    ///
    /// Later ones are read as far as their types are known.
    public static let newest: UInt16 = 13
    /// What Valkey 9 writes, the first that is not one of Redis: `rdb.h` of Valkey leaves 12 to 79 to others.
    static let firstOfValkey = 80
    /// From this version on a type that is not known may be one of a later release: those before have got their last.
    static let firstOpen = 12
}

/// A version of the format, and whose it is.
public struct RDBFormat: Sendable, Equatable, CustomStringConvertible {
    /// The version; 0 where it is not known.
    public let version: Int
    /// Whether it is one of Valkey's, whose types from 22 on are others than those of Redis.
    public let isValkey: Bool

    init(version: Int, isValkey: Bool = false) {
        self.version = version
        self.isValkey = isValkey
    }

    /// That of a payload of DUMP, which has the version alone.
    init(payloadVersion version: Int) {
        self.init(version: version, isValkey: version >= RDBVersion.firstOfValkey)
    }

    /// As in `version 13 of the RDB format`.
    public var description: String { "version \(version) of \(isValkey ? "Valkey's" : "the") RDB format" }

    /// How the first line begins and how many digits follow.
    private static let magics: [(letters: StaticString, digits: Int)] = [("REDIS", 4), ("VALKEY", 3)]

    /// Whether a file that begins with these bytes is an RDB file, or has one as its preamble: `REDIS` and four digits,
    /// or `VALKEY` and three; nil where they are too few.
    public static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool? {
        var isPossible = false
        for (letters, digits) in magics {
            let count = letters.utf8CodeUnitCount
            let magic = UnsafeRawBufferPointer(start: letters.utf8Start, count: count)
            let present = min(bytes.count, count + digits)
            let fits = (0..<present).allSatisfy { index in
                index < count ? bytes[index] == magic[index] : bytes[index] &- Byte.zero <= 9
            }
            if fits, bytes.count >= count + digits { return true }
            isPossible = isPossible || fits
        }
        return isPossible ? nil : false
    }
}
