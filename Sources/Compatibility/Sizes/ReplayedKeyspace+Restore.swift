import WireFormats

/// Gathers the elements of a value that is read from DUMP's format or from an RDB file.
struct ValueBuilder {
    private(set) var value: ReplayedValue
    /// Whether something of it is known by its length alone.
    private(set) var isApproximate = false
    /// Whether fields of the hash have a time to live.
    private(set) var hasExpiringFields = false
    private var passedOver = 0

    /// An empty value of a kind.
    init(_ kind: ObjectKind) {
        switch kind {
        case .string: value = .string(length: 0, integer: nil)
        case .list: value = .list(ElementList())
        case .set: value = .set(MemberTable())
        case .hash: value = .hash(MemberTable())
        case .sortedSet: value = .sortedSet(ScoredMembers())
        }
    }

    /// Takes in what a reader came upon; returns the value at its end.
    mutating func take(_ event: RDBEvent, _ reader: borrowing RDBFileReader) -> ReplayedValue? {
        switch event {
        case .key:
            self = ValueBuilder(.string)
            // What is no object has no elements, and no size by the contract.
            switch reader.key.kind {
            case .object(let kind): self = ValueBuilder(kind)
            case .stream: value = .foreign(.stream)
            case .module(let type): value = .foreign(.module(type))
            }
        case .element: add(reader.element)
        case .keyEnd: return value
        default: break
        }
        return nil
    }

    private mutating func add(_ element: RDBElement) {
        let current = value
        // The enum gives the collection up for the time, so that it is changed where it is.
        value = .foreign(.unknown)
        passedOver += element.isPassedOver ? 1 : 0
        isApproximate = isApproximate || element.isPassedOver
        hasExpiringFields = hasExpiringFields || element.expiry != nil
        // Of what is passed over nothing is known but that it differs from everything else.
        let hash = element.isPassedOver ? UInt64(passedOver) : ByteHash.hash(element.bytes)
        value = Self.added(current, element, hash)
    }

    private static func added(
        _ value: consuming ReplayedValue, _ element: RDBElement, _ hash: UInt64
    ) -> ReplayedValue {
        let length = UInt32(clamping: element.length)
        switch consume value {
        case .string:
            return .string(length: element.length, integer: ReplayedKeyspace.canonicalInteger(element.bytes))
        case .list(var list):
            list.pushRight(ElementList.Element(hash: hash, length: length))
            return .list(list)
        case .set(var members):
            members.put(MemberTable.Member(hash: hash, length: length))
            return .set(members)
        case .hash(var fields):
            var field = MemberTable.Member(hash: hash, length: length)
            field.valueLength = UInt32(clamping: element.valueLength)
            if let number = ReplayedKeyspace.canonicalInteger(element.value) {
                field.integer = number
                field.isInteger = true
            }
            fields.put(field)
            return .hash(fields)
        case .sortedSet(var members):
            if element.isPassedOver {
                members.put(hash, ScoredMembers.Member(score: element.score, length: element.length))
            } else {
                members.change(hash, name: { Array(element.bytes) }) { _ in element.score }
            }
            return .sortedSet(members)
        case .foreign(let foreign): return .foreign(foreign)
        }
    }
}

extension ReplayedKeyspace {
    /// RESTORE: the value is read out of the payload.
    mutating func restore(_ request: Request) {
        guard request.count > 3, let milliseconds = request.integer(2) else { return }
        let key = key(request, 1)
        var replaces = false
        var isAbsolute = false
        for index in 4..<max(4, request.count) {
            if request.isWord(index, "REPLACE") { replaces = true }
            if request.isWord(index, "ABSTTL") { isAbsolute = true }
        }
        guard replaces || record(key) == nil else { return }
        let payload = request.copy(3)
        var restored: Record
        do throws(RDBError) {
            guard payload.count == request.length(3) else {
                throw RDBError(kind: .stringTooLong(bytes: UInt64(request.length(3))), byteOffset: 0)
            }
            restored = try Self.record(ofPayload: payload)
        } catch {
            if payloadFault == nil { payloadFault = (request.copy(1, limit: 1024), error) }
            // Damage is refused.
            guard error.isUnsupported || payload.count < request.length(3) else { return }
            restored = Self.unknownRecord
        }
        // An empty collection is refused.
        guard !restored.value.isGone else { return }
        var expiry: Int64?
        if milliseconds > 0 { expiry = isAbsolute ? Int64(milliseconds) : now.map { $0 &+ Int64(milliseconds) } }
        replace(key, restored.value, expiry: expiry)
        records[key]?.isApproximate = restored.isApproximate
        records[key]?.hasExpiringFields = restored.hasExpiringFields
    }

    /// A value of which nothing is known.
    private static let unknownRecord = Record(value: .foreign(.unknown), isApproximate: true)

    /// The value of a payload.
    private static func record(ofPayload payload: [UInt8]) throws(RDBError) -> Record {
        try payload.withUnsafeBytes { payload in
            Result { () throws(RDBError) in try record(ofPayload: payload) }
        }.get()
    }

    private static func record(ofPayload payload: UnsafeRawBufferPointer) throws(RDBError) -> Record {
        let contents = try DumpPayload.contents(of: payload, maximumVersion: .max)
        var reader = RDBFileReader(dump: .bytes, version: DumpPayload.version(of: payload) ?? 0)
        var builder = ValueBuilder(.string)
        while true {
            let event = try reader.next(in: contents, isLast: true)
            guard let value = builder.take(event, reader) else { continue }
            return Record(
                value: value, isApproximate: builder.isApproximate, hasExpiringFields: builder.hasExpiringFields)
        }
    }
}
