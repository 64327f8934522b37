/// Connections to a server of Redis that a shell script makes without a client.
///
///     nc host 6379 <<< "KEYS *"
///     exec 3<>/dev/tcp/host/6379
///     echo "KEYS *" | socat - TCP:host:6379
enum ShellConnection {
    /// Programs that pass their input on to a port.
    static let programs: Set<String> = [
        "nc", "ncat", "netcat", "nc.openbsd", "nc.traditional", "socat", "telnet",
    ]

    /// The ports that servers of Redis have where nobody says otherwise: the usual one and those that people count on from it.
    private static let ports = 6379...6399

    /// Whether arguments, as they are written, lead to Redis: by the port, or by what the host or a variable is called.
    static func isToRedis(_ arguments: [String]) -> Bool {
        arguments.contains { argument in
            argument.lowercased().contains("redis")
                || argument.split(whereSeparator: { ":,\"'/ ".contains($0) }).contains(where: isPort)
        }
    }

    /// Whether a file is the shell's own name of a connection: `/dev/tcp/host/6379`.
    static func isToRedis(file: String) -> Bool {
        guard file.hasPrefix("/dev/tcp/") else { return false }
        return isToRedis([String(file.dropFirst("/dev/tcp/".count))])
    }

    private static func isPort(_ word: Substring) -> Bool { Int(word).map { ports.contains($0) } ?? false }
}

/// Requests that a script writes itself, inline or as RESP, as the lines that redis-cli would take.
enum RESPLines {
    /// The lines of a text, one for each request; what is no request of RESP is a line by itself.
    static func lines(of text: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var rest = text.split(separator: 10).map { Array($0.last == 13 ? $0.dropLast() : $0) }[...]
        while let line = rest.popFirst() {
            guard line.first == UInt8(ascii: "*"), let count = number(line), count > 0 else {
                lines.append(line)
                continue
            }
            var words: [[UInt8]] = []
            while words.count < count, let header = rest.first, header.first == UInt8(ascii: "$"),
                number(header) != nil
            {
                rest = rest.dropFirst()
                if let word = rest.popFirst() { words.append(word) }
            }
            if !words.isEmpty { lines.append(Array(words.map(quoted).joined(separator: [32]))) }
        }
        return lines
    }

    private static func number(_ header: [UInt8]) -> Int? { Int(String(decoding: header.dropFirst(), as: UTF8.self)) }

    /// A word in quotes if it needs them.
    private static func quoted(_ word: [UInt8]) -> [UInt8] {
        guard word.isEmpty || word.contains(where: { $0 <= 32 || $0 == 34 || $0 == 39 || $0 == 92 }) else {
            return word
        }
        let quote = UInt8(ascii: "\"")
        return [quote] + word.flatMap { $0 == quote || $0 == 92 ? [92, $0] : [$0] } + [quote]
    }
}
