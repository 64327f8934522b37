/// What a shell script's variables and aliases hold: calls of redis-cli, and words of commands.
struct ShellVariables {
    /// The arguments that a call begins with, by the name of the variable or alias.
    private var calls: [String: [ShellScript.Word]] = [:]
    private var aliases: [String: [ShellScript.Word]] = [:]
    /// Names that the script has given something else.
    private var others: Set<String> = []
    /// The values that a variable may have, one without known bytes among them if nobody knows.
    var values: [String: [ShellScript.Word]] = [:]
    /// The elements of arrays that hold no call.
    var lists: [String: [ShellScript.Word]] = [:]
    /// The arguments of the call whose function is followed; nil outside of functions.
    var arguments: [ShellScript.Word]?

    /// How many values may hold each other.
    private static let maximumDepth = 10

    /// What makes variables of its arguments.
    private static let declarations: Set<String> = ["export", "local", "declare", "typeset", "readonly"]

    /// - Parameter calls: what is known from elsewhere.
    init(_ calls: [String: [ShellScript.Word]] = [:]) {
        self.calls = calls
    }

    /// The arguments that stand in a word, where it calls redis-cli; nil where it does not.
    func call(_ word: ShellScript.Word) -> [ShellScript.Word]? { call(word, depth: 0) }

    private func call(_ word: ShellScript.Word, depth: Int) -> [ShellScript.Word]? {
        if let variable = word.variable, word.bytes.isEmpty { return call(variable: variable, depth: depth) }
        if !word.isUnknown, let alias = aliases[word.text] { return alias }
        return isProgram(word) ? [] : nil
    }

    /// `redis-cli`, `/usr/bin/redis-cli`, `$BIN/redis-cli`.
    private func isProgram(_ word: ShellScript.Word) -> Bool {
        // An unknown part may be the folder, or the version at the end.
        RedisClientCall.isProgram(ShellProgram.name(word))
    }

    /// `R`, `R[@]`, `R:-redis-cli -h x`.
    private func call(variable: String, depth: Int) -> [ShellScript.Word]? {
        var name = variable
        for mark in ["[@]", "[*]"] where name.hasSuffix(mark) { name.removeLast(mark.count) }
        var other: Substring?
        if let sign = name.firstIndex(where: { ":-=?+".contains($0) }) {
            other = name[sign...].drop { ":-=".contains($0) }
            name = String(name[..<sign])
        }
        if let call = calls[name] { return call }
        if let other, let call = call(in: Array(other.utf8), depth: depth + 1) { return call }
        // One that the script gets from elsewhere.
        let plain = name.lowercased().filter { $0 != "_" }
        return !others.contains(name) && RedisClientCall.programs.contains { plain == $0.filter { $0 != "-" } }
            ? [] : nil
    }

    /// Takes note of what a command assigns.
    mutating func note(_ command: ShellScript.SimpleCommand, in text: [UInt8], isConditional: Bool = false) {
        guard !(command.words.first?.isElsewhere ?? true) else { return }
        let words = Array(command.words[ShellProgram.start(of: command.words)...])
        noteOthers(words)
        let first = words.first { !RedisClientCall.isAssignment($0) }
        let name = first.map { ShellProgram.name($0) } ?? ""
        let isAlias = name == "alias"
        let counted =
            isAlias || Self.declarations.contains(name)
            ? words[...] : words.prefix { RedisClientCall.isAssignment($0) }
        // `NAME=value command` sets it for the command alone.
        let isLasting = counted.count == words.count
        for word in counted where RedisClientCall.isAssignment(word) {
            // Read out of the script: the word has lost its unknown parts, which may be the values of options.
            let written = text[min(word.offset, word.end)..<word.end]
            guard let sign = written.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let isMore = sign > written.startIndex && written[sign - 1] == UInt8(ascii: "+")
            let name = String(decoding: written[..<(isMore ? sign - 1 : sign)], as: UTF8.self)
            let value = Array(written[(sign + 1)...])
            let call = word.array.map { self.call(words: $0, depth: 0) } ?? self.call(in: value, depth: 0)
            assign(call, to: name, isAlias: isAlias, isMore: isMore, word)
            guard !isAlias, isMore || call == nil, isLasting else { continue }
            if let array = word.array {
                lists[name] = (isMore ? lists[name] ?? [] : []) + array
            } else if !isMore {
                noteValue(value, of: name, isConditional: isConditional)
            } else {
                values[name] = [ShellScript.Word(isUnknown: true)]
            }
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

    /// Gives a variable the value of `${NAME:=value}`, if it has none.
    mutating func assignDefault(_ value: Substring, to name: String) {
        guard calls[name] == nil else { return }
        let bytes = Array(value.utf8)
        if let call = call(in: bytes, depth: 1) {
            calls[name] = call
        } else {
            noteValue(bytes, of: name, isConditional: false)
        }
    }

    /// The call that a value is: `redis-cli -h x`, `docker exec c redis-cli`, `$(which redis-cli)`; what a call of it has
    /// answered is none.
    private func call(in value: [UInt8], depth: Int) -> [ShellScript.Word]? {
        guard depth <= Self.maximumDepth else { return nil }
        let commands = ShellScript.commands(of: ShellScript.unquoted(value[...]))
        guard let outer = commands.last else { return nil }
        if commands.count == 2, outer.words.count == 1, outer.words[0].isUnknown, outer.words[0].bytes.isEmpty {
            return isLookup(commands[0].words) ? [] : nil
        }
        return call(words: outer.words, depth: depth)
    }

    private func call(words: [ShellScript.Word], depth: Int) -> [ShellScript.Word]? {
        guard depth <= Self.maximumDepth,
            case .client(let index) = ShellProgram.of(words, isClient: { self.call($0, depth: depth + 1) != nil })
        else { return nil }
        return (call(words[index], depth: depth + 1) ?? []) + words[(index + 1)...].map { Self.placeless($0) }
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
