/// The prompt of redis-cli as it stands before a command in what was copied from a terminal.
///
///     127.0.0.1:6379> KEYS *
///     redis 127.0.0.1:6379[3]> GET a                     (2.4 and 2.6)
///     cache.example.com:6379(TX)> SET a 1
///     redis /tmp/redis.sock[1]> INFO
///     not connected> PING
struct RedisPrompt {
    /// The database that the connection is in; nil if the prompt does not say.
    let database: Int?
    /// Where the command begins in the line.
    let command: Int

    /// The prompt that a line begins with; nil if it begins with none.
    init?(_ line: some RandomAccessCollection<UInt8>) {
        let line = Array(line.prefix(Self.maximumBytes))
        guard let sign = Self.sign(line) else { return nil }
        var rest = line[..<sign]
        for mark in ["(TX)", "(subscribed mode)"] where rest.hasSuffix(mark) { rest = rest.dropLast(mark.utf8.count) }
        var number: Int?
        if rest.last == UInt8(ascii: "]"), let open = rest.lastIndex(of: UInt8(ascii: "[")) {
            let digits = rest[(open + 1)...].dropLast()
            if !digits.isEmpty, digits.count < 6, digits.allSatisfy({ $0 >= 48 && $0 <= 57 }) {
                number = Int(String(decoding: digits, as: UTF8.self))
                rest = rest[..<open]
            }
        }
        let name = String(decoding: rest, as: UTF8.self)
        guard Self.isServer(name) else { return nil }
        // Before 2.6.12 the prompt says nothing of the database, and documentation never does.
        database = number ?? (Self.programs.contains(name) ? nil : 0)
        command = min(sign + 2, line.count)
    }

    /// A host's name has 253 bytes at most, a socket's path 107.
    private static let maximumBytes = 300
    private static let programs: Set<String> = ["redis", "valkey", "keydb", "redis-cli", "valkey-cli"]

    /// Where `> ` stands, or `>` at the line's end.
    private static func sign(_ line: [UInt8]) -> Int? {
        line.indices.first { index in
            line[index] == UInt8(ascii: ">") && (index + 1 == line.count || line[index + 1] == 32)
        }
    }

    private static func isServer(_ name: String) -> Bool {
        if name == "not connected" || programs.contains(name) { return true }
        var words = name.split(separator: " ", omittingEmptySubsequences: false)
        if words.count == 2, programs.contains(String(words[0])) { words.removeFirst() }
        guard words.count == 1, let address = words.first, !address.isEmpty else { return false }
        if address.hasPrefix("/") { return true }
        guard let colon = address.lastIndex(of: ":") else { return false }
        let port = address[address.index(after: colon)...]
        let host = address[..<colon]
        return (1...5).contains(port.count) && port.allSatisfy { $0.isASCII && $0.isNumber } && !host.isEmpty
            && host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-:[]%".contains($0)) }
    }
}

extension ArraySlice<UInt8> {
    fileprivate func hasSuffix(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
