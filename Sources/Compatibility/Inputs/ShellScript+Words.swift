// Words, with their quotes, variables and substitutions.

extension ShellScript {
    mutating func readWord(_ closing: UInt8?) -> Word {
        var word = scanWord(closing)
        word.end = min(position, text.count)
        return word
    }

    mutating func scanWord(_ closing: UInt8?) -> Word {
        var word = Word(offset: position)
        let begin = position
        while position < text.count {
            let byte = text[position]
            if byte == closing { break }
            switch byte {
            case 32, 9, 10, 13, 59, 38, 124, 40, 41, 60, 62:
                if position == begin { position += 1 }
                return word
            case UInt8(ascii: "'"): readLiteral(&word)
            case UInt8(ascii: "\""): readQuoted(&word)
            case 92:
                if position + 1 < text.count, text[position + 1] != 10 { word.bytes.append(text[position + 1]) }
                position += 2
            case UInt8(ascii: "$"): readExpansion(&word, isQuoted: false)
            case UInt8(ascii: "`"): readSubstitution(&word, closing: UInt8(ascii: "`"), isQuoted: false)
            default:
                word.bytes.append(byte)
                position += 1
            }
        }
        position = min(position, text.count)
        return word
    }

    mutating func readLiteral(_ word: inout Word) {
        let start = position
        position += 1
        while position < text.count, text[position] != UInt8(ascii: "'") {
            word.bytes.append(text[position])
            position += 1
        }
        if position >= text.count { noteUnread(start) }
        position += 1
    }

    /// `$'it\'s\n'`.
    mutating func readEscaped(_ word: inout Word) {
        let start = position
        position += 1
        while position < text.count, text[position] != UInt8(ascii: "'") {
            if text[position] == 92, position + 1 < text.count {
                position += 1
                let named: [UInt8: UInt8] = [110: 10, 116: 9, 114: 13, 97: 7, 98: 8, 101: 27, 102: 12, 118: 11]
                if let byte = named[text[position]] {
                    word.bytes.append(byte)
                } else if [120, 117, 85, 99].contains(text[position]) || (48...55).contains(text[position]) {
                    word.isUnknown = true
                    word.gaps.append(word.bytes.count)
                } else {
                    word.bytes.append(text[position])
                }
            } else {
                word.bytes.append(text[position])
            }
            position += 1
        }
        if position >= text.count { noteUnread(start) }
        position = min(position + 1, text.count)
    }

    mutating func noteUnread(_ start: Int) { unread = unread ?? start }

    mutating func readQuoted(_ word: inout Word) {
        let start = position
        position += 1
        while position < text.count, text[position] != UInt8(ascii: "\"") {
            switch text[position] {
            case 92:
                if position + 1 < text.count {
                    let next = text[position + 1]
                    if [36, 96, 34, 92].contains(next) {
                        word.bytes.append(next)
                    } else if next != 10 {
                        word.bytes += [92, next]
                    }
                }
                position += 2
            case UInt8(ascii: "$"): readExpansion(&word, isQuoted: true)
            case UInt8(ascii: "`"): readSubstitution(&word, closing: UInt8(ascii: "`"), isQuoted: true)
            default:
                word.bytes.append(text[position])
                position += 1
            }
        }
        if position >= text.count { noteUnread(start) }
        position = min(position + 1, text.count)
    }

    mutating func readExpansion(_ word: inout Word, isQuoted: Bool) {
        let isWhole = word.bytes.isEmpty && !word.isUnknown
        position += 1
        guard position < text.count else { return word.bytes.append(36) }
        switch text[position] {
        case UInt8(ascii: "(") where text[position...].starts(with: "((".utf8): return readArithmetic(&word)
        case UInt8(ascii: "("): return readSubstitution(&word, closing: UInt8(ascii: ")"), isQuoted: isQuoted)
        case UInt8(ascii: "{"):
            let end = endOfBraces()
            if end == text.count { noteUnread(position) }
            let name = String(decoding: text[min(position + 1, end)..<end], as: UTF8.self)
            position = min(end + 1, text.count)
            noteVariable(Self.withoutAlternative(name), &word, isWhole: isWhole, isQuoted: isQuoted)
        case UInt8(ascii: "'") where !isQuoted: readEscaped(&word)
        default:
            let end = text[position...].firstIndex { !Self.isNameByte($0) } ?? text.count
            if end > position {
                let name = String(decoding: text[position..<end], as: UTF8.self)
                position = end
                return noteVariable(name, &word, isWhole: isWhole, isQuoted: isQuoted)
            }
            guard "@*#?$!-".utf8.contains(text[position]) else { return word.bytes.append(36) }
            let name = String(decoding: [text[position]], as: UTF8.self)
            position += 1
            noteVariable(name, &word, isWhole: isWhole, isQuoted: isQuoted)
        }
    }

    /// The brace that closes the one at the position: in `${words[@]+"${words[@]}"}` it is the last, in `${value:-}` the first.
    private func endOfBraces() -> Int {
        var depth = 0
        var index = position
        while index < min(text.count, position + Self.maximumBraces) {
            switch text[index] {
            case 92: index += 1
            case UInt8(ascii: "{") where index == position || text[index - 1] == UInt8(ascii: "$"): depth += 1
            case UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return index }
            default: break
            }
            index += 1
        }
        return text[position...].firstIndex(of: UInt8(ascii: "}")) ?? text.count
    }

    /// Braces that are longer are taken to end at the first that closes.
    private static let maximumBraces = 4_096

    /// `words[@]` of `words[@]+"${words[@]}"`: the variable, where it has a value.
    private static func withoutAlternative(_ name: String) -> String {
        guard let sign = name.firstIndex(of: "+"), name[sign...].contains("${") else { return name }
        let variable = name[..<sign]
        return String(variable.last == ":" ? variable.dropLast() : variable)
    }

    /// `$((i + 1))` is one number.
    mutating func readArithmetic(_ word: inout Word) {
        word.isUnknown = true
        word.gaps.append(word.bytes.count)
        var open = 0
        while position < text.count {
            if text[position] == UInt8(ascii: "(") { open += 1 }
            if text[position] == UInt8(ascii: ")") { open -= 1 }
            position += 1
            if open == 0 { return }
        }
        noteUnread(word.offset)
    }

    private func noteVariable(_ name: String, _ word: inout Word, isWhole: Bool, isQuoted: Bool) {
        word.isUnknown = true
        word.isOpen = word.isOpen || !isQuoted || name.contains("@")
        word.gaps.append(word.bytes.count)
        word.variable = isWhole ? name : nil
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte == 95 || (byte >= 48 && byte <= 57) || (byte | 0x20 >= 97 && byte | 0x20 <= 122)
    }

    /// `$(…)` and `` `…` `` are commands of their own.
    mutating func readSubstitution(_ word: inout Word, closing: UInt8, isQuoted: Bool) {
        position += 1
        word.isUnknown = true
        word.gaps.append(word.bytes.count)
        word.isOpen = word.isOpen || !isQuoted
        guard depth < Self.maximumDepth else {
            noteUnread(position)
            return position = text.count
        }
        depth += 1
        let outer = current
        let outerPending = pending
        current = SimpleCommand()
        pending = []
        parse(until: closing)
        finishCommand(nextReadsPipe: false)
        current = outer
        // What stands before the outer command has grown.
        pending = outerPending.map { ($0.delimiter, $0.stripsTabs, commands.count) }
        depth -= 1
    }
}
