import CommandCatalog
import ServerClient
import SystemCalls
import WireFormats

/// The times to live that a log gives the fields of hashes, which 2.8 does not have.
///
/// As with keys, nothing expires while a log is loaded. When all of it is there, fields whose time is over are removed, and
/// the others, which will stay, are listed.
final class LoggedFieldTimes {
    private let target: ImportTarget
    /// The deadlines in milliseconds since 1970, by key and field.
    private var times: [[UInt8]: [[UInt8]: Int64]] = [:]

    /// So many fields are asked for, or removed, at once.
    private static let batch = 500

    init(target: ImportTarget) {
        self.target = target
    }

    /// Notes the times of all fields of a key that is new; none where it has none.
    func put(_ key: [UInt8], _ fields: [[UInt8]: Int64]) {
        if !fields.isEmpty || !times.isEmpty { times[key] = fields.isEmpty ? nil : fields }
    }

    /// The times of a key's fields.
    func of(_ key: [UInt8]) -> [[UInt8]: Int64] { times[key] ?? [:] }

    func remove(_ key: [UInt8]) { put(key, [:]) }

    func removeAll() { times = [:] }

    // MARK: Following

    /// Notes what a command does to the times of fields.
    func follow(_ command: LoggedCommand) {
        switch command.name {
        case "HPEXPIREAT", "HEXPIREAT", "HPEXPIRE", "HEXPIRE", "HSETEX", "HGETEX": expire(command)
        default:
            guard !times.isEmpty, command.words.count > 1 else { return }
            followOther(command)
        }
    }

    private func followOther(_ command: LoggedCommand) {
        let words = command.words
        switch command.name {
        case "HPERSIST", "HGETDEL": forget(words[1], LoggedFields(command).names)
        case "HDEL": forget(words[1], words[2...])
        case "HSET", "HMSET", "HSETNX":
            forget(words[1], stride(from: 2, to: words.count, by: 2).map { words[$0] }[...])
        // RESTORE has its value's own times.
        case "HINCRBY", "HINCRBYFLOAT", "EXPIRE", "PEXPIRE", "EXPIREAT", "PEXPIREAT", "PERSIST", "GETEX", "COPY",
            "RENAME",
            "RENAMENX", "RESTORE", "RESTORE-ASKING":
            break
        default: for key in command.keys { remove(key) }
        }
    }

    private func forget(_ key: [UInt8], _ fields: ArraySlice<[UInt8]>) {
        for field in fields { times[key]?[field] = nil }
        if times[key]?.isEmpty ?? false { times[key] = nil }
    }

    private func expire(_ command: LoggedCommand) {
        let fields = LoggedFields(command)
        guard command.words.count > 1, !fields.keepsTime else { return }
        let key = command.words[1]
        for field in fields.names {
            guard let deadline = fields.deadline else {
                if fields.endsTime { forget(key, [field]) }
                continue
            }
            if fields.isMet(old: times[key]?[field], new: deadline) { times[key, default: [:]][field] = deadline }
        }
    }

    // MARK: The end

    /// Removes the fields whose time is over, and lists the keys that have others with a time to live.
    func settle() throws(Failure) {
        for (key, fields) in times.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            let now = WallClock.milliseconds()
            let over = fields.filter { $0.value <= now }.map(\.key)
            for start in stride(from: 0, to: over.count, by: Self.batch) {
                let some = over[start..<min(over.count, start + Self.batch)]
                try target.send(LoggedCommand.command("HDEL", key) + some, about: key)
            }
            let left = try present(fields.filter { $0.value > now }.map(\.key), of: key)
            if left > 0 { try Self.refuse(key, left, target) }
        }
        times = [:]
        try target.finish()
    }

    /// How many of some fields a key has.
    private func present(_ fields: [[UInt8]], of key: [UInt8]) throws(Failure) -> Int {
        var count = 0
        for start in stride(from: 0, to: fields.count, by: Self.batch) {
            let some = fields[start..<min(fields.count, start + Self.batch)]
            let replies: [Reply] = try target.askAll(some.map { LoggedCommand.command("HEXISTS", key, $0) })
            count += replies.count { if case .integer(1) = $0 { true } else { false } }
        }
        return count
    }

    /// Lists a key of which some fields were to expire.
    static func refuse(_ key: [UInt8], _ fields: Int, _ target: ImportTarget) throws(Failure) {
        let what = fields == 1 ? "1 field has" : "\(Quantity.count(fields)) fields have"
        try target.refuse(key, "\(what) a time to live, which Redis 2.8 has not: they stay", isPartial: true)
    }
}

/// The fields that a command on times to live names, and what becomes of their times.
///
///     HPEXPIREAT key 1795394106000 [NX|XX|GT|LT] FIELDS 2 f g
///     HSETEX key [FNX|FXX] [PXAT 1795394106000|KEEPTTL] FIELDS 2 f v g w
struct LoggedFields {
    /// The fields.
    private(set) var names: ArraySlice<[UInt8]> = []
    /// Their deadline in milliseconds since 1970; nil where none is given.
    private(set) var deadline: Int64?
    /// Whether the fields keep what time they have, and whether that ends.
    private(set) var keepsTime = false
    private(set) var endsTime = false
    private var condition = ""

    init(_ command: LoggedCommand) {
        let words = command.words
        endsTime = command.name == "HSETEX"
        var index = 2
        switch command.name {
        case "HPEXPIREAT", "HPEXPIRE", "HEXPIREAT", "HEXPIRE":
            guard words.count > 2 else { return }
            deadline = Self.time(words[2], String(command.name.dropFirst()))
            index = 3
        default: break
        }
        while index < words.count {
            let option = LoggedCommand.text(words[index])
            index += 1
            switch option {
            case "FIELDS":
                let step = command.name == "HSETEX" ? 2 : 1
                names = stride(from: index + 1, to: words.count, by: step).map { words[$0] }[...]
                return
            case "NX", "XX", "GT", "LT": condition = option
            case "KEEPTTL": keepsTime = true
            case "PERSIST": endsTime = true
            case "EX", "PX", "EXAT", "PXAT":
                guard index < words.count else { return }
                deadline = Self.time(
                    words[index],
                    ["EX": "EXPIRE", "PX": "PEXPIRE", "EXAT": "EXPIREAT", "PXAT": "PEXPIREAT"][option] ?? "")
                index += 1
            default: break
            }
        }
    }

    /// The moment that a number means for a command such as PEXPIREAT.
    private static func time(_ text: [UInt8], _ unit: String) -> Int64? {
        guard let number = Int64(String(decoding: text, as: UTF8.self)) else { return nil }
        let isInSeconds = !unit.hasPrefix("P")
        let (milliseconds, overflows) = number.multipliedReportingOverflow(by: isInSeconds ? 1_000 : 1)
        guard !overflows else { return nil }
        return unit.hasSuffix("AT") ? milliseconds : WallClock.milliseconds() &+ milliseconds
    }

    /// Whether a field with a time gets a new one: no time is later than all others.
    func isMet(old: Int64?, new: Int64) -> Bool {
        switch condition {
        case "NX": old == nil
        case "XX": old != nil
        case "GT": old.map { new > $0 } ?? false
        case "LT": old.map { new < $0 } ?? true
        default: true
        }
    }
}
