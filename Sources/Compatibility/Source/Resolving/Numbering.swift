/// Finds the number of a thing by the thing's hash: an open table of numbers, beside an array of the things.
///
/// The things are numbered by their owner, which also knows when two are equal. Looking one up takes no allocation.
struct Numbering: Sendable {
    private struct Slot: BitwiseCopyable {
        var hash: UInt32 = 0
        /// Less than zero for a free one.
        var number: Int32 = -1
    }

    private var slots = [Slot](repeating: Slot(), count: 16)
    private var count = 0

    /// The number of a thing with a hash; nil if it has none.
    @inline(__always)
    func number(hash: UInt32, where isEqual: (Int32) -> Bool) -> Int32? {
        let mask = slots.count - 1
        var place = Int(hash) & mask
        while slots[place].number >= 0 {
            if slots[place].hash == hash, isEqual(slots[place].number) { return slots[place].number }
            place = (place + 1) & mask
        }
        return nil
    }

    /// Notes the number of a thing that is not in the table.
    mutating func insert(_ number: Int32, hash: UInt32) {
        if count * 3 >= slots.count * 2 { grow() }
        count += 1
        place(Slot(hash: hash, number: number))
    }

    private mutating func place(_ slot: Slot) {
        let mask = slots.count - 1
        var place = Int(slot.hash) & mask
        while slots[place].number >= 0 { place = (place + 1) & mask }
        slots[place] = slot
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(), count: old.count * 2)
        for slot in old where slot.number >= 0 { place(slot) }
    }

    /// A hash whose every bit depends on every bit of two.
    @inline(__always)
    static func hash(_ a: UInt64, _ b: UInt64) -> UInt32 {
        let product = (a ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: b ^ 0xE703_7ED1_A0B4_28DB)
        let folded = product.high ^ product.low
        return UInt32(truncatingIfNeeded: folded ^ folded >> 32)
    }
}

/// The numbers of entities by their keys, in the order in which they came.
struct EntityNumbers: Sendable {
    private var keys: [UInt64] = []
    private var numbering = Numbering()

    var count: Int { keys.count }

    subscript(key: UInt64) -> Int32? {
        numbering.number(hash: Numbering.hash(key, 0)) { keys[Int($0)] == key }
    }

    /// The number of an entity; a new one if it has none.
    mutating func add(_ key: UInt64) -> Int32 {
        if let number = self[key] { return number }
        let number = Int32(keys.count)
        numbering.insert(number, hash: Numbering.hash(key, 0))
        keys.append(key)
        return number
    }
}
