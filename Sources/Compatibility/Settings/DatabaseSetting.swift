/// Finds which database the settings choose.
enum DatabaseSetting {
    /// A database other than 0.
    struct Choice: Hashable {
        /// Its number.
        let number: Int
        /// Where it is chosen.
        let range: Range<Int>
    }

    // MARK: Addresses

    private static let schemes = [
        "redis://", "rediss://", "valkey://", "valkeys://", "redis+socket://", "redis-socket://",
    ]

    /// The databases that addresses in a text choose: `redis://host:6379/3`, `rediss://…?db=3`.
    ///
    /// Takes time in proportion to the text.
    static func inAddresses(of text: ManifestText) -> [Choice] {
        var choices: [Choice] = []
        var index = 0
        while let separator = text.find("://", in: index..<text.count) {
            index = separator + 3
            var start = separator
            while isSchemeByte(text[start - 1]) { start -= 1 }
            guard schemes.contains(text.string(start..<separator + 3).lowercased()) else { continue }
            let end = addressEnd(text, from: separator + 3)
            if let number = database(text, separator + 3..<end), number > 0 {
                choices.append(Choice(number: number, range: start..<end))
            }
            index = end
        }
        return choices + inConnectionStrings(of: text)
    }

    /// `localhost:6379,defaultDatabase=3`, as StackExchange.Redis takes it.
    private static func inConnectionStrings(of text: ManifestText) -> [Choice] {
        ["defaultDatabase=", "DefaultDatabase="].flatMap { name -> [Choice] in
            var choices: [Choice] = []
            var index = 0
            while let start = text.find(name, in: index..<text.count) {
                index = start + name.utf8.count
                let digits = (index..<text.count).prefix { text[$0] >= 48 && text[$0] <= 57 }.prefix(6)
                guard let number = Int(text.string(digits.startIndex..<digits.endIndex)), number > 0 else { continue }
                choices.append(Choice(number: number, range: start..<digits.endIndex))
            }
            return choices
        }
    }

    private static func isSchemeByte(_ byte: UInt8) -> Bool {
        byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z") || byte == UInt8(ascii: "+")
            || byte == UInt8(ascii: "-")
    }

    /// An address ends at a blank, a quote or a bracket; what stands between braces belongs to it.
    private static func addressEnd(_ text: ManifestText, from start: Int) -> Int {
        var depth = 0
        var index = start
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") {
                if depth == 0 { break }
                depth -= 1
            }
            if byte == UInt8(ascii: "\n") || depth == 0 && (byte <= 32 || "\"'`<>)],;|\\".utf8.contains(byte)) { break }
            index += 1
        }
        return index
    }

    private static func database(_ text: ManifestText, _ address: Range<Int>) -> Int? {
        if let query = text.find("?", in: address) {
            for name in ["db=", "database="] {
                if let value = text.find(name, in: query..<address.upperBound),
                    "?&".utf8.contains(text[value - 1])
                {
                    return number(text, value + name.utf8.count..<address.upperBound)
                }
            }
            return text.find("/", in: address.lowerBound..<query).flatMap { number(text, $0 + 1..<query) }
        }
        guard let slash = address.last(where: { text[$0] == UInt8(ascii: "/") }) else { return nil }
        return number(text, slash + 1..<address.upperBound)
    }

    /// The number that a range begins with and that ends at its end, `&` or `#`.
    private static func number(_ text: ManifestText, _ range: Range<Int>) -> Int? {
        let digits = range.prefix { text[$0] >= UInt8(ascii: "0") && text[$0] <= UInt8(ascii: "9") }
        guard !digits.isEmpty, digits.count < 7 else { return nil }
        let isEnd = digits.endIndex == range.upperBound || "&#.".utf8.contains(text[digits.endIndex])
        return isEnd ? Int(text.string(digits)) : nil
    }

    // MARK: Names

    /// The database that an entry chooses by its name: `spring.redis.database`, `REDIS_DB`, `db` below `redis`.
    static func chosen(by entry: SettingsEntry, in text: ManifestText) -> Choice? {
        // What few settings have comes first: a file of translations has thousands.
        guard let own = entry.path.last.map(folded), isDatabaseName(own),
            let number = value(text.string(entry.value)), number > 0, isAboutRedis(entry.path)
        else { return nil }
        return Choice(number: number, range: entry.value)
    }

    private static func isAboutRedis(_ path: [String]) -> Bool {
        path.contains { name in
            let name = folded(name)
            return ["redis", "valkey", "jedis", "lettuce", "singleserverconfig", "sentinelserversconfig"]
                .contains(where: name.contains)
        }
    }

    private static let databaseNames: Set<String> = [
        "db", "database", "dbindex", "databaseindex", "dbnumber", "databasenumber", "dbnum", "dbid", "databaseid",
        "defaultdatabase", "defaultdb", "selecteddb", "redisdb", "redisdatabase",
    ]

    private static func isDatabaseName(_ name: String) -> Bool {
        databaseNames.contains(name)
            || ["db", "database", "dbindex", "dbnum", "dbnumber", "databaseindex", "databasenumber", "dbid"]
                .contains(where: name.hasSuffix) && name.contains("redis")
    }

    private static func folded(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    /// `3`, and the default of `${REDIS_DB:3}` and `${REDIS_DB:-3}`.
    private static func value(_ text: String) -> Int? {
        var digits = Substring(text)
        if digits.hasPrefix("${"), digits.hasSuffix("}"), let colon = digits.lastIndex(of: ":") {
            digits = digits[digits.index(after: colon)...].dropLast()
            if digits.first == "-" { digits = digits.dropFirst() }
        }
        digits = digits.drop { $0 == "\"" || $0 == "'" }.prefix { $0 != "\"" && $0 != "'" }
        guard !digits.isEmpty, digits.count < 7, digits.allSatisfy(\.isNumber) else { return nil }
        return Int(digits)
    }
}
