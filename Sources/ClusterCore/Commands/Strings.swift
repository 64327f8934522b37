/// The commands on strings as a whole; those on their bits are in `Bits`, those on numbers in `Counters`.
enum Strings {
    /// What 2.8 allows a string to grow to, whatever the contract's limit is set to.
    static let maximumCount = 512 * 1024 * 1024

    /// Throws where a string would be longer than 2.8 allows.
    static func allow(count: Int) throws(ReplyError) {
        if count > maximumCount { throw .stringTooLong }
    }

    /// The bytes of a string; nil for a key that is not there.
    @inline(__always)
    static func value(of key: Key) throws(ReplyError) -> ByteView? {
        guard let slot = key.slot() else { return nil }
        guard slot.pointee.form == .string else { throw .wrongType }
        return slot.pointee.value
    }

    /// Makes `value` the whole value of a key, whatever it had; its deadline becomes `deadline`.
    @inline(__always)
    static func put(_ value: ByteView, at key: Key, deadline: Deadline = .never) throws(ReplyError) {
        guard let slot = key.slot() else {
            try key.allow(payload: value.count, insteadOf: 0)
            key.insert(.make(form: .string, key: key.bytes, value: value, deadline: deadline), payload: value.count)
            return
        }
        let old = StoredValue.payload(of: slot.pointee)
        try key.allow(payload: value.count, insteadOf: old)
        if slot.pointee.form == .string {
            slot.pointee = slot.pointee.withValue(value)
            key.setDeadline(deadline, at: slot)
            key.changed(payloadBy: value.count - old)
        } else {
            key.put(.make(form: .string, key: key.bytes, value: value, deadline: deadline), payload: value.count)
        }
    }
}

// MARK: - Reading

extension Strings {
    static func get(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        guard let value = try value(of: call.key(at: 1)) else { return reply.appendNull() }
        reply.append(bulk: value)
    }

    static func mget(_ call: Call, _ reply: inout ReplyBuffer) {
        let bytes = size(ofValues: call, ifOver: reply.room)
        if bytes > reply.room { return reply.overflow(bytes: bytes) }
        reply.append(arrayOf: call.arguments.count - 1)
        for index in 1..<call.arguments.count {
            if let slot = call.key(at: index).slot(), slot.pointee.form == .string {
                reply.append(bulk: slot.pointee.value)
            } else {
                reply.appendNull()
            }
        }
    }

    /// What the values of the keys from argument 1 on take as bulks, so that what cannot be sent is not made; 0 where they are
    /// too few to take more than so many bytes.
    private static func size(ofValues call: Call, ifOver room: Int) -> Int {
        guard (call.arguments.count - 1) * ReplyBuffer.size(ofBulk: call.maximumValueBytes) > room else { return 0 }
        var bytes = 0
        for index in 1..<call.arguments.count {
            guard let slot = call.key(at: index).slot(), slot.pointee.form == .string else { continue }
            bytes += ReplyBuffer.size(ofBulk: slot.pointee.valueCount)
        }
        return bytes
    }

    static func strlen(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        reply.append(integer: try value(of: call.key(at: 1))?.count ?? 0)
    }

    static func getrange(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let first = try call.integer(at: 2)
        let last = try call.integer(at: 3)
        guard let value = try value(of: call.key(at: 1)),
            let range = ByteRange.clamped(first: first, last: last, count: value.count)
        else { return reply.append("$0\r\n\r\n") }
        reply.append(bulk: value.slice(range))
    }
}

// MARK: - Writing

extension Strings {
    static func set(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let key = call.key(at: 1)
        if call.arguments.count == 3 {
            try put(call.arguments[2], at: key)
            return reply.appendOK()
        }
        let options = try SetOptions(call)
        if options.condition != .none {
            let exists = key.slot() != nil
            if options.condition.forbids(exists: exists) { return reply.appendNull() }
        }
        try put(call.arguments[2], at: key, deadline: options.deadline)
        reply.appendOK()
    }

    static func setnx(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let key = call.key(at: 1)
        guard key.slot() == nil else { return reply.append(boolean: false) }
        try put(call.arguments[2], at: key)
        reply.append(boolean: true)
    }

    static func setex(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let deadline = try SetOptions.deadline(call, at: 2, milliseconds: false, command: "setex")
        try put(call.arguments[3], at: call.key(at: 1), deadline: deadline)
        reply.appendOK()
    }

    static func psetex(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let deadline = try SetOptions.deadline(call, at: 2, milliseconds: true, command: "psetex")
        try put(call.arguments[3], at: call.key(at: 1), deadline: deadline)
        reply.appendOK()
    }

    static func getset(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let key = call.key(at: 1)
        let mark = reply.count
        if let old = try value(of: key) { reply.append(bulk: old) } else { reply.appendNull() }
        do {
            try put(call.arguments[2], at: key)
        } catch {
            reply.truncate(to: mark)
            throw error
        }
    }

    static func append(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let key = call.key(at: 1)
        let tail = call.arguments[2]
        guard let slot = try key.slot(.string) else {
            try put(tail, at: key)
            return reply.append(integer: tail.count)
        }
        let old = slot.pointee.valueCount
        try allow(count: old + tail.count)
        try key.allow(payload: old + tail.count, insteadOf: old)
        slot.pointee = slot.pointee.resized(toValueCount: old + tail.count, spare: old + tail.count)
        (slot.pointee.valueStart + old).update(from: tail.start, count: tail.count)
        key.changed(payloadBy: tail.count)
        reply.append(integer: old + tail.count)
    }

    static func setrange(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let offset = try call.integer(at: 2)
        guard offset >= 0 else { throw .offsetOutOfRange }
        let key = call.key(at: 1)
        let part = call.arguments[3]
        let old = try key.slot(.string)?.pointee.valueCount ?? 0
        if part.isEmpty { return reply.append(integer: old) }
        let (end, overflow) = Int(offset).addingReportingOverflow(part.count)
        if overflow { throw .stringTooLong }
        try allow(count: end)
        let count = max(old, end)
        try key.allow(payload: count, insteadOf: old)
        let slot = grown(key, to: count)
        (slot.pointee.valueStart + Int(offset)).update(from: part.start, count: part.count)
        key.changed(payloadBy: count - old)
        reply.append(integer: count)
    }

    /// The place of a key's string after zero bytes were added up to `count`; one that is not there begins empty.
    static func grown(_ key: Key, to count: Int) -> HashTable.Slot {
        if key.slot() == nil {
            key.shard.pointee.keyspace.insert(.make(form: .string, key: key.bytes, valueCount: 0), hash: key.hash)
        }
        guard let slot = key.slot() else { preconditionFailure("a key is not there after its insertion") }
        let old = slot.pointee.valueCount
        if count > old {
            slot.pointee = slot.pointee.resized(toValueCount: count)
            (slot.pointee.valueStart + old).update(repeating: 0, count: count - old)
        }
        return slot
    }
}

// MARK: - Several keys

extension Strings {
    static func mset(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try checkPairs(call)
        try putPairs(call)
        reply.appendOK()
    }

    static func msetnx(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try checkPairs(call)
        for index in stride(from: 1, to: call.arguments.count, by: 2) where call.key(at: index).slot() != nil {
            return reply.append(boolean: false)
        }
        try putPairs(call)
        reply.append(boolean: true)
    }

    private static func checkPairs(_ call: Call) throws(ReplyError) {
        if call.arguments.count % 2 == 0 { throw .wrongArgumentCount(of: "MSET") }
    }

    /// Writes all pairs, or none where one is over the limit.
    private static func putPairs(_ call: Call) throws(ReplyError) {
        for index in stride(from: 1, to: call.arguments.count, by: 2) {
            let count = call.arguments[index + 1].count
            guard count > call.maximumValueBytes else { continue }
            let key = call.key(at: index)
            try key.allow(payload: count, insteadOf: key.slot().map { StoredValue.payload(of: $0.pointee) } ?? 0)
        }
        for index in stride(from: 1, to: call.arguments.count, by: 2) {
            try put(call.arguments[index + 1], at: call.key(at: index))
        }
    }
}
