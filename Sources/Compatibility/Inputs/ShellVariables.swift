/// What a shell script's variables and aliases hold, as far as they hold a call of redis-cli.
struct ShellVariables {
    /// The arguments that a call begins with, by the name of the variable or alias.
    private var calls: [String: [ShellScript.Word]] = [:]
    private var aliases: [String: [ShellScript.Word]] = [:]
    /// Names that the script has given something else.
    private var others: Set<String> = []

    /// What makes variables of its arguments.
    private static let declarations: Set<String> = ["export", "local", "declare", "typeset", "readonly"]

    /// - Parameter calls: what is known from elsewhere.
    init(_ calls: [String: [ShellScript.Word]] = [:]) {
        self.calls = calls
    }

    /// The arguments that stand in a word, where it calls redis-cli; nil where it does not.
    func call(_ word: ShellScript.Word) -> [ShellScript.Word]? {
        if let variable = word.variable, word.bytes.isEmpty { return call(variable: variable) }
        if !word.isUnknown, let alias = aliases[word.text] { return alias }
        return isProgram(word) ? [] : nil
    }

    /// `redis-cli`, `/usr/bin/redis-cli`, `$BIN/redis-cli`.
    private func isProgram(_ word: ShellScript.Word) -> Bool {
        guard word.isUnknown else { return RedisClientCall.programs.contains(ShellProgram.name(word)) }
        // The unknown part may be anything, but not what follows the last slash.
        return RedisClientCall.programs.contains { word.text == $0 || word.text.hasSuffix("/\($0)") }
    }

    /// `R`, `R[@]`, `R:-redis-cli -h x`.
    private func call(variable: String) -> [ShellScript.Word]? {
        var name = variable
        for mark in ["[@]", "[*]"] where name.hasSuffix(mark) { name.removeLast(mark.count) }
        var other: Substring?
        if let sign = name.firstIndex(where: { ":-=?+".contains($0) }) {
            other = name[sign...].drop { ":-=".contains($0) }
            name = String(name[..<sign])
        }
        if let call = calls[name] { return call }
        if let other, let call = call(in: Array(other.utf8)) { return call }
        // One that the script gets from elsewhere.
        let plain = name.lowercased().filter { $0 != "_" }
        return !others.contains(name) && RedisClientCall.programs.contains { plain == $0.filter { $0 != "-" } }
            ? [] : nil
    }

    /// Takes note of what a command assigns.
    mutating func note(_ command: ShellScript.SimpleCommand, in text: [UInt8]) {
        let first = command.words.first { !RedisClientCall.isAssignment($0) }
        let name = first.map { ShellProgram.name($0) } ?? ""
        let isAlias = name == "alias"
        let counted =
            isAlias || Self.declarations.contains(name)
            ? command.words[...] : command.words.prefix { RedisClientCall.isAssignment($0) }
        for word in counted where RedisClientCall.isAssignment(word) {
            // Read out of the script: the word has lost its unknown parts, which may be the values of options.
            let written = text[min(word.offset, word.end)..<word.end]
            guard let sign = written.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let isMore = sign > written.startIndex && written[sign - 1] == UInt8(ascii: "+")
            let name = String(decoding: written[..<(isMore ? sign - 1 : sign)], as: UTF8.self)
            let call = word.array.map { self.call(words: $0) } ?? self.call(in: Array(written[(sign + 1)...]))
            assign(call, to: name, isAlias: isAlias, isMore: isMore, word)
        }
    }

    private mutating func assign(
        _ call: [ShellScript.Word]?, to name: String, isAlias: Bool, isMore: Bool, _ word: ShellScript.Word
    ) {
        if isAlias { return aliases[name] = call }
        if isMore {
            // More arguments of the same call.
            if let known = calls[name] { calls[name] = known + (word.array ?? []).map { Self.placeless($0) } }
            return
        }
        calls[name] = call
        if call == nil { others.insert(name) } else { others.remove(name) }
    }

    /// The call that a value is: `redis-cli -h x`, `docker exec c redis-cli`, `$(which redis-cli)`; what a call of it has
    /// answered is none.
    private func call(in value: [UInt8]) -> [ShellScript.Word]? {
        let commands = ShellScript.commands(of: ShellScript.unquoted(value[...]))
        guard let outer = commands.last else { return nil }
        if commands.count == 2, outer.words.count == 1, outer.words[0].isUnknown, outer.words[0].bytes.isEmpty {
            return isLookup(commands[0].words) ? [] : nil
        }
        return call(words: outer.words)
    }

    private func call(words: [ShellScript.Word]) -> [ShellScript.Word]? {
        guard case .client(let index) = ShellProgram.of(words, isClient: { self.call($0) != nil }) else { return nil }
        return (call(words[index]) ?? []) + words[(index + 1)...].map { Self.placeless($0) }
    }

    /// `which redis-cli`, `command -v redis-cli`.
    private func isLookup(_ words: [ShellScript.Word]) -> Bool {
        guard let first = words.first, let last = words.last, words.count > 1 else { return false }
        return ["which", "command", "type", "whereis"].contains(ShellProgram.name(first)) && isProgram(last)
    }

    /// A word of another text, whose place means nothing in the script's.
    private static func placeless(_ word: ShellScript.Word) -> ShellScript.Word {
        var moved = word
        (moved.offset, moved.end) = (0, 0)
        return moved
    }
}
