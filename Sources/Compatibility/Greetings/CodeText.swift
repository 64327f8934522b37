import Glibc

/// A source file or a configuration without its comments, spaces and tabs: what is left is searched for settings, however
/// they are laid out.
///
/// Line feeds stay: in some languages they end a call.
struct CodeText {
    private(set) var bytes: [UInt8] = []
    /// Of each byte where it stands in the file.
    private(set) var offsets: [Int32] = []

    /// Files of more bytes than this are not searched.
    static let maximumBytes = 4 << 20

    /// - Parameter comments: what begins a comment that ends with its line.
    init(_ text: UnsafeRawBufferPointer, comments: LineComments) {
        guard text.count <= Self.maximumBytes else { return }
        bytes.reserveCapacity(text.count)
        offsets.reserveCapacity(text.count)
        var index = 0
        var quote: UInt8 = 0
        while index < text.count {
            let byte = text[index]
            if quote == 0, let end = comments.end(of: text, at: index) {
                index = end
                continue
            }
            if byte == UInt8(ascii: "\\"), index + 1 < text.count {
                append(byte, index)
                append(text[index + 1], index + 1)
                index += 2
                continue
            }
            if quote == 0, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`") {
                quote = byte
            } else if byte == quote || (byte == UInt8(ascii: "\n") && quote != UInt8(ascii: "`")) {
                quote = 0
            }
            if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t"), byte != UInt8(ascii: "\r") { append(byte, index) }
            index += 1
        }
    }

    private mutating func append(_ byte: UInt8, _ offset: Int) {
        bytes.append(byte)
        offsets.append(Int32(truncatingIfNeeded: offset))
    }

    /// Where a word begins, from an index on; nil where it does not come any more.
    func find(_ word: [UInt8], from start: Int = 0, to end: Int? = nil) -> Int? {
        let end = min(end ?? bytes.count, bytes.count)
        guard let first = word.first, start >= 0, start + word.count <= end else { return nil }
        return bytes.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) -> Int? in
            guard let base = bytes.baseAddress else { return nil }
            var index = start
            // The last place where the word could begin, and one more.
            let limit = end - word.count + 1
            while index < limit, let next = memchr(base + index, CInt(first), limit - index) {
                index = base.distance(to: next)
                if memcmp(base + index, word, word.count) == 0 { return index }
                index += 1
            }
            return nil
        }
    }

    /// Whether all words of one of the alternatives are in a range.
    func has(_ alternatives: [[String]], in range: Range<Int>) -> Bool {
        alternatives.contains { words in
            words.allSatisfy { find(Array($0.utf8), from: range.lowerBound, to: range.upperBound) != nil }
        }
    }

    /// The same anywhere.
    func has(_ alternatives: [[String]]) -> Bool { has(alternatives, in: 0..<bytes.count) }
}

/// How a language writes comments.
struct LineComments {
    private let hash: Bool
    private let slashes: Bool

    init(_ language: SourceLanguage) {
        switch language {
        case .python, .ruby: (hash, slashes) = (true, false)
        case .php: (hash, slashes) = (true, true)
        case .lua: (hash, slashes) = (false, false)
        default: (hash, slashes) = (false, true)
        }
    }

    private init(hash: Bool, slashes: Bool) {
        self.hash = hash
        self.slashes = slashes
    }

    /// Of configurations, such as YAML and TOML.
    static let configuration = LineComments(hash: true, slashes: false)

    /// Where a comment that begins at `index` ends; nil where none begins there.
    func end(of text: UnsafeRawBufferPointer, at index: Int) -> Int? {
        let byte = text[index]
        if hash, byte == UInt8(ascii: "#") { return lineEnd(text, index) }
        guard slashes, byte == UInt8(ascii: "/"), index + 1 < text.count else { return nil }
        if text[index + 1] == UInt8(ascii: "/") { return lineEnd(text, index) }
        guard text[index + 1] == UInt8(ascii: "*") else { return nil }
        var end = index + 2
        while end + 1 < text.count, text[end] != UInt8(ascii: "*") || text[end + 1] != UInt8(ascii: "/") { end += 1 }
        return min(end + 2, text.count)
    }

    private func lineEnd(_ text: UnsafeRawBufferPointer, _ index: Int) -> Int {
        var end = index
        while end < text.count, text[end] != UInt8(ascii: "\n") { end += 1 }
        return end
    }
}
