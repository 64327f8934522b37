// What the lexer passes over.

extension Lexer {
    /// Passes over a comment that starts with the byte at the position; false where none does.
    mutating func skipComment(_ byte: UInt8) -> Bool {
        let second = text[position + 1]
        switch (byte, language) {
        case (SourceByte.hash, .python), (SourceByte.hash, .ruby):
            position = min(limit, text.endOfLine(position))
        case (SourceByte.hash, .csharp) where tokens.isEmpty || isAtLineStart:
            position = min(limit, text.endOfLine(position))
        case (SourceByte.hash, .php):
            // `#[` starts an attribute.
            guard second != SourceByte.openBracket else { return false }
            skipPHPLineComment()
        case (SourceByte.equals, .ruby):
            guard text.starts(with: "=begin", at: position), isAtLineStart else { return false }
            let end = text.find("\n=end", from: position, end: limit).map { text.endOfLine($0 + 1) }
            position = end ?? limit
        case (SourceByte.slash, .python), (SourceByte.slash, .ruby):
            return false
        case (SourceByte.slash, _):
            guard second == SourceByte.slash || second == SourceByte.asterisk else { return false }
            skipSlashComment(isBlock: second == SourceByte.asterisk)
        default:
            return false
        }
        return true
    }

    private mutating func skipSlashComment(isBlock: Bool) {
        if isBlock {
            position = language == .kotlin ? endOfNestedComment() : endOfBlockComment()
        } else if language == .php {
            skipPHPLineComment()
        } else {
            position = min(limit, text.endOfLine(position))
        }
    }

    private func endOfBlockComment() -> Int {
        text.find("*/", from: position + 2, end: limit).map { $0 + 2 } ?? limit
    }

    /// Kotlin's block comments hold block comments.
    private func endOfNestedComment() -> Int {
        var depth = 0
        var index = position
        while index < limit {
            if text.starts(with: "/*", at: index) {
                depth += 1
                index += 2
            } else if text.starts(with: "*/", at: index) {
                depth -= 1
                index += 2
                if depth == 0 { return index }
            } else {
                index += 1
            }
        }
        return limit
    }

    /// A line comment of PHP ends before `?>` too.
    private mutating func skipPHPLineComment() {
        let end = min(limit, text.endOfLine(position))
        position = text.find("?>", from: position, end: end) ?? end
    }

    /// Passes over what stands outside of PHP's tags.
    mutating func skipToPHP() {
        while let tag = text.find("<?", from: position, end: limit) {
            if text.starts(with: "<?php", at: tag) {
                position = tag + 5
                return
            }
            if text.starts(with: "<?=", at: tag) {
                position = tag + 3
                return
            }
            position = tag + 2
        }
        position = limit
    }

    /// Nothing but blanks stands before the position on its line.
    private var isAtLineStart: Bool {
        var index = position - 1
        while index >= 0, text[index] == SourceByte.space || text[index] == SourceByte.tab { index -= 1 }
        return index < 0 || text[index] == SourceByte.lineFeed
    }
}
