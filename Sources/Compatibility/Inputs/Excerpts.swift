import Presentation

/// Cuts windows out of lines, with the secrets in them masked.
enum Excerpts {
    /// The part of a request's line around some columns; nil where the input has no lines.
    static func window(_ request: Request, _ place: Place, _ columns: Range<Int>?, command: String) -> Finding.Excerpt?
    {
        guard !place.lineText.isEmpty else { return nil }
        let line = UnsafeRawBufferPointer(
            start: request.base + place.lineText.lowerBound, count: place.lineText.count)
        let lineEnd = line.lastIndex { $0 != 10 && $0 != 13 }.map { $0 + 1 } ?? 0
        let secrets = ShownRequest(request, command: command)
        // Behind the first secret there is nothing to be seen.
        let hidden = secrets.firstSecret < request.count ? request.ranges[secrets.firstSecret].upperBound : Int.max
        let shownEnd = min(lineEnd, max(0, hidden.subtractingReportingOverflow(place.lineText.lowerBound).partialValue))
        let maximum = Finding.Excerpt.maximumScalars
        let focus = (columns?.lowerBound ?? 1) - 1
        let begin = shownEnd <= maximum ? 0 : max(0, min(focus - 60, shownEnd - maximum))
        let end = max(begin, min(shownEnd, begin + maximum))
        let start = place.lineText.lowerBound
        let ranges = secrets.ranges(within: start + begin..<start + end).map {
            $0.lowerBound - start..<$0.upperBound - start
        }
        let text = MaskedText(Array(line[begin..<end]), hiding: within(begin..<end, ranges))
        return excerpt(text, from: 0, firstColumn: begin + 1, isCutAtEnd: hidden == Int.max && end < lineEnd)
    }

    /// The part of a line around a column, from 1.
    ///
    /// - Parameters:
    ///   - firstColumn: the column that the line's text begins at.
    ///   - notation: how the line is written.
    ///   - hidden: places of the line that are known to hold secrets.
    static func window(
        of line: UnsafeRawBufferPointer, column: Int, firstColumn: Int = 1, as notation: SecretNotation = .text,
        hiding hidden: [Range<Int>] = []
    ) -> Finding.Excerpt {
        let maximum = Finding.Excerpt.maximumScalars
        // A window is cut out of the bytes first: a line may have megabytes.
        let near = max(0, min(column - 1 - 60, line.count - maximum * 4))
        let start = line.count <= maximum * 4 ? 0 : near
        let end = min(line.count, start + maximum * 4)
        // A secret that begins before the window, or goes on after it, shows only in what is around.
        let around = max(0, start - margin)..<min(line.count, end + margin)
        let found = Secrets.ranges(in: Array(line[around]), as: notation).map {
            $0.lowerBound + around.lowerBound..<$0.upperBound + around.lowerBound
        }
        let text = MaskedText(Array(line[start..<end]), hiding: within(start..<end, found + hidden))
        let focus = text.place(of: max(0, column - 1 - start))
        let skip = start > 0 ? 0 : max(0, min(focus - 60, text.text.unicodeScalars.count - maximum))
        return excerpt(text, from: skip, firstColumn: firstColumn + start, isCutAtEnd: end < line.count)
    }

    /// The part of a text's line around a byte, which stands in a column of the line, from 1.
    ///
    /// It looks at no more of the line than it shows, and what may reach into that: a line may have megabytes, and a finding
    /// every few bytes.
    ///
    /// - Parameter hidden: places of the text that are known to hold secrets.
    static func window(
        around byte: Int, column: Int, in text: UnsafeRawBufferPointer, as notation: SecretNotation = .text,
        hiding hidden: [Range<Int>] = []
    ) -> Finding.Excerpt {
        let byte = min(max(byte, 0), text.count)
        let reach = Finding.Excerpt.maximumScalars * 4 + margin
        var start = byte
        while start > 0, byte - start < reach, text[start - 1] != 10 { start -= 1 }
        var end = byte
        while end < text.count, end - byte < reach, text[end] != 10, text[end] != 13 { end += 1 }
        // A scalar that is cut in two is left out.
        while start > 0, text[start - 1] != 10, start < byte, text[start] & 0xC0 == 0x80 { start += 1 }
        let line = UnsafeRawBufferPointer(rebasing: text[start..<end])
        let before = Scalars.count(text[start..<byte])
        var excerpt = window(
            of: line, column: before + 1, firstColumn: max(1, column - before), as: notation,
            hiding: within(start..<end, hidden))
        if end < text.count, text[end] != 10, text[end] != 13 { excerpt.isCutAtEnd = true }
        return excerpt
    }

    /// How far around a window is looked for secrets that reach into it.
    private static let margin = 2_048

    /// Ranges as far as they are in a window, from its beginning on.
    private static func within(_ window: Range<Int>, _ ranges: [Range<Int>]) -> [Range<Int>] {
        ranges.filter { $0.overlaps(window) }.map { range in
            let part = range.clamped(to: window)
            return part.lowerBound - window.lowerBound..<part.upperBound - window.lowerBound
        }
    }

    /// The text from a scalar on, as much of it as an excerpt holds.
    private static func excerpt(
        _ text: MaskedText, from skip: Int, firstColumn: Int, isCutAtEnd: Bool
    ) -> Finding.Excerpt {
        let maximum = Finding.Excerpt.maximumScalars
        let scalars = text.text.unicodeScalars
        let shown = clean(String(String.UnicodeScalarView(scalars.dropFirst(skip).prefix(maximum))))
        let skipped = text.original(at: skip)
        var excerpt = Finding.Excerpt(
            text: shown, firstColumn: firstColumn + skipped, isCutAtEnd: isCutAtEnd || scalars.count > skip + maximum)
        excerpt.masks = text.masks.filter { $0.shown.lowerBound >= skip }.map {
            $0.moved(original: skipped, shown: skip)
        }
        return excerpt
    }

    /// The text without control characters.
    static func clean(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.isUnsafe && $0 != "\t" }) else { return text }
        var cleaned = ""
        for scalar in text.unicodeScalars {
            cleaned.unicodeScalars.append(scalar.isUnsafe && scalar != "\t" ? "\u{FFFD}" : scalar)
        }
        return cleaned
    }
}
