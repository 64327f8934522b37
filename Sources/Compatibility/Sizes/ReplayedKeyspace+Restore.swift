import WireFormats

/// Gathers the elements of a value that is read from DUMP's format or from an RDB file.
struct ValueBuilder {
    private(set) var value: ReplayedValue

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
            // What is no object has no elements, and no size by the contract.
            if case .object(let kind) = reader.key.kind { self = ValueBuilder(kind) } else { value = .foreign }
        case .element: add(reader.element.bytes, reader.element.value, reader.element.score)
        case .keyEnd: return value
        default: break
        }
        return nil
    }

    /// Adds one element; `second` is a field's value.
    private mutating func add(_ bytes: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer, _ score: Double) {
        let current = value
        // The enum gives the collection up for the time, so that it is changed where it is.
        value = .foreign
        value = Self.added(current, bytes, second, score)
    }

    private static func added(
        _ value: consuming ReplayedValue, _ bytes: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer,
        _ score: Double
    ) -> ReplayedValue {
        switch consume value {
        case .string:
            return .string(length: bytes.count, integer: ReplayedKeyspace.canonicalInteger(bytes))
        case .list(var list):
            list.pushRight(ElementList.Element(hash: ByteHash.hash(bytes), length: UInt32(clamping: bytes.count)))
            return .list(list)
        case .set(var members):
            members.put(MemberTable.Member(hash: ByteHash.hash(bytes), length: UInt32(clamping: bytes.count)))
            return .set(members)
        case .hash(var fields):
            var field = MemberTable.Member(hash: ByteHash.hash(bytes), length: UInt32(clamping: bytes.count))
            field.valueLength = UInt32(clamping: second.count)
            if let number = ReplayedKeyspace.canonicalInteger(second) {
                field.integer = number
                field.isInteger = true
            }
            fields.put(field)
            return .hash(fields)
        case .sortedSet(var members):
            members.change(ByteHash.hash(bytes), name: { Array(bytes) }) { _ in score }
            return .sortedSet(members)
        case .foreign: return .foreign
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
        let restored = payload.withUnsafeBytes { Self.value(ofPayload: $0) }
        // An empty collection and a damaged value are refused.
        guard let restored, !restored.value.isGone else { return }
        var expiry: Int64?
        if milliseconds > 0 { expiry = isAbsolute ? Int64(milliseconds) : now.map { $0 &+ Int64(milliseconds) } }
        replace(key, restored.value, expiry: expiry)
        if !restored.isKnown { records[key]?.isApproximate = true }
    }

    /// The value of a payload; nil where RESTORE refuses it, not known where only a later Redis takes it.
    private static func value(ofPayload payload: UnsafeRawBufferPointer) -> (value: ReplayedValue, isKnown: Bool)? {
        do throws(RDBError) {
            let contents = try DumpPayload.contents(of: payload, maximumVersion: RDBVersion.newest)
            var reader = RDBFileReader(dump: .bytes)
            var builder = ValueBuilder(.string)
            while true {
                let event = try reader.next(in: contents, isLast: true)
                if let value = builder.take(event, reader) { return (value, true) }
            }
        } catch {
            switch error.kind {
            case .unsupportedVersion, .unknownType: return (.foreign, false)
            default: return nil
            }
        }
    }
}
