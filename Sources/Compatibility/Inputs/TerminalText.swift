/// What a terminal shows around what redis-cli writes.
enum TerminalText {
    /// Whether a line is none of redis-cli's output: a prompt with what was typed there, the key that has ended the program, or
    /// what script(1) writes at both ends of a recording.
    static func isNoise(_ line: some RandomAccessCollection<UInt8>) -> Bool {
        let text = line.prefix(maximumBytes).filter { $0 != 10 && $0 != 13 }
        if text.elementsEqual("^C".utf8) || RedisPrompt(text) != nil || isCall(text) { return true }
        return ["Script started on ", "Script done on "].contains { text.starts(with: $0.utf8) }
    }

    /// `$ redis-cli slowlog get 2`, `root@cache:/# redis-cli monitor`.
    private static func isCall(_ text: [UInt8]) -> Bool {
        guard let sign = text.firstIndex(where: { "$#%>".utf8.contains($0) }), text.dropFirst(sign + 1).first == 32,
            !text[..<sign].contains(UInt8(ascii: "\""))
        else { return false }
        return RedisClientCall.programs.contains { text[(sign + 1)...].contains($0.utf8) }
    }

    /// Where the call of a client begins behind a shell's prompt: `$ redis-cli keys x`, `me@host:~$ redis-cli keys x`; nil for
    /// another line.
    static func call(_ line: some RandomAccessCollection<UInt8>) -> Int? {
        let text = Array(line.prefix(maximumBytes))
        guard let sign = text.firstIndex(where: { "$#%>".utf8.contains($0) }), sign + 2 < text.count,
            text[sign + 1] == 32
        else { return nil }
        let prompt = String(decoding: text[..<sign], as: UTF8.self)
        let isPrompt =
            prompt.isEmpty
            ? text[sign] == UInt8(ascii: "$") || text[sign] == UInt8(ascii: "%")
            : !prompt.contains { "\"'=|;&`(){}<*,".contains($0) } && prompt.contains { "@~/:\\[".contains($0) }
                && prompt.split(separator: " ").count <= 4
        let rest = text[(sign + 2)...]
        guard isPrompt, RedisClientCall.programs.contains(where: { rest.contains($0.utf8) }) else { return nil }
        return rest.startIndex
    }

    /// A longer line is no prompt.
    private static let maximumBytes = 4096

    /// The line as it stood on the screen when it was done: a terminal draws it anew for each key, behind a carriage return.
    static func lastDrawn(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        guard let start = line.dropLast().lastIndex(of: 13) else { return line }
        let last = UnsafeRawBufferPointer(rebasing: line[(start + 1)...])
        return RedisPrompt(last) == nil ? line : last
    }
}
