import Presentation

/// Requests and their lines as they are shown: cut, and with secrets masked.
enum RequestText {
    /// The request as redis-cli would take it.
    static func text(_ request: Request, _ command: String) -> String {
        let hiddenFrom = firstHidden(request, command)
        var text = ""
        for index in 0..<request.count {
            if index > 0 { text += " " }
            guard text.utf8.count < Printable.maximumCommandBytes else {
                text += "… (\(request.count - index) more arguments)"
                break
            }
            if let hiddenFrom, index >= hiddenFrom {
                text += Secrets.mask
                break
            }
            text += argument(request, index)
        }
        return Secrets.maskURLs(in: text)
    }

    private static func argument(_ request: Request, _ index: Int) -> String {
        let length = request.length(index)
        let shown = Printable.argument(request.copy(index, limit: Printable.maximumArgumentBytes))
        guard length > Printable.maximumArgumentBytes else { return shown }
        return shown + "… (\(length) bytes)"
    }

    /// Whether the arguments of a command may hold a secret.
    static func hidesArguments(_ command: String) -> Bool {
        Secrets.hiddenArguments(ofCommand: String(command.prefix { $0 != " " })) != nil
    }

    /// The first argument that may hold a secret; nil where none does.
    static func firstHidden(_ request: Request, _ command: String) -> Int? {
        let name = String(command.prefix { $0 != " " })
        let start = Secrets.hiddenArguments(ofCommand: name)
        if start == nil, request.isWord(0, "AUTH") { return 1 }
        return start.flatMap { $0 < request.count ? $0 : nil }
    }
}

/// Cuts windows out of lines.
enum Excerpts {
    /// The part of a request's line around some columns; nil where the input has no lines.
    static func window(_ request: Request, _ place: Place, _ columns: Range<Int>?, command: String) -> Finding.Excerpt?
    {
        guard !place.lineText.isEmpty else { return nil }
        let line = UnsafeRawBufferPointer(
            start: request.base + place.lineText.lowerBound, count: place.lineText.count)
        let lineEnd = line.lastIndex { $0 != 10 && $0 != 13 }.map { $0 + 1 } ?? 0
        var shownEnd = lineEnd
        var isMasked = false
        if let hidden = RequestText.firstHidden(request, command) {
            shownEnd = min(shownEnd, max(0, request.ranges[hidden].lowerBound - place.lineText.lowerBound))
            isMasked = true
        }
        let maximum = Finding.Excerpt.maximumScalars
        let focus = (columns?.lowerBound ?? 1) - 1
        let begin = shownEnd <= maximum ? 0 : max(0, min(focus - 60, shownEnd - maximum))
        let end = min(shownEnd, begin + maximum)
        var text = clean(UnsafeRawBufferPointer(rebasing: line[begin..<max(begin, end)]))
        if isMasked { text += Secrets.mask }
        return Finding.Excerpt(
            text: Secrets.maskURLs(in: text), firstColumn: begin + 1, isCutAtEnd: !isMasked && end < lineEnd)
    }

    /// The part of a line around a column, from 1.
    ///
    /// - Parameter firstColumn: the column that the line's text begins at.
    static func window(of line: UnsafeRawBufferPointer, column: Int, firstColumn: Int = 1) -> Finding.Excerpt {
        let maximum = Finding.Excerpt.maximumScalars
        // A window is cut out of the bytes first: a line may have megabytes.
        let near = max(0, min(column - 1 - 60, line.count - maximum * 4))
        let start = line.count <= maximum * 4 ? 0 : near
        let text = clean(UnsafeRawBufferPointer(rebasing: line[start..<min(line.count, start + maximum * 4)]))
        let skip = start > 0 ? 0 : max(0, min(column - 1 - 60, text.unicodeScalars.count - maximum))
        let shown = String(String.UnicodeScalarView(text.unicodeScalars.dropFirst(skip).prefix(maximum)))
        return Finding.Excerpt(
            text: Secrets.maskURLs(in: shown), firstColumn: firstColumn + start + skip,
            isCutAtEnd: skip + maximum < text.unicodeScalars.count || start + maximum * 4 < line.count)
    }

    /// The part of a text's line around a byte.
    static func window(around byte: Int, column: Int, in text: UnsafeRawBufferPointer) -> Finding.Excerpt {
        let byte = min(max(byte, 0), text.count)
        var start = byte
        while start > 0, text[start - 1] != 10 { start -= 1 }
        var end = byte
        while end < text.count, text[end] != 10, text[end] != 13 { end += 1 }
        return window(of: UnsafeRawBufferPointer(rebasing: text[start..<end]), column: column)
    }

    /// The bytes as text without control characters.
    static func clean(_ bytes: UnsafeRawBufferPointer) -> String {
        var text = ""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control && scalar != "\t"
            text.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
        }
        return text
    }
}
