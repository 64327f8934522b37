/// The commands that combine sets, and their STORE forms.
extension Sets {
    static func sinter(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        guard let sets = try existing(call, from: 1)?.distinct() else { return reply.append(arrayOf: 0) }
        if sets.count == 1 { return append(sets[0], to: &reply) }
        let mark = reply.count
        var count = 0
        SetAlgebra.forEachShared(sets) { member in
            count += 1
            reply.append(bulk: member)
        }
        reply.insert(arrayOf: count, at: mark)
    }

    static func sinterstore(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        guard let sets = try existing(call, from: 2)?.distinct() else {
            // Where a source is missing, 2.8 leaves a destination that does not exist unmarked for WATCH.
            call.key(at: 1).remove()
            return reply.append(integer: 0)
        }
        var result = SetBuilder(key: call.arguments[1])
        SetAlgebra.forEachShared(sets) { result.insert($0) }
        try store(result.finish(), call, &reply)
    }

    static func sunion(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let sets = try sources(call, from: 1).compactMap { $0 }.distinct()
        if UnionReply.suits(sets) { return UnionReply.append(sets, to: &reply) }
        answer(SetAlgebra.union(sets, key: call.arguments[1]).record, &reply)
    }

    static func sunionstore(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let sets = try sources(call, from: 2).compactMap { $0 }.distinct()
        let destination = call.key(at: 1)
        let (result, isWhole) = SetAlgebra.union(sets, key: destination.bytes, atMost: destination.mostReplacing)
        if !isWhole, let result {
            let payload = SetMembers(result).payload
            StoredValue.release(result)
            throw destination.tooLarge(atLeast: payload)
        }
        try store(result, call, &reply)
    }

    static func sdiff(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let sets = try sources(call, from: 1)
        answer(SetAlgebra.difference(sets, key: call.arguments[1]), &reply)
    }

    static func sdiffstore(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let sets = try sources(call, from: 2)
        try store(SetAlgebra.difference(sets, key: call.arguments[1]), call, &reply)
    }
}

// MARK: - Sources

extension Sets {
    /// The sets of the keys from an argument on, all of whose types are looked at; nil for a key that does not exist.
    ///
    /// A name that follows itself is not looked up again.
    ///
    /// Records are kept and not slots: a key that is found to have expired is removed, which moves slots.
    private static func sources(_ call: Call, from first: Int) throws(ReplyError) -> [SetMembers?] {
        var sets: [SetMembers?] = []
        sets.reserveCapacity(call.arguments.count - first)
        for index in first..<call.arguments.count {
            // The second name may repeat the first: that makes a difference empty.
            if index > first + 1, call.repeats(index) { continue }
            sets.append(try call.key(at: index).slot(.set).map { SetMembers($0.pointee) })
        }
        return sets
    }

    /// The sets of the keys from an argument on; nil where one does not exist, and no later key is looked at then.
    private static func existing(_ call: Call, from first: Int) throws(ReplyError) -> [SetMembers]? {
        var sets: [SetMembers] = []
        sets.reserveCapacity(call.arguments.count - first)
        for index in first..<call.arguments.count {
            if index > first, call.repeats(index) { continue }
            guard let slot = try call.key(at: index).slot(.set) else { return nil }
            sets.append(SetMembers(slot.pointee))
        }
        return sets
    }
}

// MARK: - Results

extension Sets {
    /// Answers the members of a set that was put together, and frees it.
    private static func answer(_ result: Record?, _ reply: inout ReplyBuffer) {
        guard let result else { return reply.append(arrayOf: 0) }
        append(SetMembers(result), to: &reply)
        StoredValue.release(result)
    }

    /// Puts a set in the destination's place, argument 1, and answers how many members it has.
    private static func store(_ result: Record?, _ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let destination = call.key(at: 1)
        guard let result else {
            destination.remove()
            // 2.8 marks the destination for WATCH even where it did not exist.
            destination.changed(payloadBy: 0)
            return reply.append(integer: 0)
        }
        let count = SetMembers(result).count
        try destination.replace(with: result)
        reply.append(integer: count)
    }
}
