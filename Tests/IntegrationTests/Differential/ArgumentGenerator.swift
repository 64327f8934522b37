import CommandCatalog
import TestSupport

/// Makes the arguments of random requests: mostly such as make sense where they stand, drawn from pools small enough that
/// requests meet each other's keys, fields and members.
struct ArgumentGenerator {
    var random: SeededGenerator
    /// DUMP payloads of the server under test, to be restored on both.
    var payloads: [[UInt8]] = []

    private static let groups: [Command.Group] = [.string, .hash, .list, .set, .sortedSet]

    /// All keys that requests name.
    static let keys: [[UInt8]] = mixedKeys + lexKeys

    private static let mixedKeys = groups.flatMap(pool) + shared
    /// Sorted sets whose members all have the score 0: of others it is not specified what lies between two members.
    private static let lexKeys: [[UInt8]] = [Array("lex:1".utf8), Array("{tag}lex".utf8)]

    private static let shared: [[UInt8]] = [Array("any".utf8), [], Array("{tag}any".utf8)]

    private static func pool(of group: Command.Group) -> [[UInt8]] {
        let name = group.rawValue
        return [
            Array("\(name):1".utf8), Array("\(name):2".utf8), Array("{tag}\(name)".utf8),
            Array(name.utf8) + [0, 0xFF, 13, 10],
        ]
    }

    /// A key that a command of this group can use, or now and then one that holds something else.
    mutating func key(for group: Command.Group) -> [UInt8] {
        switch random.below(20) {
        case 0: return random.one(of: Self.mixedKeys)
        case 1, 2: return random.one(of: Self.shared)
        default:
            let group = Self.groups.contains(group) ? group : random.one(of: Self.groups)
            return random.one(of: Self.pool(of: group))
        }
    }

    /// A key for a command on ranges of members: a sorted set with the score 0 throughout, or a string.
    mutating func lexKey() -> [UInt8] {
        random.isOne(in: 20) ? random.one(of: Self.pool(of: .string)) : random.one(of: Self.lexKeys)
    }

    /// An argument of this name in a command's syntax.
    mutating func argument(_ name: String, of command: Command) -> [UInt8] {
        if random.isOne(in: 60), !Self.evenTexts.contains(name), command.name != "SRANDMEMBER" {
            let text = random.one(of: Self.oddTexts)
            if !Self.instants.contains(name) || text.count < Self.longestInstant { return Array(text.utf8) }
        }
        switch name {
        case "value", "message": return value()
        case "field", "member", "pivot": return element()
        case "increment" where command.name.hasSuffix("FLOAT") || command.name == "ZINCRBY": return number()
        case "increment", "decrement": return integer()
        case "score", "weight": return number()
        case "min", "max": return command.name.contains("LEX") ? lexBound() : scoreBound()
        case "seconds", "timestamp", "milliseconds", "milliseconds-timestamp", "ttl": return instant(name)
        case "cursor": return [UInt8(ascii: "0")]
        case "index" where command.name == "SELECT": return [UInt8(ascii: "0")]
        case "pattern": return Array(random.one(of: Self.patterns).utf8)
        case "serialized-value": return payload()
        case "count" where command.name.hasSuffix("SCAN"): return Array("1000".utf8)
        case "offset" where command.group == .string: return offset(for: command)
        default: return Array(String(random.below(30) - 12).utf8)
        }
    }
}

// MARK: - Values

extension ArgumentGenerator {
    /// Arguments that are never replaced by an odd number: those that are none, and cursors, whose other values lead to
    /// different places of different tables. (Neither is SRANDMEMBER's count: 2.8 gives as many members as it is told to.)
    private static let evenTexts = [
        "value", "message", "field", "member", "pivot", "pattern", "serialized-value", "cursor",
    ]
    private static let instants = ["seconds", "timestamp", "milliseconds", "milliseconds-timestamp", "ttl"]
    /// Of later instants than a number of so many digits can name, ours and 2.8's are different ones.
    private static let longestInstant = 16

    private static let oddTexts = [
        "", "abc", "1.5", " 1", "1 ", "+1", "007", "-0", "0x10", "1e3", "nan", "inf", "-inf",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "(1", "[a", "-", "+", "1\0",
    ]
    private static let patterns = [
        "*", "?", "a*", "*1*", "[a-c]*", "[^a]*", "m\\*", "m[1-3]", "nothing", "\\", "[", "*[", "",
    ]

    /// One of a few dozen elements of collections: texts, numbers, binary, of lengths around the limits of the compact
    /// encodings.
    mutating func element() -> [UInt8] {
        let number = random.below(12)
        switch random.below(8) {
        case 0, 1, 2: return Array("m\(number)".utf8)
        case 3, 4: return Array(String(number * 37 - 100).utf8)
        case 5: return Array(repeating: UInt8(ascii: "a") + UInt8(number), count: 60 + number)
        case 6: return [UInt8(number), 0, 0xFE, 13, 10]
        default: return number == 0 ? [] : Array("\(number)000000000".utf8)
        }
    }

    /// Any value: an element, a number with a fraction, or random bytes.
    mutating func value() -> [UInt8] {
        switch random.below(8) {
        case 0: return number()
        case 1: return [UInt8(ascii: "b")] + random.bytes(random.below(random.isOne(in: 10) ? 3_000 : 90))
        case 2, 3: return integer()
        default: return element()
        }
    }

    mutating func integer() -> [UInt8] {
        switch random.below(10) {
        case 0: return Array(String(Int64(bitPattern: random.next())).utf8)
        case 1: return Array(String(Int64.max - Int64(random.below(3))).utf8)
        default: return Array(String(random.below(2_000) - 1_000).utf8)
        }
    }

    mutating func number() -> [UInt8] {
        switch random.below(12) {
        case 0: return Array("\(Double(Int64(bitPattern: random.next())) / 1e6)".utf8)
        case 1: return Array(random.one(of: ["inf", "-inf", "1e300", "-1e300", "3.0e-5", "0.1", "17", "-0"]).utf8)
        case 2, 3: return Array("\(Double(random.below(4_000) - 2_000) / 8)".utf8)
        default: return Array(String(random.below(21) - 10).utf8)
        }
    }

    private mutating func scoreBound() -> [UInt8] {
        let bound = random.isOne(in: 5) ? Array(random.one(of: ["-inf", "+inf", "inf"]).utf8) : number()
        return random.isOne(in: 3) ? [UInt8(ascii: "(")] + bound : bound
    }

    private mutating func lexBound() -> [UInt8] {
        switch random.below(6) {
        case 0: [UInt8(ascii: "-")]
        case 1: [UInt8(ascii: "+")]
        case 2, 3: [UInt8(ascii: "[")] + element()
        default: [UInt8(ascii: "(")] + element()
        }
    }

    /// A time to live, or an instant: far enough in the past or the future that no key expires while it is compared.
    private mutating func instant(_ name: String) -> [UInt8] {
        let unit = name.hasPrefix("milliseconds") || name == "ttl" ? 1000 : 1
        if name.contains("timestamp") {
            return Array(String(random.isOne(in: 5) ? unit : (3_000_000_000 + random.below(1_000_000)) * unit).utf8)
        }
        if random.isOne(in: 12) { return Array(String(-random.below(3) * unit).utf8) }
        return Array(String((1_000 + random.below(1_000_000)) * unit).utf8)
    }

    private mutating func payload() -> [UInt8] {
        if payloads.isEmpty || random.isOne(in: 10) { return random.bytes(random.below(30)) }
        var payload = random.one(of: payloads)
        if random.isOne(in: 10) { payload[random.below(payload.count)] ^= 1 }
        return payload
    }

    private mutating func offset(for command: Command) -> [UInt8] {
        if random.isOne(in: 40) { return Array(random.one(of: ["-1", "4294967296", "4294967295000"]).utf8) }
        return Array(String(random.below(command.name == "SETRANGE" ? 300 : 2_000)).utf8)
    }
}
