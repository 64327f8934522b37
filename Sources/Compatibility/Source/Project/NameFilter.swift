/// Tells whether a file has one of many names in it, without reading it as a program.
struct NameFilter: Sendable {
    /// A bit for each of the low bits of a name's hash: most names of a file are not there, and cost no look-up.
    private var bits: [UInt64] = Array(repeating: 0, count: Self.bitCount / 64)
    private let names: Set<Identifier>
    /// The names are without capitals and underscores.
    private let isPlain: Bool

    private static let bitCount = 1 << 16

    init(_ names: Set<Identifier>, isPlain: Bool = false) {
        self.names = names
        self.isPlain = isPlain
        for name in names {
            let bit = Int(truncatingIfNeeded: name.hash >> 8) & (Self.bitCount - 1)
            bits[bit >> 6] |= 1 << UInt64(bit & 63)
        }
    }

    /// One of the names is a word of the file.
    func isIn(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var isFound = false
        words(in: bytes) { _ in
            isFound = true
            return false
        }
        return isFound
    }

    /// Whether a name is one of these.
    func contains(_ name: Identifier) -> Bool { names.contains(name) }

    /// Tells the words of a file that are among the names, until `body` wants no more.
    func words(in bytes: UnsafeRawBufferPointer, _ body: (Identifier) -> Bool) {
        guard let base = bytes.baseAddress, !names.isEmpty else { return }
        var index = 0
        let count = bytes.count
        bits.withUnsafeBufferPointer { bits in
            while index < count {
                guard SourceByte.startsName(bytes[index]) else {
                    index += 1
                    continue
                }
                let start = index
                repeat { index += 1 } while index < count && SourceByte.continuesName(bytes[index])
                let word = UnsafeRawBufferPointer(start: base + start, count: index - start)
                let name = isPlain ? Identifier(plain: word) : Identifier(word)
                let bit = Int(truncatingIfNeeded: name.hash >> 8) & (Self.bitCount - 1)
                if bits[bit >> 6] & (1 << UInt64(bit & 63)) != 0, names.contains(name), !body(name) { return }
                while index < count, SourceByte.isDigit(bytes[index]) { index += 1 }
            }
        }
    }
}
