import WireFormats

/// Makes a record of the elements of a value that is read from a payload or a file, one after another.
enum RecordBuilder {
    /// The record with an element more; a new one of `key` where there is none yet.
    static func adding(
        _ element: ObjectElement, of kind: ObjectKind, to record: Record?, key: ByteView
    ) -> Record {
        let bytes = ByteView(element.bytes)
        guard var record else { return first(bytes, element, of: kind, key: key) }
        withUnsafeMutablePointer(to: &record) { slot in
            switch kind {
            case .string: break
            case .list: ListValue(slot).push(bytes, to: .tail)
            case .set: SetValue(slot: slot).insert(bytes)
            case .hash:
                let hash = HashValue(slot)
                hash.set(hash.entry(bytes), to: ByteView(element.value))
            case .sortedSet: SortedSetValue(slot: slot).update(bytes, score: element.score)
            }
        }
        return record
    }

    private static func first(
        _ bytes: ByteView, _ element: ObjectElement, of kind: ObjectKind, key: ByteView
    ) -> Record {
        switch kind {
        case .string: return .make(form: .string, key: key, value: bytes)
        case .list: return ListValue.make(key: key, element: bytes)
        case .set: return SetValue.make(key: key, containing: bytes)
        case .hash: return HashValue.make(key: key, field: bytes, value: ByteView(element.value))
        case .sortedSet:
            var record = SortedSetValue.make(key: key)
            withUnsafeMutablePointer(to: &record) { _ = SortedSetValue(slot: $0).update(bytes, score: element.score) }
            return record
        }
    }
}
