import CommandCatalog
import Presentation

/// A command of a log, which may be of any release of Redis, and what does the same in 2.8.
///
/// A log has only what has changed something: a condition that decides about a whole command was met, and is left out.
struct LoggedCommand {
    let words: [[UInt8]]
    /// The command's name in capitals.
    let name: String

    /// What does the same.
    enum Form28 {
        /// These commands, whatever the cluster has; none where nothing is to be done.
        case commands([[[UInt8]]])
        /// What 2.8 can only do after a look at what is there.
        case reading(Reading)
        /// Nothing does; why.
        case none(String)
    }

    /// What the cluster is asked for something first.
    enum Reading {
        case setKeepingTime(key: [UInt8], value: [UInt8])
        /// An element goes from an end of a list to an end of a list.
        case move(from: [UInt8], isHead: Bool, to: [UInt8], toHead: Bool)
        /// A value and its time to live come to another name.
        case copy(from: [UInt8], to: [UInt8], keepsSource: Bool)
        /// Scores and members in turn, each with the same conditions on its own.
        case add(key: [UInt8], conditions: Set<String>, pairs: [[UInt8]])
        /// The members that a query answers, with their scores, are all of a key.
        case storeRange(key: [UInt8], query: [[UInt8]])
        /// A value in the form of a later release, or one that takes another's place.
        case restore(LoggedRestore)
    }

    init(_ words: [[UInt8]]) {
        self.words = words
        name = Self.text(words[0])
    }

    /// A word in capitals.
    static func text(_ word: [UInt8]) -> String { String(decoding: word, as: UTF8.self).uppercased() }

    /// A command of a name and arguments.
    static func command(_ name: String, _ arguments: [UInt8]...) -> [[UInt8]] { [Array(name.utf8)] + arguments }

    /// What a refusal names, never a secret.
    ///
    /// The first key, or the command where it has none; of a command that no Redis has, its first argument.
    var subject: [UInt8] {
        guard words.count > 1, !Self.isNamedByItself.contains(name) else { return shownName }
        let command = words[0]
        guard let match = Catalog.find(command.span) else { return subjectOfUnknown }
        if case .supported(let id) = match, id.row.facts.secrets == .none { return firstKey(of: id.row) ?? shownName }
        let secrets = RequestSecrets(words)
        let key = words.indices.first { secrets.isKey($0) && !secrets.hides($0, after: words[$0 - 1]) }
        return key.map { words[$0] } ?? shownName
    }

    private static let isNamedByItself: Set = ["EVAL", "EVALSHA", "FCALL"]

    /// The command's name without a secret that may have got into it, as in `AUTH:password`.
    var shownName: [UInt8] { Secrets.masked(Array(words[0].prefix(256)), as: .text) }

    private var subjectOfUnknown: [UInt8] {
        let secrets = RequestSecrets(words)
        guard !secrets.hides(1, after: words[0]) else { return shownName }
        return Secrets.masked(Array(words[1].prefix(Self.longestLook)), as: .text)
    }

    /// How much of what may hold a secret is looked through.
    private static let longestLook = 4_096

    private func firstKey(of row: Command) -> [UInt8]? {
        row.facts.keys.indexes(argumentCount: words.count) { number($0) }.first { $0 < words.count }.map { words[$0] }
    }

    /// The keys that it names, as far as it is a command that is known.
    var keys: [[UInt8]] {
        let command = words[0]
        guard let match = Catalog.find(command.span) else { return [] }
        let row =
            switch match {
            case .supported(let id): id.row
            case .unsupported(let row): Catalog.all[row]
            }
        return row.facts.keys.indexes(argumentCount: words.count) { number($0) }
            .map { words[$0] }
    }

    /// What does the same in 2.8; the command itself where it is one of 2.8, or nothing does.
    var form28: Form28 { laterForm ?? .commands([words]) }

    private var laterForm: Form28? {
        switch name {
        case "SET": set
        case "PEXPIREAT", "EXPIREAT", "PEXPIRE", "EXPIRE": words.count > 3 ? .commands([Array(words.prefix(3))]) : nil
        case "UNLINK": .commands([Self.command("DEL") + words.dropFirst()])
        case "COPY": copy
        case "RENAME", "RENAMENX":
            words.count == 3 ? .reading(.copy(from: words[1], to: words[2], keepsSource: false)) : nil
        case "HSET": words.count > 4 ? .commands([Self.command("HMSET") + words.dropFirst()]) : nil
        case "LPUSHX", "RPUSHX": words.count > 3 ? .commands(words.dropFirst(2).map { [words[0], words[1], $0] }) : nil
        case "LPOP", "RPOP": pop
        case "LMOVE": move
        case "ZADD": add
        case "ZPOPMIN", "ZPOPMAX": popByRank
        case "ZRANGESTORE": storeRange
        default: laterFormOfOthers
        }
    }

    private var laterFormOfOthers: Form28? {
        switch name {
        case "RESTORE", "RESTORE-ASKING": LoggedRestore(self).map { .reading(.restore($0)) }
        case "EVAL", "EVALSHA": .none("what the script does to keys is not in the log")
        case "FCALL": .none("what the function does to keys is not in the log")
        case "FUNCTION": function
        // The cluster would take them for the import's own.
        case "AUTH", "QUIT": .none("it is of a connection, and no data")
        // Nothing of these is data.
        case "SCRIPT", "PUBLISH", "SPUBLISH", "PING", "REPLCONF": .commands([])
        case "GETDEL", "DELEX", "DELIFEQ": words.count > 1 ? .commands([Self.command("DEL", words[1])]) : nil
        case "GETEX": getExpiring
        case "MSETEX": setManyExpiring
        case "HEXPIRE", "HPEXPIRE", "HEXPIREAT", "HPEXPIREAT", "HPERSIST", "HGETEX": .commands([])
        case "HGETDEL": fields { Self.command("HDEL", words[1]) + $0 }
        case "HSETEX": fields { _ in Self.command("HMSET", words[1]) + (namedFrom.map { words[$0...] } ?? []) }
        default: nil
        }
    }

    // MARK: Functions and fields

    private var function: Form28? {
        guard words.count > 1, ["LOAD", "RESTORE"].contains(Self.text(words[1])) else { return .commands([]) }
        return .none("Redis 2.8 has no functions")
    }

    /// Where what FIELDS announces begins.
    private var namedFrom: Int? {
        words.indices.dropFirst(2).first { Self.text(words[$0]) == "FIELDS" }.map { min($0 + 2, words.count) }
    }

    private func fields(_ command: (ArraySlice<[UInt8]>) -> [[UInt8]]) -> Form28? {
        let names = LoggedFields(self).names
        return names.isEmpty ? nil : .commands([command(names)])
    }

    // MARK: Strings

    private var set: Form28? {
        guard words.count > 3 else { return nil }
        var (keepsTime, isLater) = (false, false)
        var expiry: [[[UInt8]]] = []
        var rest = words.dropFirst(3)
        while let option = rest.popFirst() {
            switch Self.text(option) {
            case "NX", "XX": break
            case "IFEQ", "IFNE", "IFDEQ", "IFDNE":
                guard rest.popFirst() != nil else { return nil }
                isLater = true
            case "GET": isLater = true
            case "KEEPTTL": keepsTime = true
            case "PXAT", "EXAT":
                guard let time = rest.popFirst() else { return nil }
                expiry = [Self.command(Self.text(option) == "PXAT" ? "PEXPIREAT" : "EXPIREAT", words[1], time)]
            default: return nil
            }
        }
        if keepsTime { return .reading(.setKeepingTime(key: words[1], value: words[2])) }
        return isLater || !expiry.isEmpty ? .commands([Array(words.prefix(3))] + expiry) : nil
    }

    private var getExpiring: Form28? {
        guard words.count > 1 else { return nil }
        guard words.count > 2 else { return .commands([]) }
        let names = ["EX": "EXPIRE", "PX": "PEXPIRE", "EXAT": "EXPIREAT", "PXAT": "PEXPIREAT"]
        let option = Self.text(words[2])
        if option == "PERSIST" { return .commands([Self.command("PERSIST", words[1])]) }
        guard let name = names[option], words.count == 4 else { return nil }
        return .commands([Self.command(name, words[1], words[3])])
    }

    /// `MSETEX 2 k v l w PXAT 1795394106000`.
    private var setManyExpiring: Form28? {
        guard words.count > 1, let count = number(1), count > 0, count < words.count, words.count >= 2 + 2 * count
        else { return nil }
        let options = words.dropFirst(2 + 2 * count)
        var sets: [[[UInt8]]] = []
        for index in stride(from: 2, to: options.startIndex, by: 2) {
            let set = LoggedCommand(Self.command("SET", words[index], words[index + 1]) + options)
            guard case .commands(let some) = set.form28 else { return nil }
            sets += some
        }
        return .commands(sets)
    }

    // MARK: Keys

    private var copy: Form28? {
        guard words.count > 2 else { return nil }
        let options = words.dropFirst(3).map(Self.text)
        // To another database is to where there is none.
        guard [[], ["REPLACE"], ["DB", "0"], ["DB", "0", "REPLACE"], ["REPLACE", "DB", "0"]].contains(options) else {
            return nil
        }
        return .reading(.copy(from: words[1], to: words[2], keepsSource: true))
    }

    // MARK: Lists

    /// Several elements are popped by what is left: LTRIM takes a count beyond the list's length as well.
    private var pop: Form28? {
        guard words.count == 3, let count = number(2), count >= 0 else { return nil }
        let left = name == "LPOP" ? ("\(count)", "-1") : ("0", "\(-1 - count)")
        return .commands([Self.command("LTRIM", words[1], Array(left.0.utf8), Array(left.1.utf8))])
    }

    private var move: Form28? {
        guard words.count == 5 else { return nil }
        switch (Self.text(words[3]), Self.text(words[4])) {
        case ("RIGHT", "LEFT"): return .commands([Self.command("RPOPLPUSH", words[1], words[2])])
        case (let from, let to):
            return .reading(.move(from: words[1], isHead: from == "LEFT", to: words[2], toHead: to == "LEFT"))
        }
    }

    // MARK: Sorted sets

    private var add: Form28? {
        let rest = words.dropFirst(2)
        let options = Set(rest.map(Self.text).prefix { ["NX", "XX", "GT", "LT", "CH", "INCR"].contains($0) })
        let pairs = Array(rest.dropFirst(options.count))
        guard !options.isEmpty, !pairs.isEmpty, pairs.count.isMultiple(of: 2) else { return nil }
        if options.contains("INCR") {
            return pairs.count == 2 ? .commands([Self.command("ZINCRBY", words[1], pairs[0], pairs[1])]) : nil
        }
        let conditions = options.subtracting(["CH"])
        guard conditions.isEmpty || pairs.count == 2 else {
            return .reading(.add(key: words[1], conditions: conditions, pairs: pairs))
        }
        return .commands([Self.command("ZADD", words[1]) + pairs])
    }

    private var popByRank: Form28? {
        guard words.count == 2 || words.count == 3, let count = words.count == 2 ? 1 : number(2), count > 0 else {
            return nil
        }
        let ranks = name == "ZPOPMIN" ? ("0", "\(count - 1)") : ("\(-count)", "-1")
        return .commands([Self.command("ZREMRANGEBYRANK", words[1], Array(ranks.0.utf8), Array(ranks.1.utf8))])
    }

    private var storeRange: Form28? {
        guard words.count > 4 else { return nil }
        var (isByScore, isReverse) = (false, false)
        var limit: [[UInt8]] = []
        var rest = words.dropFirst(5)
        while let option = rest.popFirst() {
            switch Self.text(option) {
            case "BYSCORE": isByScore = true
            case "REV": isReverse = true
            case "LIMIT":
                guard let first = rest.popFirst(), let count = rest.popFirst() else { return nil }
                limit = [option, first, count]
            // 2.8 tells no scores for a range of names.
            default: return nil
            }
        }
        let query = (isReverse ? "ZREVRANGE" : "ZRANGE") + (isByScore ? "BYSCORE" : "")
        return .reading(
            .storeRange(key: words[1], query: Self.command(query) + words[2...4] + [Array("WITHSCORES".utf8)] + limit))
    }

    /// An argument that is the number of something; nil where it is missing, or no number.
    func number(_ index: Int) -> Int? { index < words.count ? Int(String(decoding: words[index], as: UTF8.self)) : nil }

    /// The number of the database that COPY names.
    var copyDatabase: Int? {
        words.indices.dropFirst(3).first { Self.text(words[$0]) == "DB" }.flatMap { number($0 + 1) }
    }
}
