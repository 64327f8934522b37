/// What keys of one kind have in common: the parts that look like identities become `*`.
///
///     sess:user:4711                                        sess:user:*
///     rq:job:3a554378-5575-414a-a282-edb842b465a3           rq:job:*
///     cache:v2:page                                         cache:*:page
///
/// A part is a run of letters and digits. It is an identity where it has a digit or a byte outside of ASCII, or where it
/// is longer than a word is.
enum KeyPattern {
    /// A longer pattern is cut; keys that differ only behind that are gathered together.
    static let maximumBytes = 96
    private static let longestWord = 32

    /// Writes the pattern of a key over `pattern`.
    static func write(_ key: UnsafeRawBufferPointer, to pattern: inout [UInt8]) {
        pattern.removeAll(keepingCapacity: true)
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: maximumBytes + longestWord + 1) { room in
            guard let start = room.baseAddress else { return }
            var writer = Writer(start)
            writer.write(key)
            pattern.append(contentsOf: UnsafeBufferPointer(start: start, count: writer.count))
        }
    }

    /// Writes into memory that has room for the longest pattern and one more word.
    private struct Writer {
        private let pattern: UnsafeMutablePointer<UInt8>
        private(set) var count = 0

        init(_ pattern: UnsafeMutablePointer<UInt8>) { self.pattern = pattern }

        mutating func write(_ key: UnsafeRawBufferPointer) {
            var position = 0
            while position < key.count, count < maximumBytes {
                guard ByteClass.of(key[position]).isInWord else {
                    append(key[position])
                    position += 1
                    continue
                }
                let begin = position
                var classes = ByteClass()
                while position < key.count {
                    let next = ByteClass.of(key[position])
                    guard next.isInWord else { break }
                    classes.formUnion(next)
                    position += 1
                }
                let length = position - begin
                if classes.contains(.noLetter) || length > longestWord
                    || length >= 4 && !classes.contains(.noHexLetter) && continuesIdentity
                {
                    appendStar()
                } else {
                    for index in begin..<position { append(key[index]) }
                }
            }
            if position < key.count, count == 0 || pattern[count - 1] != star { append(star) }
        }

        private mutating func append(_ byte: UInt8) {
            pattern[count] = byte
            count += 1
        }

        /// `*-*` and `*.*` are one identity: UUIDs, dates, addresses, floating numbers.
        private mutating func appendStar() {
            if continuesIdentity { count -= 1 } else { append(star) }
        }

        private var continuesIdentity: Bool {
            guard count >= 2, pattern[count - 2] == star else { return false }
            return pattern[count - 1] == UInt8(ascii: "-") || pattern[count - 1] == UInt8(ascii: ".")
        }
    }

    private static let star = UInt8(ascii: "*")
}

/// What a byte of a key is, as far as patterns are concerned.
private struct ByteClass: OptionSet {
    let rawValue: UInt8

    static let inWord = ByteClass(rawValue: 1)
    static let noLetter = ByteClass(rawValue: 2)
    static let noHexLetter = ByteClass(rawValue: 4)

    var isInWord: Bool { contains(.inWord) }

    @inline(__always)
    static func of(_ byte: UInt8) -> ByteClass {
        let letter = byte | 0x20
        if letter >= 97, letter <= 122 { return letter <= 102 ? .inWord : [.inWord, .noHexLetter] }
        return byte >= 0x80 || (byte >= 48 && byte <= 57) ? [.inWord, .noLetter] : []
    }
}
