/// Takes the lines that a container has written out of the file in which docker keeps them (its driver `json-file`).
///
///     {"log":"1795394106.974517 [0 10.0.0.7:59752] \\"KEYS\\" \\"*\\"\\n","stream":"stdout","time":"2026-11-28T10:00:00Z"}
///
/// Docker cuts a line of more than 16 KiB into several of the file, of which the last alone has a line feed in it. What is no
/// such line stays as it is.
struct ContainerLogFilter {
    /// The line of the file that has begun.
    private var line: [UInt8] = []

    private static let beginning = Array("{\"log\":\"".utf8)
    /// A longer line is none of docker's.
    private static let longest = 1 << 20

    /// Whether a file is docker's, by its first line.
    static func isNeeded(for head: UnsafeRawBufferPointer) -> Bool {
        guard head.starts(with: beginning) else { return false }
        let first = head.prefix { $0 != 10 }
        return ["\"stream\":\"stdout\"", "\"stream\":\"stderr\""].contains { mark in
            let mark = Array(mark.utf8)
            return first.indices.contains { first[$0] == mark[0] && first[$0...].starts(with: mark) }
        }
    }

    /// Appends what the container has written.
    mutating func append(_ bytes: some Sequence<UInt8>, to output: inout [UInt8]) {
        for byte in bytes {
            line.append(byte)
            if byte == 10 || line.count > Self.longest { finish(to: &output) }
        }
    }

    /// Appends what the last line leaves, which need not be ended.
    mutating func finish(to output: inout [UInt8]) {
        guard !line.isEmpty else { return }
        if !unwrap(to: &output) { output += line }
        line.removeAll(keepingCapacity: true)
    }

    /// Appends the text of the line; returns whether it has one.
    private func unwrap(to output: inout [UInt8]) -> Bool {
        guard line.starts(with: Self.beginning) else { return false }
        var text: [UInt8] = []
        var index = Self.beginning.count
        while index < line.count, line[index] != UInt8(ascii: "\"") {
            guard line[index] == 92 else {
                text.append(line[index])
                index += 1
                continue
            }
            guard let escape = escape(index + 1) else { return false }
            text += escape.bytes
            index += 1 + escape.count
        }
        guard index < line.count else { return false }
        output += text
        return true
    }

    /// What an escape means whose letter stands at a place, and how many bytes it has from there on.
    private func escape(_ index: Int) -> (bytes: [UInt8], count: Int)? {
        guard index < line.count else { return nil }
        switch line[index] {
        case UInt8(ascii: "n"): return ([10], 1)
        case UInt8(ascii: "r"): return ([13], 1)
        case UInt8(ascii: "t"): return ([9], 1)
        case UInt8(ascii: "b"): return ([8], 1)
        case UInt8(ascii: "f"): return ([12], 1)
        case UInt8(ascii: "u"):
            let digits = String(decoding: line[min(index + 1, line.count)...].prefix(4), as: UTF8.self)
            guard digits.count == 4, let number = UInt32(digits, radix: 16) else { return nil }
            let scalar = Unicode.Scalar(number) ?? "\u{FFFD}"
            return (Array(String(scalar).utf8), 5)
        case let byte: return ([byte], 1)
        }
    }
}
