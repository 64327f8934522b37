// Transactions.

extension Command {
    static let discard = supported(
        .discard, "DISCARD", since: Version(2, 0, 0), .transaction, arity: 1, keys: .none,
        flags: [.readonly, .noScript, .fast], syntax: "",
        summary: "Throws the queued commands away and ends the transaction.")

    static let exec = supported(
        .exec, "EXEC", since: Version(1, 2, 0), .transaction, arity: 1, keys: .none,
        flags: [.noScript, .skipMonitor], syntax: "",
        summary: "Runs the queued commands.")

    static let multi = supported(
        .multi, "MULTI", since: Version(1, 2, 0), .transaction, arity: 1, keys: .none,
        flags: [.readonly, .noScript, .fast], syntax: "",
        summary: "Begins a transaction: commands are queued until EXEC.")

    static let unwatch = supported(
        .unwatch, "UNWATCH", since: Version(2, 2, 0), .transaction, arity: 1, keys: .none,
        flags: [.readonly, .noScript, .fast], syntax: "",
        summary: "Stops watching all keys.")

    static let watch = supported(
        .watch, "WATCH", since: Version(2, 2, 0), .transaction, arity: -2, keys: .every,
        flags: [.readonly, .noScript, .fast], syntax: "key [key ...]",
        summary: "Lets the next EXEC fail if one of the keys has changed by then.")
}
