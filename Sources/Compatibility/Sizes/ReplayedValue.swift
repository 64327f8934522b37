import WireFormats

/// A value of a replayed keyspace: as much of it as its later sizes depend on.
enum ReplayedValue {
    /// A string: its length, and its number where it is one.
    case string(length: Int, integer: Int64?)
    case list(ElementList)
    case set(MemberTable)
    case hash(MemberTable)
    case sortedSet(ScoredMembers)
    /// What the contract gives no size.
    case foreign(Foreign)

    /// What Redis 2.8 does not have.
    enum Foreign {
        case stream
        /// A value of a module, with its type where that is known.
        case module(RDBModuleType?)
        /// It is not known what.
        case unknown
    }

    /// Bytes of payload as the contract counts them.
    var payload: Int {
        switch self {
        case .string(let length, _): length
        case .list(let list): list.payload
        case .set(let members), .hash(let members): members.payload
        case .sortedSet(let members): members.payload
        case .foreign: 0
        }
    }

    /// The type as Redis names it.
    var type: String {
        switch self {
        case .string: "string"
        case .list: "list"
        case .set: "set"
        case .hash: "hash"
        case .sortedSet: "zset"
        case .foreign(.stream): "stream"
        case .foreign(.module): "module"
        case .foreign(.unknown): "other"
        }
    }

    /// Whether the value has lost its last element, and its key with it.
    var isGone: Bool {
        switch self {
        case .string, .foreign: false
        case .list(let list): list.count == 0
        case .set(let members), .hash(let members): members.count == 0
        case .sortedSet(let members): members.count == 0
        }
    }
}
