extension Key {
    /// Puts a record that was made aside in this key's place, whatever was there; frees it where it is too large.
    func replace(with record: Record) throws(ReplyError) {
        let payload = StoredValue.payload(of: record)
        let old = slot().map { StoredValue.payload(of: $0.pointee) } ?? 0
        do {
            try allow(payload: payload, insteadOf: old)
        } catch {
            StoredValue.release(record)
            throw error
        }
        remove()
        insert(record, payload: payload)
    }

    /// The payload that a result in this key's place may have: the contract's, or what is there.
    var mostReplacing: Int { max(maximumValueBytes, slot().map { StoredValue.payload(of: $0.pointee) } ?? 0) }

    /// The error of a result that was given up when it had come over the limit.
    func tooLarge(atLeast bytes: Int) -> ReplyError {
        .resultTooLarge(key: self.bytes.copied(), atLeast: bytes, limit: maximumValueBytes)
    }
}
