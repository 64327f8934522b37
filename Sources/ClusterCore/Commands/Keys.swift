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
        try setDeadline(call.now.after(milliseconds: call.integer(at: 2) &* 1000), call, &reply)
    }

    static func pexpire(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try setDeadline(call.now.after(milliseconds: call.integer(at: 2)), call, &reply)
    }

    static func expireat(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try setDeadline(Instant(milliseconds: call.integer(at: 2) &* 1000), call, &reply)
    }

    static func pexpireat(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try setDeadline(Instant(milliseconds: call.integer(at: 2)), call, &reply)
    }

    /// Sets a deadline, or removes a key whose deadline has come already.
    private static func setDeadline(_ deadline: Instant, _ call: Call, _ reply: inout ReplyBuffer) {
        let key = call.key(at: 1)
        guard let slot = key.slot() else { return reply.append(boolean: false) }
        if deadline.milliseconds <= call.now.milliseconds {
            key.remove()
        } else {
            key.setDeadline(deadline, at: slot)
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
        return deadline == .never ? -1 : deadline.millisecondsLeft(from: call.now)
    }

    static func persist(_ call: Call, _ reply: inout ReplyBuffer) {
        let key = call.key(at: 1)
        guard let slot = key.slot(), slot.pointee.deadline != Instant.never else { return reply.append(boolean: false) }
        key.setDeadline(Instant.never, at: slot)
        // No watcher is told, as in 2.8; a log is.
        key.shard.pointee.isDirty = true
        reply.append(boolean: true)
    }
}
