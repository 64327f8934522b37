/// The fields of a hash that has outgrown the compact form: a table of records, each a field and its value.
struct FieldTable: ~Copyable {
    private(set) var table: HashTable
    /// The sum of the lengths of all fields and values.
    private(set) var payload = 0

    /// A table for `count` fields at first.
    init(minimumCapacity count: Int) {
        table = HashTable(minimumCapacity: count)
    }

    deinit {
        table.forEach { $0.free() }
    }

    /// Adds a field that is not there yet; O(1).
    @inline(__always)
    mutating func insert(_ field: ByteView, hash: UInt64, value: ByteView) {
        table.insert(Record.make(form: .string, key: field, value: value), hash: hash)
        payload += field.count + value.count
    }

    /// Puts another value in the place of a field's; O(1), and the slot is no longer valid.
    @inline(__always)
    mutating func replace(_ slot: HashTable.Slot, with value: ByteView) {
        payload += value.count - slot.pointee.valueCount
        slot.pointee = slot.pointee.withValue(value)
        // A hash to which no field is added any more would else be looked up in two arrays for ever.
        if table.isResizing { table.step() }
    }

    /// Takes a field out, and returns whether it was there; O(1).
    mutating func remove(_ field: ByteView) -> Bool {
        guard let record = table.remove(field, hash: KeyHash.hash(field)) else { return false }
        payload -= record.keyCount + record.valueCount
        record.free()
        return true
    }
}
