import CommandCatalog

/// From a method's name to the command of that name: `zRangeByScore`, `config_get` and `ClientSetName` are ZRANGEBYSCORE,
/// CONFIG GET and CLIENT SETNAME.
struct CommandNames {
    /// Small letters and digits of the name → the command's words.
    private var commands: [String: [String]] = [:]

    static let shared = CommandNames()

    /// What clients add to the names of commands: for the way of the call, or of what is returned.
    static let endings = ["async", "buffer", "withscores", "binary", "count", "n"]

    /// The end of a method's name whose first argument is a context: `KeysCtx`.
    static let withContext = "Ctx"

    private init() {
        for command in Catalog.all {
            let words = command.name.split(separator: " ").map(String.init)
            commands[Self.plain(command.name)] = words
        }
    }

    /// The words of the command that a method is named after, or nil.
    ///
    /// What clients add to a name (`Async`, `Buffer`, `WithScores`) is left off where the whole name is no command.
    func command(ofMethod name: String) -> [String]? {
        if name.hasSuffix(Self.withContext) { return command(ofMethod: String(name.dropLast(Self.withContext.count))) }
        let plain = Self.plain(name)
        if let words = commands[plain] { return words }
        for ending in Self.endings where plain.hasSuffix(ending) {
            let stem = String(plain.dropLast(ending.count))
            // A single letter at the end is Go's alone: SPopN, SRandMemberN.
            if ending == "n" && !name.hasSuffix("N") { continue }
            if ending == "count" && !["lpop", "rpop", "spop", "srandmember", "hrandfield"].contains(stem) { continue }
            if let words = commands[stem] { return words }
        }
        return nil
    }

    /// The catalog has the command `container word`.
    func isSubcommand(_ word: String, of container: String) -> Bool {
        guard let words = commands[Self.plain(container + word)] else { return false }
        return words.count == 2 && words[0] == container
    }

    /// The name is that of a command, without a subcommand.
    func isCommand(_ name: String) -> Bool { commands[Self.plain(name)]?.count == 1 }

    /// Letters made small, all else but digits left out.
    static func plain(_ name: String) -> String {
        var bytes: [UInt8] = []
        for byte in name.utf8 where SourceByte.continuesName(byte) && byte != SourceByte.underscore {
            bytes.append(SourceByte.small(byte))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
