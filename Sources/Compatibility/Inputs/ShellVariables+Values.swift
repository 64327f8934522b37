// What variables hold that is no call: the words of commands.

extension ShellVariables {
    /// More readings of one command are not followed.
    private static let maximumReadings = 64

    /// The readings of some words: each variable that is known gives its value, or in turn each of several.
    func expanded(_ words: [ShellScript.Word]) -> [[ShellScript.Word]] {
        guard words.contains(where: { $0.variable != nil }) else { return [words] }
        var readings: [[ShellScript.Word]] = [[]]
        for word in words {
            var values = self.values(of: word)
            if readings.count * values.count > Self.maximumReadings { values = [[word]] }
            readings =
                values.count == 1
                ? readings.map { $0 + values[0] } : readings.flatMap { reading in values.map { reading + $0 } }
        }
        return readings
    }

    /// What a word may be, each time some words; the word itself if nobody knows.
    private func values(of word: ShellScript.Word) -> [[ShellScript.Word]] {
        guard let variable = word.variable, word.bytes.isEmpty, word.gaps.count == 1, call(word) == nil else {
            return [[word]]
        }
        if let all = argumentList(variable) ?? list(variable) { return [all] }
        let (name, other) = Self.parts(variable)
        if let number = Int(name), let arguments, number > 0 {
            if number <= arguments.count { return [split(arguments[number - 1], as: word)] }
            return [Self.literal(other).map { split($0, as: word) } ?? (word.isOpen ? [] : [word])]
        }
        guard let known = values[name] else { return Self.literal(other).map { [split($0, as: word)] } ?? [[word]] }
        return known.map { $0.isUnknown ? [word] : split($0, as: word) }
    }

    /// `@`, `*` and `@:2` in a function that was called.
    private func argumentList(_ variable: String) -> [ShellScript.Word]? {
        guard let arguments, let first = variable.first, first == "@" || first == "*" else { return nil }
        if variable.count == 1 { return arguments }
        guard variable.dropFirst().first == ":", let start = Int(variable.dropFirst(2)) else { return nil }
        return Array(arguments.dropFirst(max(0, start - 1)))
    }

    private func list(_ variable: String) -> [ShellScript.Word]? {
        for mark in ["[@]", "[*]"] where variable.hasSuffix(mark) {
            return lists[String(variable.dropLast(mark.count))]
        }
        return nil
    }

    /// An unquoted value becomes as many words as it has.
    private func split(_ value: ShellScript.Word, as word: ShellScript.Word) -> [ShellScript.Word] {
        let placed = value.isArgument ? value : value.placed(at: word)
        guard word.isOpen, !value.isUnknown, value.bytes.isEmpty || value.bytes.contains(where: Self.isBlank) else {
            return [placed]
        }
        return value.bytes.split(whereSeparator: Self.isBlank).map { part in
            var one = placed
            one.bytes = Array(part)
            return one
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 }

    /// The name of a variable, and the value that stands beside it in case it has none: `NAME:-value`.
    private static func parts(_ variable: String) -> (name: String, other: Substring?) {
        guard let sign = variable.firstIndex(where: { ":-=?+".contains($0) }) else { return (variable, nil) }
        let rest = variable[sign...].drop { $0 == ":" }
        let isOther = rest.first == "-" || rest.first == "="
        return (String(variable[..<sign]), isOther ? rest.dropFirst() : nil)
    }

    private static func literal(_ text: Substring?) -> ShellScript.Word? {
        guard let text, !text.contains("$"), !text.contains("`") else { return nil }
        return ShellScript.Word(bytes: ShellScript.unquoted(Array(text.utf8)[...]))
    }

    // MARK: Assignments

    /// Takes note of `NAME=value`.
    ///
    /// - Parameter isConditional: whether the variable may keep what it had.
    mutating func noteValue(_ value: [UInt8], of name: String, isConditional: Bool) {
        let commands = ShellScript.commands(of: value)
        let word = commands.count == 1 && commands[0].words.count == 1 ? commands[0].words.first : nil
        let isEmpty = commands.isEmpty
        let readings = word.map { values(of: $0) } ?? [[ShellScript.Word(isUnknown: !isEmpty)]]
        setValues(readings.map { $0.count == 1 ? $0[0] : ShellScript.Word(isUnknown: true) }, of: name, isConditional)
    }

    private mutating func setValues(_ new: [ShellScript.Word], of name: String, _ isConditional: Bool) {
        let known = isConditional ? values[name] ?? [] : []
        values[name] = Array((known + new).prefix(Self.maximumReadings))
    }

    /// Takes note of what a command does to variables beside assigning: `for NAME in words`, `read NAME`, `${NAME:=value}`.
    mutating func noteOthers(_ words: [ShellScript.Word]) {
        for word in words {
            guard let variable = word.variable, variable.contains("=") else { continue }
            let (name, other) = Self.parts(variable)
            guard let other, values[name] == nil else { continue }
            assignDefault(other, to: name)
        }
        guard let first = words.firstIndex(where: { !ShellProgram.reserved.contains($0.text) || $0.isUnknown }) else {
            return
        }
        let rest = words[(first + 1)...]
        switch words[first].text {
        case "for", "select": noteLoop(Array(rest))
        case "read": for word in rest where !word.text.hasPrefix("-") { values[word.text] = nil }
        default: break
        }
    }

    private mutating func noteLoop(_ words: [ShellScript.Word]) {
        guard let name = words.first, !name.isUnknown else { return }
        let items =
            words.count > 1 && words[1].text == "in" ? expanded(Array(words[2...])).flatMap { $0 } : arguments ?? []
        // A value that nobody knows is one value, however many there are of it.
        let known = items.filter { !$0.isUnknown }
        let unknown = items.first { $0.isUnknown }
        values[name.text] =
            items.isEmpty ? nil : Array(known.prefix(Self.maximumReadings - 1)) + (unknown.map { [$0] } ?? [])
    }
}
