/// The commands on single fields of a hash, and on all of them.
enum Hashes {
    static func hget(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        guard let slot = try call.key(at: 1).slot(.hash) else { return reply.appendNull() }
        append(HashValue(slot).entry(call.arguments[2]).value, to: &reply)
    }

    static func hmget(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let slot = try call.key(at: 1).slot(.hash)
        reply.append(arrayOf: call.arguments.count - 2)
        for index in 2..<call.arguments.count {
            append(slot.flatMap { HashValue($0).entry(call.arguments[index]).value }, to: &reply)
            if reply.isOverflowing { return }
        }
    }

    @inline(__always)
    private static func append(_ value: ByteView?, to reply: inout ReplyBuffer) {
        if let value { reply.append(bulk: value) } else { reply.appendNull() }
    }

    static func hexists(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let slot = try call.key(at: 1).slot(.hash)
        reply.append(boolean: slot.map { HashValue($0).entry(call.arguments[2]).value != nil } ?? false)
    }

    static func hlen(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let slot = try call.key(at: 1).slot(.hash)
        reply.append(integer: slot.map { HashValue($0).count } ?? 0)
    }
}

// MARK: - All fields

extension Hashes {
    static func hgetall(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        guard let hash = try hash(call, sizing: 2, &reply) else { return }
        hash.forEach { field, value in
            reply.append(bulk: field)
            reply.append(bulk: value)
        }
    }

    static func hkeys(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        guard let hash = try hash(call, sizing: 1, &reply) else { return }
        hash.forEach { field, _ in reply.append(bulk: field) }
    }

    static func hvals(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        guard let hash = try hash(call, sizing: 1, &reply) else { return }
        hash.forEach { _, value in reply.append(bulk: value) }
    }

    /// The hash to answer, after the head of an array of `parts` bulks for each of its fields; for a key that does not
    /// exist an empty array and nil.
    private static func hash(
        _ call: Call, sizing parts: Int, _ reply: inout ReplyBuffer
    ) throws(ReplyError) -> HashValue? {
        let hash = try call.key(at: 1).slot(.hash).map(HashValue.init)
        reply.append(arrayOf: parts * (hash?.count ?? 0))
        return hash
    }

    static func hscan(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let cursor = try ScanOptions.cursor(call.arguments[2])
        guard let slot = try call.key(at: 1).slot(.hash) else { return ScanOptions.appendEmpty(to: &reply) }
        let options = try ScanOptions(call.arguments)
        let hash = HashValue(slot)
        guard let (next, records) = hash.scan(from: cursor, options) else {
            return appendAll(of: hash, options, to: &reply)
        }
        ScanOptions.appendCursor(next, to: &reply)
        reply.append(arrayOf: 2 * records.count)
        for record in records {
            reply.append(bulk: record.key)
            reply.append(bulk: record.value)
        }
    }

    /// The one step of a scan of a compact hash.
    private static func appendAll(of hash: HashValue, _ options: ScanOptions, to reply: inout ReplyBuffer) {
        ScanOptions.appendCursor(0, to: &reply)
        let mark = reply.count
        var accepted = 0
        hash.forEach { field, value in
            guard options.accepts(field) else { return }
            reply.append(bulk: field)
            reply.append(bulk: value)
            accepted += 1
        }
        reply.insert(arrayOf: 2 * accepted, at: mark)
    }
}

// MARK: - Setting

extension Hashes {
    static func hset(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let target = try Target(call)
        try target.set(to: call.arguments[3])
        reply.append(boolean: target.isNew)
    }

    static func hsetnx(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let target = try Target(call)
        if target.isNew { try target.set(to: call.arguments[3]) }
        reply.append(boolean: target.isNew)
    }

    /// The field of a command that reads and then writes one: argument 2, of the hash that argument 1 names.
    struct Target {
        private let key: Key
        private let field: ByteView
        private let found: (hash: HashValue, entry: HashValue.Entry)?

        /// Looks the field up, once.
        @inline(__always)
        init(_ call: Call) throws(ReplyError) {
            key = call.key(at: 1)
            field = call.arguments[2]
            if let slot = try key.slot(.hash) {
                let hash = HashValue(slot)
                found = (hash, hash.entry(field))
            } else {
                found = nil
            }
        }

        /// The field's value before the command, nil where there was no such field; valid until `set`.
        @inline(__always)
        var old: ByteView? { found?.entry.value }

        /// Whether the hash did not have the field before the command.
        @inline(__always)
        var isNew: Bool { found?.entry.value == nil }

        /// Gives the field a value; to be called once.
        @inline(__always)
        func set(to value: ByteView) throws(ReplyError) {
            guard let (hash, entry) = found else {
                try key.allow(payload: field.count + value.count, insteadOf: 0)
                return Hashes.create(field, value, at: key)
            }
            let growth = entry.growth(settingTo: value.count)
            let payload = hash.payload
            try key.allow(payload: payload + growth, insteadOf: payload)
            hash.set(entry, to: value)
            key.changed(payloadBy: growth)
        }
    }

    private static func create(_ field: ByteView, _ value: ByteView, at key: Key) {
        let record = HashValue.make(key: key.bytes, field: field, value: value)
        key.insert(record, payload: field.count + value.count)
    }

    static func hmset(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let arguments = call.arguments
        guard arguments.count.isMultiple(of: 2) else { throw .wrongArgumentCount(of: "HMSET") }
        let key = call.key(at: 1)
        let slot = try key.slot(.hash)
        try allowPairs(arguments, in: slot.map(HashValue.init), at: key)
        if slot == nil { create(arguments[2], arguments[3], at: key) }
        guard let slot = key.slot() else { preconditionFailure("the hash was just created") }
        let hash = HashValue(slot)
        let old = hash.payload
        for index in stride(from: 2, to: arguments.count, by: 2) {
            hash.set(hash.entry(arguments[index]), to: arguments[index + 1])
        }
        key.changed(payloadBy: hash.payload - old)
        reply.appendOK()
    }

    /// Throws where the pairs from argument 2 on would make a hash too large; nothing is counted exactly where the sum
    /// of all of them, repeated or not, fits.
    private static func allowPairs(_ arguments: Arguments, in hash: HashValue?, at key: Key) throws(ReplyError) {
        let old = hash?.payload ?? 0
        var atMost = old
        for index in 2..<arguments.count { atMost += arguments[index].count }
        if atMost <= key.maximumValueBytes { return }
        try key.allow(payload: old + growth(setting: arguments, in: hash), insteadOf: old)
    }

    /// What the pairs from argument 2 on make a hash grow by: of a field that is named twice, the last value counts.
    private static func growth(setting arguments: Arguments, in hash: HashValue?) -> Int {
        var named = FieldTable(minimumCapacity: arguments.count / 2)
        var growth = 0
        for index in stride(from: arguments.count - 2, to: 0, by: -2) {
            let (field, value) = (arguments[index], arguments[index + 1])
            let fieldHash = KeyHash.hash(field)
            if named.table.find(field, hash: fieldHash) != nil { continue }
            named.insert(field, hash: fieldHash, value: field.slice(0..<0))
            growth += hash?.entry(field).growth(settingTo: value.count) ?? (field.count + value.count)
        }
        return growth
    }
}

// MARK: - Removing

extension Hashes {
    static func hdel(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let key = call.key(at: 1)
        guard let slot = try key.slot(.hash) else { return reply.append(integer: 0) }
        let hash = HashValue(slot)
        let before = hash.count
        var loss = 0
        for index in 2..<call.arguments.count where hash.count > 0 {
            loss += hash.remove(hash.entry(call.arguments[index]))
        }
        let after = hash.count
        if after < before { key.changed(payloadBy: -loss) }
        if after == 0 { key.remove() }
        reply.append(integer: before - after)
    }
}
