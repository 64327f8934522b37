/// A key of a command: its bytes, their hash, and the shard it lives on.
///
/// All that commands do to the keyspace goes through here, so that expiry, WATCH, sizes and counts are looked after in
/// one place.
struct Key {
    let bytes: ByteView
    let hash: UInt64
    let shard: ShardSet.Reference
    let now: Instant
    let maximumValueBytes: Int

    // MARK: Finding

    /// The place of the key's record, if it exists and has not expired.
    ///
    /// Valid until the keyspace next changes.
    @inline(__always)
    func slot() -> HashTable.Slot? {
        shard.pointee.keyspace.slot(bytes, hash: hash, now: now)
    }

    /// The place of the key's record, which must be of a type.
    @inline(__always)
    func slot(_ type: ValueType) throws(ReplyError) -> HashTable.Slot? {
        guard let slot = slot() else { return nil }
        guard slot.pointee.form.type == type else { throw .wrongType }
        return slot
    }

    // MARK: Changing

    /// Adds a record for the key, which must not exist, and tells watchers.
    ///
    /// `payload` as the contract counts it.
    @inline(__always)
    func insert(_ record: Record, payload: Int) {
        shard.pointee.keyspace.insert(record, hash: hash)
        changed(payloadBy: payload)
    }

    /// Gives the key a whole new value, of any type, in place of what it had, and tells watchers.
    ///
    /// `payload` as the contract counts it; the record carries the deadline.
    func put(_ record: Record, payload: Int) {
        guard let slot = slot() else { return insert(record, payload: payload) }
        let old = StoredValue.payload(of: slot.pointee)
        shard.pointee.keyspace.replace(slot, with: record)
        changed(payloadBy: payload - old)
    }

    /// Removes the key with its value and tells watchers; false where there was none.
    @discardableResult
    func remove() -> Bool {
        guard slot() != nil, shard.pointee.keyspace.remove(bytes, hash: hash) else { return false }
        changed(payloadBy: 0)
        return true
    }

    /// To be called after each change of a value in place: tells watchers and counts the bytes.
    ///
    /// `difference` is what the payload has grown by.
    @inline(__always)
    func changed(payloadBy difference: Int) {
        shard.pointee.changed(bytes, hash: hash, payloadBy: difference)
    }

    /// Sets the instant of expiry, `Deadline.never` for none, without telling watchers.
    func setDeadline(_ deadline: Deadline, at slot: HashTable.Slot) {
        shard.pointee.keyspace.setDeadline(deadline, at: slot)
    }

    // MARK: Limits

    /// Throws where the value would go over the contract's limit and is not made smaller by it.
    @inline(__always)
    func allow(payload: Int, insteadOf old: Int) throws(ReplyError) {
        if payload > maximumValueBytes && payload > old {
            throw .valueTooLarge(key: bytes.copied(), bytes: payload, limit: maximumValueBytes)
        }
    }
}
