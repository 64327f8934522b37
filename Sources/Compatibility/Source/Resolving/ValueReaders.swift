/// Which values are computed from which sets, so that only those are computed anew whose sets have changed.
///
/// A reader is forgotten when it is told of a change: it is noted again when it is computed again.
struct ValueReaders {
    /// The value that is computed now; -1 for none.
    var present: ValueID = -1
    private var ofValues: [[ValueID]] = []
    private var ofEntities: [UInt64: [ValueID]] = [:]
    private var isDue: [Bool] = []

    /// A value is computed from now on; what was computed before is given back.
    mutating func begin(_ id: ValueID) -> ValueID {
        defer { present = id }
        while isDue.count <= Int(id) { isDue.append(false) }
        isDue[Int(id)] = false
        return present
    }

    func isDue(_ id: ValueID) -> Bool { Int(id) >= isDue.count || isDue[Int(id)] }

    mutating func readValue(_ id: ValueID) {
        guard present >= 0 else { return }
        while ofValues.count <= Int(id) { ofValues.append([]) }
        if ofValues[Int(id)].last != present { ofValues[Int(id)].append(present) }
    }

    mutating func readEntity(_ key: UInt64) {
        guard present >= 0 else { return }
        if ofEntities[key]?.last != present { ofEntities[key, default: []].append(present) }
    }

    mutating func valueChanged(_ id: ValueID) {
        guard Int(id) < ofValues.count, !ofValues[Int(id)].isEmpty else { return }
        for reader in ofValues[Int(id)] { isDue[Int(reader)] = true }
        ofValues[Int(id)].removeAll()
    }

    mutating func entityChanged(_ key: UInt64) {
        guard let readers = ofEntities.removeValue(forKey: key) else { return }
        for reader in readers { isDue[Int(reader)] = true }
    }
}
