import WireFormats

/// Reads the keys of an RDB file as records.
enum RDBLoader {
    /// Reads a file that is in memory as a whole, up to its checksum, without making anything of it; returns how many
    /// bytes it has.
    ///
    /// What would be made of a damaged file may be anything: this comes before `load`.
    static func check(_ bytes: UnsafeRawBufferPointer) throws(RDBError) -> Int {
        var reader = RDBFileReader(contents: .lengths)
        var position = 0
        while true {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
            switch try reader.next(in: rest, isLast: true) {
            case .needMore(let consumed): position += consumed
            case .end(let consumed): return position + consumed
            default: break
            }
        }
    }

    /// Hands over each key of a file that was checked, with its expiry; returns how many bytes the file has.
    ///
    /// The record is the caller's. Keys of databases but the first, streams and values of modules are handed over
    /// without a record: Redis 2.8's data model has no place for them here.
    static func load(
        _ bytes: UnsafeRawBufferPointer, _ body: (_ key: ByteView, Record?, RDBKey.Kind, _ database: UInt64) -> Void
    ) throws(RDBError) -> Int {
        var reader = RDBFileReader(contents: .bytes, verifiesChecksum: false)
        var name: [UInt8] = []
        var kind = RDBKey.Kind.object(.string)
        var deadline = Deadline.never
        var record: Record?
        var database: UInt64 = 0
        var position = 0
        while true {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
            switch try reader.next(in: rest, isLast: true) {
            case .needMore(let consumed): position += consumed
            case .database(let number): database = number
            case .key:
                name.removeAll(keepingCapacity: true)
                name.append(contentsOf: reader.key.name)
                kind = reader.key.kind
                deadline = reader.key.expiry.map { Deadline(milliseconds: $0) } ?? .never
                record = nil
            case .element:
                guard case .object(let type) = kind else { continue }
                let element = ObjectElement(
                    reader.element.bytes, value: reader.element.value, score: reader.element.score)
                record = name.withByteView { RecordBuilder.adding(element, of: type, to: record, key: $0) }
            case .keyEnd:
                let whole = record.map { deadline == .never ? $0 : $0.withDeadline(deadline) }
                name.withByteView { body($0, whole, kind, database) }
                record = nil
            case .end(let consumed): return position + consumed
            case .version, .auxiliary, .tableSizes, .function, .moduleData: break
            }
        }
    }
}
