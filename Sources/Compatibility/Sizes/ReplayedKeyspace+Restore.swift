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

    /// Adds one element; `second` is a field's value.
    mutating func add(_ bytes: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer, _ score: Double) {
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
        let value = payload.withUnsafeBytes { Self.value(ofPayload: $0) }
        guard let value else { return }
        var expiry: Int64?
        if milliseconds > 0 { expiry = isAbsolute ? Int64(milliseconds) : now.map { $0 &+ Int64(milliseconds) } }
        replace(key, value, expiry: expiry)
    }

    private static func value(ofPayload payload: UnsafeRawBufferPointer) -> ReplayedValue? {
        do throws(RDBError) {
            var reader = try ObjectReader(payload: payload, maximumVersion: 12)
            var builder = ValueBuilder(reader.kind)
            while let element = try reader.next() { builder.add(element.bytes, element.value, element.score) }
            return builder.value
        } catch {
            return error.isVersionOrChecksum ? nil : .foreign
        }
    }
}
