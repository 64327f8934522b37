/// Lines and columns of the bytes of a text, told in a time that does not depend on how long its lines are.
struct TextPlaces {
    private let text: [UInt8]
    /// Where the lines begin.
    private let lines: [Int]
    /// How many scalars begin before each block of bytes.
    private let scalars: [Int]

    private static let block = 1024

    init(_ text: [UInt8]) {
        var lines = [0]
        var scalars: [Int] = []
        var count = 0
        for (index, byte) in text.enumerated() {
            if index.isMultiple(of: Self.block) { scalars.append(count) }
            if byte & 0xC0 != 0x80 { count += 1 }
            if byte == 10 { lines.append(index + 1) }
        }
        self.text = text
        self.lines = lines
        self.scalars = scalars
    }

    /// The place of a range within one line.
    subscript(_ range: Range<Int>) -> SourcePlace {
        let (line, column) = place(of: range.lowerBound)
        return SourcePlace(
            bytes: range, line: line, column: column, endColumn: column + Scalars.count(text[range]))
    }

    /// The line and the column, in scalars, of a byte, both from 1.
    func place(of offset: Int) -> (line: Int, column: Int) {
        let offset = min(max(offset, 0), text.count)
        var low = 0
        var high = lines.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lines[middle] <= offset { low = middle } else { high = middle }
        }
        return (low + 1, count(upTo: offset) - count(upTo: lines[low]) + 1)
    }

    private func count(upTo offset: Int) -> Int {
        guard !scalars.isEmpty else { return 0 }
        let block = min(offset / Self.block, scalars.count - 1)
        return scalars[block] + Scalars.count(text[block * Self.block..<offset])
    }
}
