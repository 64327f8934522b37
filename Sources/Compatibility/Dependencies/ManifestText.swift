import CommandCatalog

/// The bytes of a manifest, and the small questions that its readers ask of them.
///
/// An index beyond the end reads as 0, so that no reader has to look for the end twice.
struct ManifestText {
    let bytes: [UInt8]

    init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    subscript(_ index: Int) -> UInt8 { index >= 0 && index < bytes.count ? bytes[index] : 0 }

    var count: Int { bytes.count }

    func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The lines, each without its line feed and a carriage return before it.
    var lines: [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        while start < count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? count
            lines.append(start..<(end > start && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end))
            start = end + 1
        }
        return lines
    }

    /// A range without the spaces and tabs at its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, isBlank(bytes[start]) { start += 1 }
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    func starts(_ range: Range<Int>, with prefix: String) -> Bool { bytes[range].starts(with: prefix.utf8) }

    func contains(_ range: Range<Int>, _ word: String) -> Bool { find(word, in: range) != nil }

    /// Where a word begins in a range, the first time.
    func find(_ word: String, in range: Range<Int>) -> Int? {
        let needle = Array(word.utf8)
        guard let first = needle.first, range.count >= needle.count else { return nil }
        var index = range.lowerBound
        while index <= range.upperBound - needle.count {
            guard let next = bytes[index...(range.upperBound - needle.count)].firstIndex(of: first) else { return nil }
            if bytes[next..<next + needle.count].elementsEqual(needle) { return next }
            index = next + 1
        }
        return nil
    }

    /// The contents of the quoted strings in a range, in `'` or `"`; escapes are not undone.
    func quoted(in range: Range<Int>) -> [Range<Int>] {
        var strings: [Range<Int>] = []
        var index = range.lowerBound
        while index < range.upperBound {
            let quote = bytes[index]
            index += 1
            guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { continue }
            let start = index
            while index < range.upperBound, bytes[index] != quote {
                index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
            }
            guard index < range.upperBound else { break }
            strings.append(start..<index)
            index += 1
        }
        return strings
    }

    /// Where a comment begins in a line: at a mark outside of quotes; the line's end if there is none.
    func end(of line: Range<Int>, beforeComment mark: UInt8) -> Int {
        var quote: UInt8 = 0
        for index in line {
            let byte = bytes[index]
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == mark {
                return index
            }
        }
        return line.upperBound
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}

extension ManifestText {
    /// A dependency on the package that a range names.
    func dependency(_ range: Range<Int>, in ecosystem: Framework.Ecosystem, extras: [String] = []) -> Dependency {
        dependency(named: string(range), at: range, in: ecosystem, extras: extras)
    }

    /// A dependency whose name is put together from several ranges.
    func dependency(
        named name: String, at range: Range<Int>, in ecosystem: Framework.Ecosystem, extras: [String] = []
    ) -> Dependency {
        let package = Framework.Package(ecosystem: ecosystem, name: name).compared
        return Dependency(package: package, extras: extras, range: range)
    }
}
