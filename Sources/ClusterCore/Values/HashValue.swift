/// A hash at its place in the keyspace: fields with their values.
///
/// Up to `maximumPackedFields` fields, none of them or of their values longer than `maximumPackedCount`, stand in the
/// record as a `PackedSequence`, field and value in turn, in the order in which the fields were first set: clients see
/// that order, so the thresholds are those of Redis 2.8 (`hash-max-ziplist-entries`, `hash-max-ziplist-value`). A hash
/// that has outgrown them is a `FieldTable` from then on.
struct HashValue {
    private let slot: HashTable.Slot

    /// The most fields of the compact form.
    static let maximumPackedFields = 512
    /// The longest field and the longest value of the compact form, in bytes.
    static let maximumPackedCount = 64

    /// Looks at the record at `slot`, which must be a hash.
    @inline(__always)
    init(_ slot: HashTable.Slot) {
        assert(slot.pointee.form.type == .hash)
        self.slot = slot
    }

    @inline(__always)
    private var isPacked: Bool { slot.pointee.form == .packedHash }

    @inline(__always)
    private var packed: PackedSequence { PackedSequence(slot.pointee) }

    private typealias Object = UnsafeMutablePointer<FieldTable>

    @inline(__always)
    private var object: Object { slot.pointee.object(as: FieldTable.self) }

    /// The number of fields; O(1).
    @inline(__always)
    var count: Int { isPacked ? packed.count / 2 : object.pointee.table.count }

    /// The sum of the lengths of all fields and values; O(1).
    @inline(__always)
    var payload: Int { Self.payload(of: slot.pointee) }
}

// MARK: - What holds for any value

extension HashValue {
    /// The sum of the lengths of all fields and values; O(1).
    @inline(__always)
    static func payload(of record: Record) -> Int {
        record.form == .packedHash
            ? PackedSequence(record).payload : record.object(as: FieldTable.self).pointee.payload
    }

    /// The number of fields; O(1).
    static func count(of record: Record) -> Int {
        record.form == .packedHash
            ? PackedSequence(record).count / 2 : record.object(as: FieldTable.self).pointee.table.count
    }

    /// Frees the table of a hash that has outgrown the compact form.
    static func releaseObject(of record: Record) {
        let object = record.object(as: FieldTable.self)
        object.deinitialize(count: 1)
        object.deallocate()
    }
}

// MARK: - Finding

extension HashValue {
    /// Where a field stands in a hash, or that it does not; valid until the hash next changes.
    struct Entry {
        let field: ByteView
        /// The field's value, nil where the hash has no such field.
        let value: ByteView?
        fileprivate let location: Location

        /// What the hash's payload grows by where the field is set to a value of `count` bytes.
        @inline(__always)
        func growth(settingTo count: Int) -> Int {
            if let value { return count - value.count }
            return field.count + count
        }
    }

    fileprivate enum Location {
        case nowhere
        /// The place of the field; the value follows.
        case packed(place: Int)
        case table(HashTable.Slot)
    }

    /// The entry of a field; O(1), or O(fields) in the compact form.
    @inline(__always)
    func entry(_ field: ByteView) -> Entry {
        isPacked ? packedEntry(field) : tableEntry(field)
    }

    private func packedEntry(_ field: ByteView) -> Entry {
        let elements = packed.elements
        guard let found = elements.find(field, stride: 2) else {
            return Entry(field: field, value: nil, location: .nowhere)
        }
        let value = elements.element(at: found.end).bytes
        return Entry(field: field, value: value, location: .packed(place: found.place))
    }

    private func tableEntry(_ field: ByteView) -> Entry {
        guard let slot = object.pointee.table.slot(field, hash: KeyHash.hash(field)) else {
            return Entry(field: field, value: nil, location: .nowhere)
        }
        return Entry(field: field, value: slot.pointee.value, location: .table(slot))
    }

    /// Visits every field with its value, in the order in which the fields were set while the hash is compact.
    func forEach(_ body: (_ field: ByteView, _ value: ByteView) -> Void) {
        guard isPacked else {
            object.pointee.table.forEach { body($0.key, $0.value) }
            return
        }
        let elements = packed.elements
        var place = 0
        while place < elements.byteCount {
            let field = elements.element(at: place)
            let value = elements.element(at: field.end)
            body(field.bytes, value.bytes)
            place = value.end
        }
    }

    /// Goes one step of a scan and returns the cursor of the next with the fields that MATCH accepts; nil where the hash
    /// is compact, which is answered at once and whole.
    func scan(from cursor: UInt64, _ options: ScanOptions) -> (next: UInt64, accepted: [Record])? {
        isPacked ? nil : options.step(through: object.pointee.table, from: cursor)
    }
}

// MARK: - Changing

extension HashValue {
    /// A record for `key` whose hash has one field.
    static func make(key: ByteView, field: ByteView, value: ByteView) -> Record {
        if fits(field) && fits(value) {
            return PackedSequence.make(form: .packedHash, key: key, containing: field, value)
        }
        var record = PackedSequence.make(form: .packedHash, key: key)
        withUnsafeMutablePointer(to: &record) { slot in
            let hash = HashValue(slot)
            hash.set(hash.entry(field), to: value)
        }
        return record
    }

    @inline(__always)
    private static func fits(_ bytes: ByteView) -> Bool { bytes.count <= maximumPackedCount }

    /// Gives the field of an entry a value, whether it had one or not; O(1), or O(bytes) in the compact form.
    func set(_ entry: Entry, to value: ByteView) {
        switch entry.location {
        case .table(let slot):
            object.pointee.replace(slot, with: value)
        case .packed(let place) where Self.fits(value):
            let valuePlace = packed.elements.element(at: place).end
            PackedSequence.replace(at: valuePlace, with: value, in: &slot.pointee)
        case .nowhere where isPacked && count < Self.maximumPackedFields && Self.fits(entry.field) && Self.fits(value):
            PackedSequence.append(entry.field, value, to: &slot.pointee)
        case .nowhere where !isPacked:
            object.pointee.insert(entry.field, hash: KeyHash.hash(entry.field), value: value)
        case .packed, .nowhere:
            outgrow()
            set(self.entry(entry.field), to: value)
        }
    }

    /// Takes the field of an entry out, and returns by how many bytes the payload has become smaller; 0 where the hash
    /// has no such field.
    func remove(_ entry: Entry) -> Int {
        guard let value = entry.value else { return 0 }
        let loss = entry.field.count + value.count
        if case .packed(let place) = entry.location {
            PackedSequence.remove(2, at: place, in: &slot.pointee)
        } else {
            _ = object.pointee.remove(entry.field)
        }
        return loss
    }

    /// Moves the fields from the record to a table.
    private func outgrow() {
        let object = Object.allocate(capacity: 1)
        object.initialize(to: FieldTable(minimumCapacity: count + 1))
        forEach { field, value in object.pointee.insert(field, hash: KeyHash.hash(field), value: value) }
        slot.pointee = slot.pointee.withObject(object, form: .hash)
    }
}
