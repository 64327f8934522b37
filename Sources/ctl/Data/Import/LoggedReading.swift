import CommandCatalog
import Presentation
import SystemCalls
import WireFormats

/// Does what 2.8 can only do after a look at what the cluster has: each command of the log finds there what its server had.
struct LoggedReading {
    let target: ImportTarget
    let deadlines: LoggedDeadlines
    let fields: LoggedFieldTimes
    private let writer = ObjectWriterBox()

    func run(_ reading: LoggedCommand.Reading) throws(Failure) {
        switch reading {
        case .setKeepingTime(let key, let value): try setKeepingTime(key, value)
        case .move(let from, let isHead, let to, let toHead): try move(from, isHead, to, toHead)
        case .copy(let from, let to, let keepsSource): try copy(from, to, keepsSource)
        case .add(let key, let conditions, let pairs): try add(key, conditions, pairs)
        case .storeRange(let key, let query): try storeRange(key, query)
        case .restore(let restore): try self.restore(restore)
        }
    }

    /// The cluster's answer; nil where it refuses, which is noted.
    private func answer(_ words: [[UInt8]], about subject: [UInt8]) throws(Failure) -> Reply? {
        let reply = try target.ask(words)
        guard case .error(let line) = reply else { return reply }
        try target.refuse(subject, Secrets.masked(String(decoding: line, as: UTF8.self)))
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
            return try target.refuse(to, "its value is that of '\(ImportRefusals.shown(from))', which is not there")
        }
        let left = try timeLeft(from)
        if left > 0 { try deadlines.note(to) }
        try target.send(LoggedCommand.command("DEL", to), about: to, counts: false)
        try target.send(LoggedCommand.command("RESTORE", to, Array("\(left)".utf8), payload), about: to)
        fields.put(to, fields.of(from))
        guard !keepsSource else { return }
        fields.remove(from)
        try target.send(LoggedCommand.command("DEL", from), about: from)
    }

    /// Brings a value and its time to live to another database.
    ///
    /// - Parameter isExpected: whether the key must be there: a log copies what there is.
    func carry(
        _ key: [UInt8], as name: [UInt8], to database: LogDatabase, isExpected: Bool = true
    ) throws(Failure) {
        guard let payload = try answer(LoggedCommand.command("DUMP", key), about: key)?.bulkBytes else {
            guard isExpected else { return }
            return try database.target.refuse(name, "its value is one that was not kept")
        }
        let left = try timeLeft(key)
        if left > 0 { try database.deadlines.note(name) }
        let move = LoggedReading(target: database.target, deadlines: database.deadlines, fields: database.fields)
        if try move.put(name, payload, left: left) { database.fields.put(name, fields.of(key)) }
    }

    private func restore(_ restore: LoggedRestore) throws(Failure) {
        let now = WallClock.milliseconds()
        guard !restore.isAbsolute || restore.time == 0 else {
            guard try put(restore.key, restore.payload, left: 0) else { return }
            let deadline = LoggedCommand.command("PEXPIREAT", restore.key, Array("\(restore.time)".utf8))
            return try target.send(try deadlines.putOff(deadline), about: restore.key)
        }
        guard restore.time > 0 else {
            _ = try put(restore.key, restore.payload, left: 0)
            return
        }
        let later = try deadlines.putOff(now + restore.time, of: restore.key)
        _ = try put(restore.key, restore.payload, left: later.map { $0 - now } ?? restore.time)
    }

    /// Puts a value of DUMP, of any release, in the place of whatever was there; returns false, and leaves what was there,
    /// where the cluster has no place for it.
    private func put(_ key: [UInt8], _ payload: [UInt8], left: Int64) throws(Failure) -> Bool {
        let value: ImportedValue
        let hasModuleMetadata: Bool
        do throws(RDBError) {
            (value, hasModuleMetadata) = try ImportedValue.read(
                payload, limit: target.limits.maxValueBytes, keepsExpired: true)
        } catch {
            try target.refuse(key, error.isUnsupported ? "\(error)" : "its value is damaged: \(error)")
            return false
        }
        if let refusal = value.refusal {
            try target.refuse(key, refusal)
            return false
        }
        guard case .object(let kind) = value.kind, !value.isEmpty else { return false }
        if hasModuleMetadata { try target.refuse(key, RDBImport.moduleMetadata, isPartial: true) }
        try target.send(LoggedCommand.command("DEL", key), about: key, counts: false)
        try target.send(
            LoggedCommand.command("RESTORE", key, Array("\(left)".utf8), writer.payload(kind, value.elements)),
            about: key)
        fields.put(key, value.times)
        return true
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
