import WireFormats

/// RESTORE in a log: of any release, with any of its options.
struct LoggedRestore {
    let key: [UInt8]
    let payload: [UInt8]
    /// Milliseconds from then on, or since 1970; 0 for none.
    let time: Int64
    let isAbsolute: Bool

    /// nil where the command is one that 2.8 takes as it stands, or that no Redis takes.
    init?(_ command: LoggedCommand) {
        let words = command.words
        guard words.count > 3, let time = Int64(String(decoding: words[2], as: UTF8.self)), time >= 0 else {
            return nil
        }
        var isAbsolute = false
        var rest = words.dropFirst(4)
        while let option = rest.popFirst() {
            switch LoggedCommand.text(option) {
            // What it replaced is replaced in any case.
            case "REPLACE": break
            case "ABSTTL": isAbsolute = true
            // How long it was not used, or how often it was.
            case "IDLETIME", "FREQ": guard rest.popFirst() != nil else { return nil }
            default: return nil
            }
        }
        let version = words[3].withUnsafeBytes { DumpPayload.version(of: $0) } ?? 0
        if words.count == 4, version <= RDBVersion.redis2, command.name == "RESTORE" { return nil }
        key = words[1]
        payload = words[3]
        self.time = time
        self.isAbsolute = isAbsolute
    }
}
