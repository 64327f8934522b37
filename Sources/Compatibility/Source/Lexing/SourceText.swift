import Glibc

/// The bytes of a source file; a byte beyond either end reads as 0.
struct SourceText {
    private let base: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { base = bytes }

    var count: Int { base.count }

    @inline(__always)
    subscript(index: Int) -> UInt8 {
        UInt(bitPattern: index) < UInt(bitPattern: base.count) ? base[index] : 0
    }

    /// The bytes of a range; the part of it that lies within the file.
    func slice(_ start: Int, _ end: Int) -> UnsafeRawBufferPointer {
        let range = (start..<max(start, end)).clamped(to: 0..<base.count)
        return UnsafeRawBufferPointer(rebasing: base[range])
    }

    func text(_ start: Int, _ end: Int) -> String { String(decoding: slice(start, end), as: UTF8.self) }

    /// The text stands at `index`.
    func starts(with text: StaticString, at index: Int) -> Bool {
        guard index >= 0, index + text.utf8CodeUnitCount <= count else { return false }
        for offset in 0..<text.utf8CodeUnitCount where base[index + offset] != text.utf8Start[offset] { return false }
        return true
    }

    /// The bytes of another range of the text are at `index` too.
    func isEqual(_ range: Range<Int>, at index: Int) -> Bool {
        for offset in 0..<range.count where self[index + offset] != self[range.lowerBound + offset] { return false }
        return true
    }

    /// Where `text` stands first at or after `index`, or nil.
    func find(_ text: StaticString, from index: Int, end: Int) -> Int? {
        var index = max(0, index)
        let last = min(end, count) - text.utf8CodeUnitCount
        while index <= last {
            if base[index] == text.utf8Start[0], starts(with: text, at: index) { return index }
            index += 1
        }
        return nil
    }

    /// The first line feed at or after `index`, or the end.
    func endOfLine(_ index: Int) -> Int {
        var index = index
        while index < count, base[index] != SourceByte.lineFeed { index += 1 }
        return min(index, count)
    }
}

/// The fast test before anything is read.
///
/// Does a file hold `edis`, which every import of a client has, elsewhere than in "redistribute", "redispatch" and
/// "rediscover"?
enum ClientMention {
    /// Compares four bytes at eight places at a time.
    static func isIn(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress else { return false }
        let text = SourceText(bytes)
        let lowBits: UInt64 = 0x0101_0101_0101_0101
        var index = 0
        while index &+ 11 <= bytes.count {
            let e = base.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ (lowBits &* 0x65)
            let d = base.loadUnaligned(fromByteOffset: index &+ 1, as: UInt64.self) ^ (lowBits &* 0x64)
            let i = base.loadUnaligned(fromByteOffset: index &+ 2, as: UInt64.self) ^ (lowBits &* 0x69)
            let s = base.loadUnaligned(fromByteOffset: index &+ 3, as: UInt64.self) ^ (lowBits &* 0x73)
            let differences = e | d | i | s
            // A byte that is zero in all four borrows into its high bit; a borrow may mark places above a true one too.
            if (differences &- lowBits) & ~differences & (lowBits &* 0x80) != 0, isMention(text, index, index &+ 11) {
                return true
            }
            index &+= 8
        }
        return isMention(text, index, bytes.count) || isValkey(text, base, bytes.count)
    }

    /// Valkey is named, whose clients are those of Redis by another name.
    private static func isValkey(_ text: SourceText, _ base: UnsafeRawPointer, _ count: Int) -> Bool {
        var index = 2
        while index < count, let found = memchr(base + index, 0x6B, count - index) {
            index = UnsafeRawPointer(found) - base
            if text.starts(with: "alkey", at: index - 2) { return true }
            index += 1
        }
        return false
    }

    /// One of the places from `start` on, before `end`, is a mention.
    private static func isMention(_ text: SourceText, _ start: Int, _ end: Int) -> Bool {
        var next = start
        while let place = text.find("edis", from: next, end: end) {
            let isWord =
                text.starts(with: "t", at: place + 4) || text.starts(with: "p", at: place + 4)
                || text.starts(with: "cov", at: place + 4)
            if !isWord { return true }
            next = place + 1
        }
        return false
    }
}

/// From offsets to lines and columns.
struct LineIndex {
    private let starts: [Int32]
    /// The last place asked for: what stands before it on its line need not be counted twice.
    private var last = (line: 0, offset: 0, column: 1)

    init(_ text: SourceText) {
        var starts: [Int32] = [0]
        var index = text.endOfLine(0)
        while index < text.count {
            starts.append(Int32(index + 1))
            index = text.endOfLine(index + 1)
        }
        self.starts = starts
    }

    /// The place of a range of bytes; what lies on later lines than its first byte is cut off.
    mutating func place(_ range: Range<Int>, in text: SourceText) -> SourcePlace {
        let line = line(of: range.lowerBound)
        if last.line != line || last.offset > range.lowerBound { last = (line, Int(starts[line]), 1) }
        let column = last.column + Self.scalars(text.slice(last.offset, range.lowerBound))
        last = (line, range.lowerBound, column)
        var end = range.lowerBound
        while end < min(range.upperBound, text.count), text[end] != SourceByte.lineFeed { end += 1 }
        let width = Self.scalars(text.slice(range.lowerBound, end))
        return SourcePlace(
            bytes: range.lowerBound..<end, line: line + 1, column: column, endColumn: column + width)
    }

    private func line(of offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(starts[middle]) <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// Every byte but the continuation bytes of UTF-8 starts a scalar.
    private static func scalars(_ bytes: UnsafeRawBufferPointer) -> Int {
        var count = 0
        for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
        return count
    }
}
