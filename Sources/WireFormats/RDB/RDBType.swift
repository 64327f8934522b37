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
        /// A stream, in the form that came first, with 7.0, or with 7.2.
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
        case .hash, .hashMetadata, .hashMetadataBeforeRelease: .plain(.hash)
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
        case .module2: .module
        case .moduleBeforeRelease: .unreadable
        }
    }

    /// Whether Redis 2.8.24 can read it.
    var isKnownToRedis2: Bool {
        rawValue <= RDBType.hash.rawValue
            || (rawValue >= RDBType.hashZipmap.rawValue && rawValue <= RDBType.hashZiplist.rawValue)
    }

    /// Whether each field of a hash has an expiry time: before it in a plain hash, behind its value in a compact one.
    var hasFieldExpiry: Bool { rawValue >= RDBType.hashMetadataBeforeRelease.rawValue }

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
    /// What Redis 7.4 writes, the newest that is read here.
    public static let newest: UInt16 = 12
}
