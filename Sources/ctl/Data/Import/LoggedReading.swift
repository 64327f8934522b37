import WireFormats

/// Does what 2.8 can only do after a look at what the cluster has: each command of the log finds there what its server had.
struct LoggedReading {
    let target: ImportTarget
    let deadlines: LoggedDeadlines

    func run(_ reading: LoggedCommand.Reading) throws(Failure) {
        switch reading {
        case .setKeepingTime(let key, let value): try setKeepingTime(key, value)
        case .move(let from, let isHead, let to, let toHead): try move(from, isHead, to, toHead)
        case .copy(let from, let to, let keepsSource): try copy(from, to, keepsSource)
        case .add(let key, let conditions, let pairs): try add(key, conditions, pairs)
        case .storeRange(let key, let query): try storeRange(key, query)
        }
    }

    /// The cluster's answer; nil where it refuses, which is noted.
    private func answer(_ words: [[UInt8]], about subject: [UInt8]) throws(Failure) -> Reply? {
        let reply = try target.ask(words)
        guard case .error(let line) = reply else { return reply }
        try target.refuse(subject, String(decoding: line, as: UTF8.self))
        return nil
    }

    /// What Redis 6 and later log for INCRBYFLOAT: 2.8 has no form that leaves the time to live.
    private func setKeepingTime(_ key: [UInt8], _ value: [UInt8]) throws(Failure) {
        let left = try timeLeft(key)
        let set = LoggedCommand.command("SET", key, value)
        // The same sum as before, even one that has wrapped around: PEXPIRE would remove the key for it.
        try target.send(left > 0 ? set + LoggedCommand.command("PX", Array("\(left)".utf8)) : set, about: key)
    }

    /// Milliseconds; 0 for ever.
    private func timeLeft(_ key: [UInt8]) throws(Failure) -> Int64 {
        guard case .integer(let left) = try target.ask(LoggedCommand.command("PTTL", key)) else { return 0 }
        return max(0, left)
    }

    private func move(_ from: [UInt8], _ isHead: Bool, _ to: [UInt8], _ toHead: Bool) throws(Failure) {
        let end = Array((isHead ? "0" : "-1").utf8)
        guard let element = try answer(LoggedCommand.command("LINDEX", from, end), about: from)?.bulkBytes else {
            return
        }
        // First in, then out: a list of one element that is moved within itself keeps its time to live.
        guard try answer(LoggedCommand.command(toHead ? "LPUSH" : "RPUSH", to, element), about: to) != nil else {
            return
        }
        try target.send(LoggedCommand.command(isHead ? "LPOP" : "RPOP", from), about: from)
    }

    private func copy(_ from: [UInt8], _ to: [UInt8], _ keepsSource: Bool) throws(Failure) {
        guard from != to else { return }
        guard let payload = try answer(LoggedCommand.command("DUMP", from), about: from)?.bulkBytes else {
            return try target.refuse(to, "its value is that of '\(Quantity.printable(from))', which is not there")
        }
        let left = try timeLeft(from)
        if left > 0 { try deadlines.note(to) }
        try target.send(LoggedCommand.command("DEL", to), about: to, counts: false)
        try target.send(LoggedCommand.command("RESTORE", to, Array("\(left)".utf8), payload), about: to)
        if !keepsSource { try target.send(LoggedCommand.command("DEL", from), about: from) }
    }

    private func add(_ key: [UInt8], _ conditions: Set<String>, _ pairs: [[UInt8]]) throws(Failure) {
        for index in stride(from: 0, to: pairs.count, by: 2) {
            let (score, member) = (pairs[index], pairs[index + 1])
            let old = try answer(LoggedCommand.command("ZSCORE", key, member), about: key)?.bulkBytes
            guard Self.isMet(conditions, old: old, new: score) else { continue }
            try target.send(LoggedCommand.command("ZADD", key, score, member), about: key)
        }
    }

    private static func isMet(_ conditions: Set<String>, old: [UInt8]?, new: [UInt8]) -> Bool {
        guard let old = old.map(number) else { return !conditions.contains("XX") }
        if conditions.contains("NX") { return false }
        if conditions.contains("GT") { return number(new) > old }
        return !conditions.contains("LT") || number(new) < old
    }

    private static func number(_ text: [UInt8]) -> Double { Double(String(decoding: text, as: UTF8.self)) ?? .nan }

    private func storeRange(_ key: [UInt8], _ query: [[UInt8]]) throws(Failure) {
        guard case .array(let parts) = try answer(query, about: key) else { return }
        let words = parts.compactMap(\.bulkBytes)
        try target.send(LoggedCommand.command("DEL", key), about: key, counts: false)
        guard !words.isEmpty else { return }
        // The answer has each score behind its member, ZADD takes it before.
        let pairs = stride(from: 1, to: words.count, by: 2).flatMap { [words[$0], words[$0 - 1]] }
        try target.send(LoggedCommand.command("ZADD", key) + pairs, about: key)
    }
}
