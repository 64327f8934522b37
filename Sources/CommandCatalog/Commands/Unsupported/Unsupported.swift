/// The rows of the commands that the contract does not support: every one that a Redis up to 8.10,
/// Valkey up to 9.2 or a common module has.
enum Unsupported {
    /// All of them, by group, each container directly before its subcommands.
    static var rows: [Command] {
        keys
            + values
            + sortedSets
            + connections
            + scripting
            + messages
            + geo
            + streams
            + server
            + inspection
            + cluster
            + sentinel
            + redis8
            + modules
    }
}

extension Command {
    /// The row of a command that the product's page lists as refused.
    static func refused(
        _ name: String, _ since: Version, _ group: Group, arity: Int, keys: KeyLayout = .none,
        secrets: SecretLayout = .none, instead: String
    ) -> Command {
        unsupported(
            name, since, group, .refused, arity: arity, keys: keys, secrets: secrets, instead: instead)
    }

    /// The row of a command that the product's page does not name.
    static func unnamed(
        _ name: String, _ since: Version, _ group: Group, arity: Int, keys: KeyLayout = .none,
        secrets: SecretLayout = .none, instead: String
    ) -> Command {
        unsupported(
            name, since, group, .unnamed, arity: arity, keys: keys, secrets: secrets, instead: instead)
    }

    private static func unsupported(
        _ name: String, _ since: Version, _ group: Group, _ listing: Listing, arity: Int, keys: KeyLayout,
        secrets: SecretLayout, instead: String
    ) -> Command {
        Command(
            name: name, id: nil, since: since, group: group, listing: listing,
            facts: Facts(arity: arity, keys: keys, flags: [], secrets: secrets),
            syntax: "", summary: "", instead: instead)
    }
}
