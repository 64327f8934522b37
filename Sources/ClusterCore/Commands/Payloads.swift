import WireFormats

/// DUMP and RESTORE: a value as a payload of RDB version 6 and back.
enum Payloads {
    static func dump(_ call: Call, _ reply: inout ReplyBuffer) {
        guard let slot = call.key(at: 1).slot() else { return reply.appendNull() }
        payload(of: slot).withByteView { reply.append(bulk: $0) }
    }

    static func restore(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let key = call.key(at: 1)
        guard key.slot() == nil else { throw .restoreBusy }
        let milliseconds = try call.integer(at: 2)
        guard milliseconds >= 0 else { throw .restoreInvalidTTL }
        var record = try record(for: key, from: call.arguments[3])
        let payload = StoredValue.payload(of: record)
        if milliseconds > 0 { record = record.withDeadline(call.now.after(milliseconds: milliseconds)) }
        key.insert(record, payload: payload)
        reply.appendOK()
    }
}

// MARK: - Writing

extension Payloads {
    private static func payload(of slot: HashTable.Slot) -> [UInt8] {
        var writer = ObjectWriter()
        switch slot.pointee.form.type {
        case .string:
            writer.begin(.string, count: 1)
            writer.append(slot.pointee.value.raw)
        case .list:
            let list = ListValue(slot)
            writer.begin(.list, count: list.count)
            list.forEach { writer.append($0.raw) }
        case .set:
            let members = SetMembers(slot.pointee)
            writer.begin(.set, count: members.count)
            members.forEach { writer.append($0.raw) }
        case .hash:
            let hash = HashValue(slot)
            writer.begin(.hash, count: hash.count)
            hash.forEach { field, value in
                writer.append(field.raw)
                writer.append(value.raw)
            }
        case .sortedSet:
            let members = SortedSetMembers(slot.pointee)
            writer.begin(.sortedSet, count: members.count)
            members.forEach { writer.append($0.raw, score: $1) }
        }
        return writer.finishDump()
    }
}

// MARK: - Reading

extension Payloads {
    /// A record for a key with the value that a payload holds.
    ///
    /// What is too large for the contract is counted to its end and not kept.
    private static func record(for key: Key, from payload: ByteView) throws(ReplyError) -> Record {
        var record: Record?
        var excess = 0
        do {
            // A compact encoding takes up to four bytes for one of payload.
            let longest = 4 * key.maximumValueBytes + 1 << 20
            var reader = try ObjectReader(payload: payload.raw, maximumStringBytes: longest)
            while let element = try reader.next() {
                let stored = record.map { StoredValue.payload(of: $0) } ?? 0
                if excess > 0 || stored > key.maximumValueBytes {
                    excess += element.bytes.count + element.value.count + (reader.kind == .sortedSet ? 8 : 0)
                } else {
                    record = adding(element, of: reader.kind, to: record, for: key)
                }
            }
        } catch {
            record.map(StoredValue.release)
            throw replyError(for: error, key)
        }
        guard let record else { throw .restoreFormat }
        do {
            try key.allow(payload: StoredValue.payload(of: record) + excess, insteadOf: 0)
        } catch {
            StoredValue.release(record)
            throw error
        }
        return record
    }

    private static func replyError(for error: RDBError, _ key: Key) -> ReplyError {
        if case .stringTooLong(let bytes) = error.kind {
            return .valueTooLarge(
                key: key.bytes.copied(), bytes: Int(clamping: bytes), limit: key.maximumValueBytes)
        }
        return error.isVersionOrChecksum ? .restoreChecksum : .restoreFormat
    }

    private static func adding(
        _ element: ObjectElement, of kind: ObjectKind, to record: Record?, for key: Key
    ) -> Record {
        let bytes = ByteView(element.bytes)
        guard var record else { return first(bytes, element, of: kind, for: key) }
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

    private static func first(_ bytes: ByteView, _ element: ObjectElement, of kind: ObjectKind, for key: Key) -> Record
    {
        switch kind {
        case .string: return .make(form: .string, key: key.bytes, value: bytes)
        case .list: return ListValue.make(key: key.bytes, element: bytes)
        case .set: return SetValue.make(key: key.bytes, containing: bytes)
        case .hash: return HashValue.make(key: key.bytes, field: bytes, value: ByteView(element.value))
        case .sortedSet:
            var record = SortedSetValue.make(key: key.bytes)
            withUnsafeMutablePointer(to: &record) { _ = SortedSetValue(slot: $0).update(bytes, score: element.score) }
            return record
        }
    }
}

extension ByteView {
    /// The same bytes, which must be at some address: an empty buffer has none of its own and gets one never read.
    fileprivate init(_ buffer: UnsafeRawBufferPointer) {
        guard let start = buffer.baseAddress ?? UnsafeRawPointer(bitPattern: 1) else {
            preconditionFailure("an address that is not null is null")
        }
        self.init(start: start.assumingMemoryBound(to: UInt8.self), count: buffer.count)
    }
}
