// The shapes of a slow log that go by lines.

extension SlowLog {
    // MARK: On a terminal

    /// ` 1) 1) (integer) 26` begins an entry; `    4) 1) "HELLO"` its arguments, which go on at the same depth.
    mutating func readTerminal(_ body: (Entry) -> Void) {
        var lines = TextLines(text)
        var reading = TerminalEntry()
        while let line = lines.next() {
            if line.bytes.isEmpty { continue }
            if TerminalText.isNoise(line.bytes) {
                reading.end(body)
                reading.isBehindPrompt = true
            } else if !reading.take(line, body), !reading.isBehindPrompt {
                return fail(Self.noBeginning, line)
            }
        }
        reading.end(body)
    }

    /// The entry that the lines of a terminal are about.
    private struct TerminalEntry {
        private var entry: Entry?
        private var isInArguments = false
        private var argumentIndent = 0
        private var field = 0
        /// Whether what comes may be another command's reply.
        var isBehindPrompt = false

        /// Takes the next line; returns whether it belongs to an entry.
        mutating func take(_ line: TextLines.Line, _ body: (Entry) -> Void) -> Bool {
            let parts = Self.numbers(line.bytes)
            let value = line.bytes.dropFirst(parts.length)
            if parts.count == 2, parts.last == 1, value.starts(with: Array("(integer)".utf8)) {
                end(body)
                entry = Entry(line: line.number, byteOffset: line.offset)
                field = 1
                return true
            }
            guard entry != nil else { return false }
            if parts.count == 2 {
                isInArguments = true
                argumentIndent = parts.lastIndent
                field += 1
            } else if !(isInArguments && parts.lastIndent == argumentIndent) {
                isInArguments = false
                field += 1
                if field == 2 { entry?.seconds = SlowLog.integer(value) ?? 0 }
                return true
            }
            if isInArguments, let argument = SlowLog.quoted(value) { entry?.add(argument) }
            return true
        }

        /// Hands over the entry that there is.
        mutating func end(_ body: (Entry) -> Void) {
            if let entry { body(entry) }
            entry = nil
            isInArguments = false
        }

        /// The `1)` before a value: how many there are, the last of them and where it stands.
        private static func numbers(
            _ line: ArraySlice<UInt8>
        ) -> (count: Int, last: Int, lastIndent: Int, length: Int) {
            var position = line.startIndex
            var found = (count: 0, last: 0, lastIndent: 0, length: 0)
            while true {
                var next = position
                while next < line.endIndex, line[next] == 32 || line[next] == 9 { next += 1 }
                let digits = line[next...].prefix { $0 >= 48 && $0 <= 57 }
                guard !digits.isEmpty, digits.count < 10, digits.endIndex < line.endIndex,
                    line[digits.endIndex] == UInt8(ascii: ")")
                else { break }
                found.count += 1
                found.last = Int(String(decoding: digits, as: UTF8.self)) ?? 0
                found.lastIndent = digits.endIndex - line.startIndex
                position = digits.endIndex + 1
                if position < line.endIndex, line[position] == 32 { position += 1 }
                found.length = position - line.startIndex
            }
            return found
        }
    }

    // MARK: Through a pipe

    /// One value a line: number, time, duration, arguments, client, its name.
    ///
    /// Where an entry ends is told by the three numbers that the next begins with.
    mutating func readPiped(_ body: (Entry) -> Void) {
        var lines = TextLines(text)
        /// The next four lines: as many as tell whether an entry begins.
        var ahead: [TextLines.Line] = []
        func advance() {
            if !ahead.isEmpty { ahead.removeFirst() }
            while ahead.count < 4, let line = lines.next() { ahead.append(line) }
        }
        advance()
        while let line = ahead.first, line.bytes.isEmpty || TerminalText.isNoise(line.bytes) { advance() }
        var hasClients: Bool?
        while let first = ahead.first {
            guard Self.isEntry(ahead) else { return fail(Self.noBeginning, first) }
            let seconds = Self.integer(ahead[1].bytes) ?? 0
            for _ in 0..<3 { advance() }
            var values: [ArraySlice<UInt8>] = []
            repeat {
                if let line = ahead.first { values.append(line.bytes) }
                advance()
                // The server keeps 32 arguments of 128 bytes, of which each may be a line feed.
                guard values.count <= 10_000 else { return fail("an entry of the slow log does not end", first) }
            } while !ahead.isEmpty && !Self.isEntry(ahead)
            let arguments = Self.withoutClient(values, isLast: ahead.isEmpty, &hasClients)
            var entry = Entry(
                line: first.number, byteOffset: first.offset, seconds: seconds, arguments.map { Array($0) })
            // One argument with a line feed is two lines.
            entry.isAmbiguous = arguments.count > 1
            body(entry)
        }
    }

    private static func isEntry(_ lines: [TextLines.Line]) -> Bool {
        guard lines.count > 3 else { return false }
        for line in lines[...2] {
            guard !line.bytes.isEmpty, line.bytes.count < 20, line.bytes.allSatisfy({ $0 >= 48 && $0 <= 57 }) else {
                return false
            }
        }
        return (9...11).contains(lines[1].bytes.count)
    }

    /// Redis 4.0 and later write the client's address and name behind the arguments.
    ///
    /// - Parameters:
    ///   - isLast: whether it is the log's last entry, whose empty name an editor may have taken away, or of which more blank
    ///     lines follow.
    ///   - hasClients: whether the log's entries have clients; set by the first.
    private static func withoutClient(
        _ values: [ArraySlice<UInt8>], isLast: Bool, _ hasClients: inout Bool?
    ) -> ArraySlice<ArraySlice<UInt8>> {
        var values = values[...]
        if isLast {
            while values.count > 2, values.suffix(2).allSatisfy(\.isEmpty) { values.removeLast() }
        }
        let backs = isLast ? [2, 1] : [2]
        let back = backs.first { values.count > $0 && isClient(values[values.endIndex - $0]) }
        defer { hasClients = hasClients ?? (back != nil) }
        guard let back, hasClients ?? true else { return values }
        return values.dropLast(back)
    }

    /// Whether a text is a client's address: `10.0.0.7:59886`, `[::1]:59886`, `/run/redis.sock:0`.
    private static func isClient(_ value: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: value.prefix(160), as: UTF8.self)
        guard let colon = text.lastIndex(of: ":") else { return false }
        let port = text[text.index(after: colon)...]
        let host = text[..<colon]
        guard (1...5).contains(port.count), port.allSatisfy({ $0.isASCII && $0.isNumber }) else { return false }
        if host.hasPrefix("/") || host == "?" { return true }
        let isIPv4 = host.split(separator: ".", omittingEmptySubsequences: false).count == 4
        return isIPv4 && host.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
            || host.contains(":") && host.allSatisfy { $0.isASCII && ($0.isHexDigit || "[]:.%".contains($0)) }
    }

    // MARK: CSV

    /// Values with commas between, however many lines they are on: an entry begins with three numbers, and all that follows
    /// them is in quotes.
    mutating func readCSV(_ body: (Entry) -> Void) {
        var lines = TextLines(text)
        var hasClients: Bool?
        while let line = lines.next() {
            if line.bytes.isEmpty || TerminalText.isNoise(line.bytes) { continue }
            var numbers: [Int64] = []
            var arguments: [ArraySlice<UInt8>] = []
            var start = line.offset
            func end() {
                let known = Self.withoutClient(arguments, isLast: false, &hasClients).map { Array($0) }
                body(Entry(line: line.number, byteOffset: start, seconds: numbers[1], known))
                (numbers, arguments) = ([], [])
            }
            var rest = line.bytes
            while !rest.isEmpty {
                guard let value = Self.csvValue(&rest) else {
                    return fail("a quote is not closed or a comma is missing", line: line.number, at: rest.startIndex)
                }
                if value.isQuoted || Self.integer(value.bytes) == nil {
                    guard numbers.count == 3 else { return fail(Self.noBeginning, line: line.number, at: value.offset) }
                    arguments.append(value.bytes)
                } else {
                    if !arguments.isEmpty { end() }
                    if numbers.isEmpty { start = value.offset }
                    numbers.append(Self.integer(value.bytes) ?? 0)
                    guard numbers.count <= 3 else {
                        return fail("an entry has no command", line: line.number, at: start)
                    }
                }
            }
            guard numbers.count == 3, !arguments.isEmpty else {
                return fail("an entry has no command", line: line.number, at: start)
            }
            end()
        }
    }

    private struct CSVValue {
        let bytes: ArraySlice<UInt8>
        let isQuoted: Bool
        let offset: Int
    }

    /// The next value, taken from the front with its comma; nil where it does not end.
    private static func csvValue(_ rest: inout ArraySlice<UInt8>) -> CSVValue? {
        let offset = rest.startIndex
        let value: CSVValue
        if rest.first == UInt8(ascii: "\"") {
            var end = offset + 1
            while end < rest.endIndex, rest[end] != UInt8(ascii: "\"") { end += rest[end] == 92 ? 2 : 1 }
            guard end < rest.endIndex else { return nil }
            let text = rest[...end]
            value = CSVValue(
                bytes: (quoted(text) ?? Array(text.dropFirst().dropLast()))[...], isQuoted: true, offset: offset)
            rest = rest[(end + 1)...]
        } else {
            let text = rest.prefix { $0 != UInt8(ascii: ",") }
            value = CSVValue(bytes: text, isQuoted: false, offset: offset)
            rest = rest[text.endIndex...]
        }
        guard rest.isEmpty || rest.popFirst() == UInt8(ascii: ",") else { return nil }
        return value
    }
}
