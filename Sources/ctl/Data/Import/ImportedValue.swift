import SystemCalls
import WireFormats

/// A value on its way to the cluster: its elements, as far as they are worth to be held.
struct ImportedValue {
    typealias Element = (bytes: [UInt8], value: [UInt8], score: Double)

    let kind: RDBKey.Kind
    private(set) var elements: [Element] = []
    /// Bytes of payload as the contract counts them.
    private(set) var payload = 0
    /// The deadlines of the fields that have one.
    private(set) var times: [[UInt8]: Int64] = [:]
    /// Fields that have expired, and are not among the elements.
    private(set) var expiredFields = 0
    /// Whether no element is held any more: the cluster would not take the value.
    private(set) var isTooLarge = false
    private let limit: Int
    /// Whether fields are kept whose time is over, since it may be extended yet.
    private let keepsExpired: Bool

    /// So many elements are held: with fewer bytes than the limit there are more only of the empty string.
    private static let mostElements = 4_000_000

    init(_ kind: RDBKey.Kind, limit: Int, keepsExpired: Bool) {
        self.kind = kind
        self.limit = limit
        self.keepsExpired = keepsExpired
    }

    /// Whether nothing is left of it.
    var isEmpty: Bool { elements.isEmpty && !isTooLarge }

    mutating func add(_ element: RDBElement, _ now: Int64) {
        if let expiry = element.expiry {
            guard keepsExpired || expiry > now else { return expiredFields += 1 }
            if !isTooLarge { times[Array(element.bytes)] = expiry }
        }
        payload += element.length + element.valueLength
        if case .object(.sortedSet) = kind { payload += 8 }
        isTooLarge = isTooLarge || payload > limit || elements.count >= Self.mostElements
        guard !isTooLarge else {
            elements = []
            return times = [:]
        }
        elements.append((Array(element.bytes), Array(element.value), element.score))
    }

    /// Why the cluster has no place for it; nil where it has.
    var refusal: String? {
        switch kind {
        case .stream: return "Redis 2.8 has no streams"
        case .module(let type): return "it is a value of the module type \(type)"
        case .object: break
        }
        guard isTooLarge else { return nil }
        guard payload > limit else { return "it has more than \(Quantity.count(Self.mostElements)) elements" }
        return "value under the key would be \(payload) bytes, the limit is \(limit)"
    }

    /// Reads what DUMP of any release has written.
    static func read(
        _ payload: [UInt8], limit: Int, keepsExpired: Bool
    ) throws(RDBError) -> (value: ImportedValue, hasModuleMetadata: Bool) {
        try payload.withUnsafeBytes { bytes in
            Result { () throws(RDBError) in try read(bytes, limit: limit, keepsExpired: keepsExpired) }
        }.get()
    }

    private static func read(
        _ payload: UnsafeRawBufferPointer, limit: Int, keepsExpired: Bool
    ) throws(RDBError) -> (value: ImportedValue, hasModuleMetadata: Bool) {
        let contents = try DumpPayload.contents(of: payload, maximumVersion: .max)
        var reader = RDBFileReader(
            dump: .bytes, version: DumpPayload.version(of: payload) ?? 0,
            longestHeld: RDBImport.longestHeld(limit))
        var value = ImportedValue(.object(.string), limit: limit, keepsExpired: keepsExpired)
        let now = WallClock.milliseconds()
        while true {
            switch try reader.next(in: contents, isLast: true) {
            case .key: value = ImportedValue(reader.key.kind, limit: limit, keepsExpired: keepsExpired)
            case .element: value.add(reader.element, now)
            case .keyEnd: return (value, reader.key.hasModuleMetadata)
            default: continue
            }
        }
    }
}

/// One writer of payloads for all keys.
final class ObjectWriterBox {
    private var writer = ObjectWriter()

    /// The payload of a value, as DUMP of a Redis 2.8 writes it.
    func payload(_ type: ObjectKind, _ elements: [ImportedValue.Element]) -> [UInt8] {
        writer.begin(type, count: elements.count)
        let ordered = type == .sortedSet ? elements.sorted(by: Self.isBefore) : elements
        for element in ordered {
            element.bytes.withUnsafeBytes { bytes in
                if type == .sortedSet { writer.append(bytes, score: element.score) } else { writer.append(bytes) }
            }
            if type == .hash { element.value.withUnsafeBytes { writer.append($0) } }
        }
        return writer.finishDump()
    }

    private static func isBefore(_ left: ImportedValue.Element, _ right: ImportedValue.Element) -> Bool {
        left.score != right.score ? left.score < right.score : left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}
