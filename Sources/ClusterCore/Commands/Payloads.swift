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
        if milliseconds > 0 { record = record.withDeadline(Deadline(milliseconds: milliseconds, after: call.now)) }
        key.insert(record, payload: payload)
        reply.appendOK()
    }
}

// MARK: - Writing

extension Payloads {
    private static func payload(of slot: HashTable.Slot) -> [UInt8] {
        var writer = ObjectWriter()
        writer.append(slot.pointee)
        return writer.finishDump()
    }
}

extension ObjectWriter {
    /// Begins a value and appends all of it.
    mutating func append(_ record: Record) {
        var record = record
        switch record.form.type {
        case .string:
            begin(.string, count: 1)
            append(record.value.raw)
        case .list:
            withUnsafeMutablePointer(to: &record) { slot in
                let list = ListValue(slot)
                begin(.list, count: list.count)
                list.forEach { append($0.raw) }
            }
        case .set:
            let members = SetMembers(record)
            begin(.set, count: members.count)
            members.forEach { append($0.raw) }
        case .hash:
            withUnsafeMutablePointer(to: &record) { slot in
                let hash = HashValue(slot)
                begin(.hash, count: hash.count)
                hash.forEach { field, value in
                    append(field.raw)
                    append(value.raw)
                }
            }
        case .sortedSet:
            let members = SortedSetMembers(record)
            begin(.sortedSet, count: members.count)
            members.forEach { append($0.raw, score: $1) }
        }
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
                    record = RecordBuilder.adding(element, of: reader.kind, to: record, key: key.bytes)
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
}

extension ByteView {
    /// The same bytes, which must be at some address: an empty buffer has none of its own and gets one never read.
    init(_ buffer: UnsafeRawBufferPointer) {
        guard let start = buffer.baseAddress ?? UnsafeRawPointer(bitPattern: 1) else {
            preconditionFailure("an address that is not null is null")
        }
        self.init(start: start.assumingMemoryBound(to: UInt8.self), count: buffer.count)
    }
}
