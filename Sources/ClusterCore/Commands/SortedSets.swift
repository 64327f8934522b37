/// The commands on the members of one sorted set; ranges are in `SortedSets+Ranges`, the STORE forms in
/// `SortedSets+Store`.
enum SortedSets {
    static func zadd(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        guard call.arguments.count % 2 == 0 else { throw .syntax }
        let pairs = call.arguments.count / 2 - 1
        if pairs == 1 {
            let score = try call.double(at: 2)
            return try add(call, pairs: 1, &reply) { _ in score }
        }
        // All scores are read before the first is used.
        let result = withUnsafeTemporaryAllocation(of: Double.self, capacity: pairs) { scores in
            Result { () throws(ReplyError) in
                for pair in 0..<pairs { scores.initializeElement(at: pair, to: try call.double(at: 2 + 2 * pair)) }
                try add(call, pairs: pairs, &reply) { scores[$0] }
            }
        }
        try result.get()
    }

    @inline(__always)
    private static func add(
        _ call: Call, pairs: Int, _ reply: inout ReplyBuffer, score: (Int) -> Double
    ) throws(ReplyError) {
        let key = call.key(at: 1)
        let slot = try key.slot(.sortedSet)
        try allow(call, pairs: pairs, adding: slot, to: key)
        var added = 0
        write(key, slot) { set in
            var hasChanged = false
            for pair in 0..<pairs {
                let change = set.update(call.arguments[3 + 2 * pair], score: score(pair))
                if change == .added { added += 1 }
                if change != .unchanged { hasChanged = true }
            }
            return hasChanged
        }
        reply.append(integer: added)
    }

    /// Lets `body` write to the key's sorted set, made where there is none, and tells watchers if it says that it has.
    @inline(__always)
    private static func write(_ key: Key, _ slot: HashTable.Slot?, _ body: (SortedSetValue) -> Bool) {
        guard let slot else {
            var record = SortedSetValue.make(key: key.bytes)
            _ = withUnsafeMutablePointer(to: &record) { body(SortedSetValue(slot: $0)) }
            return key.insert(record, payload: SortedSetValue.payload(of: record))
        }
        let set = SortedSetValue(slot: slot)
        let before = set.members.payload
        if body(set) { key.changed(payloadBy: set.members.payload - before) }
    }

    /// Checks the size that a sorted set would have with the pairs of score and member from argument 2 on.
    @inline(__always)
    private static func allow(
        _ call: Call, pairs: Int, adding slot: HashTable.Slot?, to key: Key
    ) throws(ReplyError) {
        let old = slot.map { SortedSetMembers($0.pointee).payload } ?? 0
        var bytes = old + pairs * PackedSortedSet.scoreSize
        for pair in 0..<pairs { bytes += call.arguments[3 + 2 * pair].count }
        if bytes <= call.maximumValueBytes { return }
        try key.allow(payload: old + newBytes(call, pairs: pairs, slot), insteadOf: old)
    }

    /// What the members weigh that are not there yet, each counted once.
    private static func newBytes(_ call: Call, pairs: Int, _ slot: HashTable.Slot?) -> Int {
        var new = MemberTable()
        for pair in 0..<pairs {
            let member = call.arguments[3 + 2 * pair]
            if let slot, SortedSetMembers(slot.pointee).score(of: member) != nil { continue }
            new.insert(member)
        }
        return new.payload + new.count * PackedSortedSet.scoreSize
    }

    static func zincrby(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let increment = try call.double(at: 2)
        let member = call.arguments[3]
        let key = call.key(at: 1)
        let slot = try key.slot(.sortedSet)
        let old = slot.flatMap { SortedSetMembers($0.pointee).score(of: member) }
        let score = old.map { $0 + increment } ?? increment
        if score.isNaN { throw .scoreNotANumber }
        if old == nil { try allow(call, pairs: 1, adding: slot, to: key) }
        write(key, slot) { $0.update(member, score: score) != .unchanged }
        reply.append(bulkScore: score)
    }

    static func zrem(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let key = call.key(at: 1)
        guard let slot = try key.slot(.sortedSet) else { return reply.append(integer: 0) }
        let set = SortedSetValue(slot: slot)
        let before = set.members.payload
        var removed = 0
        for index in 2..<call.arguments.count where set.remove(call.arguments[index]) { removed += 1 }
        if removed > 0 {
            key.changed(payloadBy: set.members.payload - before)
            if set.members.count == 0 { key.remove() }
        }
        reply.append(integer: removed)
    }
}

// MARK: - Questions

extension SortedSets {
    static func zcard(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let slot = try call.key(at: 1).slot(.sortedSet)
        reply.append(integer: slot.map { SortedSetMembers($0.pointee).count } ?? 0)
    }

    static func zscore(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let slot = try call.key(at: 1).slot(.sortedSet)
        guard let slot, let score = SortedSetMembers(slot.pointee).score(of: call.arguments[2]) else {
            return reply.appendNull()
        }
        reply.append(bulkScore: score)
    }

    static func zrank(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try rank(call, isReversed: false, &reply)
    }

    static func zrevrank(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try rank(call, isReversed: true, &reply)
    }

    @inline(__always)
    private static func rank(_ call: Call, isReversed: Bool, _ reply: inout ReplyBuffer) throws(ReplyError) {
        guard let slot = try call.key(at: 1).slot(.sortedSet) else { return reply.appendNull() }
        let members = SortedSetMembers(slot.pointee)
        guard let rank = members.rank(of: call.arguments[2]) else { return reply.appendNull() }
        reply.append(integer: isReversed ? members.count - 1 - rank : rank)
    }

    static func zscan(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let cursor = try ScanOptions.cursor(call.arguments[2])
        guard let slot = try call.key(at: 1).slot(.sortedSet) else { return ScanOptions.appendEmpty(to: &reply) }
        let options = try ScanOptions(call.arguments)
        let members = SortedSetMembers(slot.pointee)
        guard let ranked = members.ranked else { return appendPacked(members, options, &reply) }
        let (next, records) = options.step(through: ranked.pointee.table, from: cursor)
        ScanOptions.appendCursor(next, to: &reply)
        reply.append(arrayOf: records.count * 2)
        for record in records {
            reply.append(bulk: record.key)
            reply.append(bulkScore: record.score)
        }
    }

    /// A packed sorted set is answered in one step.
    private static func appendPacked(
        _ members: SortedSetMembers, _ options: ScanOptions, _ reply: inout ReplyBuffer
    ) {
        ScanOptions.appendCursor(0, to: &reply)
        let mark = reply.count
        var accepted = 0
        members.forEach { member, score in
            guard options.accepts(member) else { return }
            accepted += 1
            reply.append(bulk: member)
            reply.append(bulkScore: score)
        }
        reply.insert(arrayOf: accepted * 2, at: mark)
    }
}
