/// A format of a command as hiredis has it: words between spaces, and `%s`, `%b`, `%d` … where values come.
struct CommandFormat {
    /// A word of the command.
    struct Word {
        var bytes: [UInt8] = []
        /// Values are part of it.
        var hasValue = false
        /// The word is nothing but the value of this number.
        var value: Int?
    }

    private(set) var words: [Word] = []
    /// Where the first word begins in the format.
    private(set) var start = 0
    private var values = 0

    /// What is put in the place of a part of the format that is not shown.
    static let hidden: UInt8 = 0

    init(_ format: [UInt8]) {
        var word = Word()
        var isStarted = false
        var index = 0
        while index < format.count {
            let byte = format[index]
            if byte == SourceByte.space {
                if isStarted { words.append(word) }
                (word, isStarted) = (Word(), false)
                index += 1
                continue
            }
            if !isStarted, words.isEmpty { start = index }
            if byte == SourceByte.percent {
                index = conversion(format, at: index + 1, &word, isFirst: !isStarted)
            } else {
                if word.value != nil { word.value = nil }
                if byte == Self.hidden { word.hasValue = true } else { word.bytes.append(byte) }
                index += 1
            }
            isStarted = true
        }
        if isStarted { words.append(word) }
    }

    /// Reads what is behind `%`; the index behind it.
    private mutating func conversion(_ format: [UInt8], at start: Int, _ word: inout Word, isFirst: Bool) -> Int {
        var index = start
        if index < format.count, format[index] == SourceByte.percent {
            word.bytes.append(SourceByte.percent)
            return index + 1
        }
        while index < format.count, Self.isModifier(format[index]) {
            if format[index] == SourceByte.asterisk { values += 1 }
            index += 1
        }
        word.hasValue = true
        word.value = isFirst ? values : nil
        // `%b` takes the bytes and their number.
        values += index < format.count && format[index] == 0x62 ? 2 : 1
        return index + 1
    }

    private static func isModifier(_ byte: UInt8) -> Bool {
        SourceByte.isDigit(byte) || "-+ #.*hlqjztL".utf8.contains(byte)
    }
}

// Calls whose argument is a format.
extension CommandWords {
    /// The words of the formats that an argument may be.
    mutating func buildFormat(_ argument: CallArguments.Argument, _ names: [[String]]) -> Bool {
        let rest = Array(positional.dropFirst())
        let formats = formats(argument.value)
        guard !formats.isEmpty else {
            guard !names.isEmpty else { return hides(argument) }
            let node = tree[argument.value]
            for name in names.prefix(8) {
                now = Words()
                now.words = name.map { .literal(Array($0.utf8)) }
                now.isOpenEnded = true
                now.place = Int(node.start)..<Int(max(node.end, node.start))
                all.append(now)
            }
            return true
        }
        for (bytes, place) in formats.prefix(8) {
            let format = CommandFormat(bytes)
            guard let first = format.words.first else { continue }
            now = Words()
            var name = first.bytes
            if first.hasValue {
                guard let number = first.value, number < rest.count,
                    case .bytes(let given)? = arguments.literal(rest[number].value)
                else {
                    _ = hides(argument)
                    continue
                }
                name = given
            }
            now.words = [.literal(Array(String(decoding: name, as: UTF8.self).uppercased().utf8))]
            for word in format.words.dropFirst() {
                now.words.append(word.hasValue ? .unknown : .literal(word.bytes))
            }
            if let place { now.place = place + format.start..<place + format.start + first.bytes.count }
            if now.place?.isEmpty ?? false { now.place = nil }
            all.append(now)
        }
        return true
    }

    /// The formats that a node shows, and where they are written.
    private func formats(_ id: NodeID) -> [(bytes: [UInt8], place: Int?)] {
        let node = tree[id]
        switch node.kind {
        case .literal where node.flags.contains(.string):
            return [(arguments.decoded(node), Int(node.start))]
        case .concatenation: return [joined(id)]
        case .choice: return tree.children(of: id).flatMap { formats($0) }
        case .cast: return tree.child(1, of: id).map { formats($0) } ?? []
        case .argument: return tree.child(0, of: id).map { formats($0) } ?? []
        default: return []
        }
    }

    /// Literals next to each other; the macro after a `%` is the rest of a conversion, as `"%" PRIu64`.
    private func joined(_ id: NodeID) -> (bytes: [UInt8], place: Int?) {
        var bytes: [UInt8] = []
        var place: Int?
        for (number, child) in tree.children(of: id).enumerated() {
            let node = tree[child]
            if node.kind == .literal, node.flags.contains(.string) {
                if number == 0 { place = Int(node.start) }
                bytes += arguments.decoded(node)
            } else {
                bytes.append(bytes.last == SourceByte.percent ? 0x64 : CommandFormat.hidden)
            }
        }
        return (bytes, place)
    }
}
