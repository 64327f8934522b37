/// The commands on one set, and SMOVE; those that combine sets are in `Sets+Algebra`.
enum Sets {
    static func sadd(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let key = call.key(at: 1)
        let slot = try key.slot(.set)
        try allow(call, adding: slot, to: key)
        guard let slot else {
            let added = addNew(call, key)
            return reply.append(integer: added)
        }
        let set = SetValue(slot: slot)
        let before = set.members.payload
        var added = 0
        for index in 2..<call.arguments.count where set.insert(call.arguments[index]) { added += 1 }
        if added > 0 { key.changed(payloadBy: set.members.payload - before) }
        reply.append(integer: added)
    }

    private static func addNew(_ call: Call, _ key: Key) -> Int {
        var record = SetValue.make(key: key.bytes, containing: call.arguments[2])
        if call.arguments.count > 3 {
            withUnsafeMutablePointer(to: &record) { slot in
                for index in 3..<call.arguments.count { SetValue(slot: slot).insert(call.arguments[index]) }
            }
        }
        key.insert(record, payload: SetValue.payload(of: record))
        return SetMembers(record).count
    }

    /// Checks the size that a set would have with the members from argument 2 on.
    @inline(__always)
    private static func allow(_ call: Call, adding slot: HashTable.Slot?, to key: Key) throws(ReplyError) {
        let old = slot.map { SetMembers($0.pointee).payload } ?? 0
        var bytes = old
        for index in 2..<call.arguments.count { bytes += call.arguments[index].count }
        if bytes <= call.maximumValueBytes { return }
        try key.allow(payload: old + newBytes(call, slot), insteadOf: old)
    }

    /// What the members from argument 2 on weigh that are not there yet, each counted once.
    private static func newBytes(_ call: Call, _ slot: HashTable.Slot?) -> Int {
        var new = MemberTable()
        for index in 2..<call.arguments.count {
            let member = call.arguments[index]
            if let slot, SetMembers(slot.pointee).contains(member) { continue }
            new.insert(member)
        }
        return new.payload
    }

    static func srem(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let key = call.key(at: 1)
        guard let slot = try key.slot(.set) else { return reply.append(integer: 0) }
        let set = SetValue(slot: slot)
        let before = set.members.payload
        var removed = 0
        for index in 2..<call.arguments.count where set.remove(call.arguments[index]) { removed += 1 }
        if removed > 0 { wrote(set, key, before) }
        reply.append(integer: removed)
    }

    /// Tells that members are gone from a set that weighed `before`; removes the key of an empty one.
    @inline(__always)
    private static func wrote(_ set: SetValue, _ key: Key, _ before: Int) {
        key.changed(payloadBy: set.members.payload - before)
        if set.members.count == 0 { key.remove() }
    }

    static func scard(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let slot = try call.key(at: 1).slot(.set)
        reply.append(integer: slot.map { SetMembers($0.pointee).count } ?? 0)
    }

    static func sismember(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let slot = try call.key(at: 1).slot(.set)
        reply.append(boolean: slot.map { SetMembers($0.pointee).contains(call.arguments[2]) } ?? false)
    }

    static func smembers(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        guard let slot = try call.key(at: 1).slot(.set) else { return reply.append(arrayOf: 0) }
        append(SetMembers(slot.pointee), to: &reply)
    }

    /// Answers all members.
    static func append(_ members: SetMembers, to reply: inout ReplyBuffer) {
        reply.append(arrayOf: members.count)
        members.forEach { reply.append(bulk: $0) }
    }

    static func smove(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let source = call.key(at: 1)
        let destination = call.key(at: 2)
        let member = call.arguments[3]
        guard let found = source.slot() else { return reply.append(boolean: false) }
        // A slot does not outlast the search for another key, which may expire; a record does.
        let record = found.pointee
        guard record.form.type == .set else { throw .wrongType }
        let target = try destination.slot(.set).map { SetMembers($0.pointee) }
        let contains = SetMembers(record).contains(member)
        guard contains, source.bytes != destination.bytes else { return reply.append(boolean: contains) }
        let before = target?.payload ?? 0
        if target?.contains(member) != true {
            try destination.allow(payload: before + member.count, insteadOf: before)
        }
        take(member, from: source)
        put(member, into: destination)
        reply.append(boolean: true)
    }

    private static func take(_ member: ByteView, from key: Key) {
        guard let slot = key.slot() else { return }
        let set = SetValue(slot: slot)
        let before = set.members.payload
        set.remove(member)
        wrote(set, key, before)
    }

    private static func put(_ member: ByteView, into key: Key) {
        guard let slot = key.slot() else {
            return key.insert(SetValue.make(key: key.bytes, containing: member), payload: member.count)
        }
        let set = SetValue(slot: slot)
        let before = set.members.payload
        set.insert(member)
        key.changed(payloadBy: set.members.payload - before)
    }
}

// MARK: - By chance

extension Sets {
    static func spop(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let key = call.key(at: 1)
        guard let slot = try key.slot(.set) else { return reply.appendNull() }
        let set = SetValue(slot: slot)
        let before = set.members.payload
        set.removeRandom(using: &key.shard.pointee.keyspace.generator) { reply.append(bulk: $0) }
        wrote(set, key, before)
    }

    static func srandmember(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        if call.arguments.count > 3 { throw .syntax }
        let key = call.key(at: 1)
        if call.arguments.count == 3 {
            let count = try call.integer(at: 2)
            return try answer(count, of: key, &reply)
        }
        guard let slot = try key.slot(.set) else { return reply.appendNull() }
        SetMembers(slot.pointee).withRandom(using: &key.shard.pointee.keyspace.generator) { reply.append(bulk: $0) }
    }

    /// Answers so many different members, or, where `count` is negative, so many that may repeat.
    private static func answer(_ count: Int64, of key: Key, _ reply: inout ReplyBuffer) throws(ReplyError) {
        guard let slot = try key.slot(.set), count != 0 else { return reply.append(arrayOf: 0) }
        let members = SetMembers(slot.pointee)
        if count >= members.count { return append(members, to: &reply) }
        if count > 0 {
            return appendChosen(Int(count), of: members, using: &key.shard.pointee.keyspace.generator, &reply)
        }
        let repeats = Int(clamping: count.magnitude)
        // What cannot be sent is not made: 2.8 goes on until its memory is at an end.
        guard repeats <= reply.room / ReplyBuffer.leastBulk, !members.surelyExceeds(reply.room, drawn: repeats)
        else { return reply.overflow() }
        reply.append(arrayOf: repeats)
        for _ in 0..<repeats {
            members.withRandom(using: &key.shard.pointee.keyspace.generator) { reply.append(bulk: $0) }
            if reply.isOverflowing { return }
        }
    }

    /// Few members of a large set are drawn until enough are different; otherwise every member is looked at once.
    private static func appendChosen(
        _ count: Int, of members: SetMembers, using generator: inout SmallGenerator, _ reply: inout ReplyBuffer
    ) {
        reply.append(arrayOf: count)
        guard let table = members.table, count * drawnShare <= members.count else {
            return members.forEachChosen(count, using: &generator) { reply.append(bulk: $0) }
        }
        var drawn: Set<UnsafeMutableRawPointer> = []
        while drawn.count < count {
            guard let record = table.pointee.table.random(using: &generator) else { return }
            if drawn.insert(record.address).inserted { reply.append(bulk: record.key) }
        }
    }

    /// Members are drawn where at most one in so many is wanted.
    private static let drawnShare = 8
}

// MARK: - SSCAN

extension Sets {
    static func sscan(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let cursor = try ScanOptions.cursor(call.arguments[2])
        guard let slot = try call.key(at: 1).slot(.set) else { return ScanOptions.appendEmpty(to: &reply) }
        let options = try ScanOptions(call.arguments)
        let members = SetMembers(slot.pointee)
        guard let table = members.table else { return appendCompact(members, options, &reply) }
        let (next, records) = options.step(through: table.pointee.table, from: cursor)
        ScanOptions.appendCursor(next, to: &reply)
        reply.append(arrayOf: records.count)
        for record in records { reply.append(bulk: record.key) }
    }

    /// A compact set is answered in one step.
    private static func appendCompact(_ members: SetMembers, _ options: ScanOptions, _ reply: inout ReplyBuffer) {
        ScanOptions.appendCursor(0, to: &reply)
        let mark = reply.count
        var accepted = 0
        members.forEach { member in
            guard options.accepts(member) else { return }
            accepted += 1
            reply.append(bulk: member)
        }
        reply.insert(arrayOf: accepted, at: mark)
    }
}
