import CommandCatalog
import WireFormats

/// What is stored, in RDB files and in the payloads of RESTORE.
extension Judge {
    /// RESTORE: the target takes the payloads of Redis 2.8 and before.
    mutating func judgePayload(_ row: CommandTable.Row, _ request: Request, _ place: Place) {
        guard request.count > 3, !request.isEncoded(3) || request.notation == .monitor else { return }
        // Escapes have to be taken out of the whole.
        let version =
            request.isEncoded(3)
            ? request.copy(3).withUnsafeBytes { DumpPayload.version(of: $0) }
            : DumpPayload.version(of: request.text(3))
        guard let version, version > RDBVersion.redis2 else { return }
        let key = row.firstKey > 0 ? Int(row.firstKey) : nil
        add(.unsupportedData, command: Int(row.index), detail: Int(version), key: key, argument: 3, request, place) {
            let name = Catalog.all[Int(row.index)].name
            return Words(
                rule: .unsupportedData, command: name, detail: "payload \(version)",
                message:
                    "\(name) of a payload of version \(version) of the RDB format: the target takes versions up to "
                    + "\(RDBVersion.redis2)",
                instead: "write the value with the commands of its type")
        }
    }

    /// Judges a key of an RDB file by its sizes and its kind.
    mutating func judge(storedKey entry: RDBInput.Entry, _ contract: Contract) {
        let unkept = entry.unkept
        guard entry.key.nameLength > suspectKey || entry.payload > suspectValue || !unkept.isEmpty else { return }
        guard !entry.hasExpired else { return }
        Self.withRequest(entry.name, entry.key.byteOffset) { request, place in
            noteStored(entry.key.nameLength, contract.maxKeyBytes, .keyTooLong, "key", entry, request, place)
            noteStored(entry.payload, contract.maxValueBytes, .valueTooLarge, "value", entry, request, place)
            for data in unkept { note(data, entry.name, request, place) }
        }
    }

    /// Notes something of an RDB file that is beside its keys.
    mutating func judge(extra: RDBInput.Extra) {
        Self.withRequest(extra.name, extra.byteOffset) { request, place in
            note(extra.data, extra.name, request, place)
        }
    }

    /// Calls `body` with a request of one word, and its place.
    private static func withRequest(_ word: [UInt8], _ byteOffset: Int, _ body: (Request, Place) -> Void) {
        // The empty name, too, has a place in memory.
        (word + [0]).withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            withUnsafePointer(to: 0..<word.count) { range in
                var place = Place()
                place.byteOffset = byteOffset
                body(Request(base: base, ranges: UnsafeBufferPointer(start: range, count: 1)), place)
            }
        }
    }

    private mutating func note(_ data: UnkeptData, _ name: [UInt8], _ request: Request, _ place: Place) {
        add(data.rule.number, command: -3, detail: data.hashValue, request, place) {
            Words(rule: data.rule, command: "", detail: "\(data)", message: data.message(name))
        }
    }

    private mutating func noteStored(
        _ bytes: Int, _ limit: Int, _ rule: Rule, _ what: String, _ entry: RDBInput.Entry, _ request: Request,
        _ place: Place
    ) {
        let isNear = bytes <= limit
        if isNear, options.nearLimitPercent.map({ bytes * 100 < limit * $0 }) ?? true { return }
        add(
            isNear ? .nearLimit : rule.number, command: -2, detail: what.utf8.count, key: 0, value: bytes, request,
            place
        ) {
            var words = Words(
                rule: isNear ? .nearLimit : rule, command: "", detail: what,
                message: isNear
                    ? "the \(what) of a \(entry.type) of \(bytes) bytes is near the limit of \(limit)"
                    : "the \(what) of a \(entry.type) of \(bytes) bytes: the limit is \(limit)")
            words.measure = Finding.Measure(value: bytes, limit: limit)
            return words
        }
    }
}
