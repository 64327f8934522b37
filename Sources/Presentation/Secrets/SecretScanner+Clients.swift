// The options of redis-cli and its like: `-a password`, `-apassword`, `--user me:password`.

extension SecretScanner {
    /// Reads an option of a client that is or has a password; returns whether it is one.
    mutating func readClientOption(_ name: ArraySlice<UInt8>) -> Bool {
        guard isAtWordStart(name.startIndex) else { return false }
        if isBehindClient, Self.userOptions.contains(where: { name.elementsEqual($0.utf8) }) {
            readUser(after: name.endIndex)
            return true
        }
        guard name.count >= 2, name.first == UInt8(ascii: "-"), name.dropFirst().first.map({ $0 | 0x20 }) == 97 else {
            return false
        }
        let end = name.startIndex + 2
        if name.count == 2, !isJoined(end, name) {
            // `-a` of redis-cli and `-A` of redis-port, wherever on the line.
            if byte(end) == UInt8(ascii: "=") { readJoinedOption(end + 1, name) } else { readOption(name) }
            return true
        }
        // A name that begins with `-a` may be another program's option, as in `ls -al`.
        guard isBehindClient else { return false }
        readJoinedOption(end, name)
        return true
    }

    /// Options whose value is a user, and what is taken for the user's password behind a colon.
    private static let userOptions = ["--user", "-u", "--uri", "--url"]

    /// Whether an option of two letters goes on as a password within the same word.
    private func isJoined(_ end: Int, _ name: ArraySlice<UInt8>) -> Bool {
        let next = byte(end)
        let around = byte(name.startIndex - 1)
        let isClosed = TextQuote.isQuote(next) && next == around
        return next > 32 && next != UInt8(ascii: "=") && next != UInt8(ascii: "\\") && !isClosed
            && !",;)}]|&<>".utf8.contains(next)
    }
}

/// The programs whose option `-a` or `-A` is a password.
enum ClientPrograms {
    /// Whether one is named, or a line of options begins with it, as the second line of a long call does.
    static func areNamed(in text: [UInt8]) -> Bool {
        let start = text.drop { $0 == 32 || $0 == 9 }
        if start.starts(with: Array("-a ".utf8)) || start.starts(with: Array("-A ".utf8)) { return true }
        return names.contains { name in
            guard text.count >= name.count else { return false }
            return (0...text.count - name.count).contains { text[$0] == name[0] && text[$0...].starts(with: name) }
        }
    }

    /// Whether a word names one: `redis-cli`, `redis-cli-7.2`.
    static func isName(_ word: ArraySlice<UInt8>) -> Bool { names.contains { word.starts(with: $0) } }

    private static let names = [
        "redis-cli", "valkey-cli", "keydb-cli", "redis-benchmark", "valkey-benchmark", "memtier_benchmark",
        "redis-port",
        "crs-port", "redis-dump", "redis-load", "redis-memory", "redis-rdb", "iredis", "rdcli", "rdb ",
    ].map { Array($0.utf8) }
}
