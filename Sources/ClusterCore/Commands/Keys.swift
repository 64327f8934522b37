/// The commands on keys of any type; DUMP and RESTORE are in `Payloads`.
enum Keys {
    static func del(_ call: Call, _ reply: inout ReplyBuffer) {
        var removed = 0
        for index in 1..<call.arguments.count where call.key(at: index).remove() { removed += 1 }
        reply.append(integer: removed)
    }

    static func exists(_ call: Call, _ reply: inout ReplyBuffer) {
        reply.append(boolean: call.key(at: 1).slot() != nil)
    }

    static func type(_ call: Call, _ reply: inout ReplyBuffer) {
        guard let slot = call.key(at: 1).slot() else { return reply.append("+none\r\n") }
        reply.append("+")
        reply.append(slot.pointee.form.type.name)
        reply.append("\r\n")
    }
}

// MARK: - Expiry

extension Keys {
    static func expire(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try setDeadline(call, &reply, unit: 1000, from: call.now)
    }

    static func pexpire(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try setDeadline(call, &reply, unit: 1, from: call.now)
    }

    static func expireat(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try setDeadline(call, &reply, unit: 1000, from: 0)
    }

    static func pexpireat(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try setDeadline(call, &reply, unit: 1, from: 0)
    }

    /// Sums and products that do not fit 64 bits wrap, as in 2.8.
    private static func setDeadline(
        _ call: Call, _ reply: inout ReplyBuffer, unit: Int64, from base: Int64
    ) throws(ReplyError) {
        let deadline = try call.integer(at: 2) &* unit &+ base
        let key = call.key(at: 1)
        guard let slot = key.slot() else { return reply.append(boolean: false) }
        if deadline <= call.now {
            key.remove()
        } else {
            key.setDeadline(min(deadline, Record.never - 1), at: slot)
            key.changed(payloadBy: 0)
        }
        reply.append(boolean: true)
    }

    static func ttl(_ call: Call, _ reply: inout ReplyBuffer) {
        let left = timeLeft(call)
        reply.append(integer: left < 0 ? left : (left &+ 500) / 1000)
    }

    static func pttl(_ call: Call, _ reply: inout ReplyBuffer) {
        reply.append(integer: timeLeft(call))
    }

    /// Milliseconds to the key's expiry; -1 for a key without a deadline, -2 for none.
    private static func timeLeft(_ call: Call) -> Int64 {
        guard let slot = call.key(at: 1).slot() else { return -2 }
        let deadline = slot.pointee.deadline
        return deadline == Record.never ? -1 : deadline - call.now
    }

    static func persist(_ call: Call, _ reply: inout ReplyBuffer) {
        let key = call.key(at: 1)
        guard let slot = key.slot(), slot.pointee.deadline != Record.never else { return reply.append(boolean: false) }
        key.setDeadline(Record.never, at: slot)
        reply.append(boolean: true)
    }
}
