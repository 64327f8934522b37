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
        try setDeadline(Deadline(milliseconds: call.integer(at: 2) &* 1000, after: call.now), call, &reply)
    }

    static func pexpire(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try setDeadline(Deadline(milliseconds: call.integer(at: 2), after: call.now), call, &reply)
    }

    static func expireat(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try setDeadline(Deadline(milliseconds: call.integer(at: 2) &* 1000), call, &reply)
    }

    static func pexpireat(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try setDeadline(Deadline(milliseconds: call.integer(at: 2)), call, &reply)
    }

    /// Sets a deadline, or removes a key whose deadline has come already.
    ///
    /// A log tells itself what is removed: what it says of deadlines is done at the beginning of time.
    private static func setDeadline(_ deadline: Deadline, _ call: Call, _ reply: inout ReplyBuffer) {
        let key = call.key(at: 1)
        guard let slot = key.slot() else { return reply.append(boolean: false) }
        if call.now != .beginning && deadline.hasCome(at: call.now) {
            key.remove()
        } else {
            key.setDeadline(deadline, at: slot)
            key.changed(payloadBy: 0)
        }
        reply.append(boolean: true)
    }

    static func ttl(_ call: Call, _ reply: inout ReplyBuffer) {
        let left = timeLeft(call)
        reply.append(integer: left < 0 ? left : Int64((left.magnitude + 500) / 1000))
    }

    static func pttl(_ call: Call, _ reply: inout ReplyBuffer) {
        reply.append(integer: timeLeft(call))
    }

    /// Milliseconds to the key's expiry; -1 for a key without a deadline, -2 for none.
    private static func timeLeft(_ call: Call) -> Int64 {
        guard let slot = call.key(at: 1).slot() else { return -2 }
        return slot.pointee.deadline.millisecondsLeft(from: call.now) ?? -1
    }

    static func persist(_ call: Call, _ reply: inout ReplyBuffer) {
        let key = call.key(at: 1)
        guard let slot = key.slot(), slot.pointee.deadline != .never else { return reply.append(boolean: false) }
        key.setDeadline(Deadline.never, at: slot)
        // No watcher is told, as in 2.8; a log is.
        key.shard.pointee.isDirty = true
        reply.append(boolean: true)
    }
}
