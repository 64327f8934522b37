/// Gives ranges of a text their lines and columns, in logarithmic time a range.
struct TextPlaces {
    private let text: ManifestText
    /// Where the lines begin.
    private let starts: [Int]

    init(_ text: ManifestText) {
        self.text = text
        starts = [0] + text.bytes.indices.filter { text.bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    }

    /// The place of a range within one line.
    subscript(_ range: Range<Int>) -> SourcePlace {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= range.lowerBound { low = middle } else { high = middle }
        }
        let column = Scalars.count(text.bytes[starts[low]..<range.lowerBound]) + 1
        return SourcePlace(
            bytes: range, line: low + 1, column: column, endColumn: column + Scalars.count(text.bytes[range]))
    }
}
