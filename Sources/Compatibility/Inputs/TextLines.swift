/// The lines of a text, one after the other, without their ends.
struct TextLines {
    /// A line and where it is.
    struct Line {
        let bytes: ArraySlice<UInt8>
        /// From 1.
        let number: Int

        /// Where it begins in the text.
        var offset: Int { bytes.startIndex }
    }

    private let text: [UInt8]
    private var position = 0
    private var number = 0

    init(_ text: [UInt8]) {
        self.text = text
    }

    /// The next line; nil at the end.
    mutating func next() -> Line? {
        guard position < text.count else { return nil }
        let end = text[position...].firstIndex(of: 10) ?? text.count
        var line = text[position..<end]
        // A recording of a terminal has several.
        while line.last == 13 { line.removeLast() }
        position = min(end + 1, text.count)
        number += 1
        return Line(bytes: line, number: number)
    }
}
