// Administration: saving, configuration, replication.

extension Unsupported {
    static var server: [Command] { serverFirst + serverLast }

    static let serverFirst: [Command] = [
        .unnamed(
            "ACL", Version(6, 0, 0), .server, arity: -2, secrets: .userRules(from: 3), instead: Instead.onePassword),
        .unnamed("ACL CAT", Version(6, 0, 0), .server, arity: -2, instead: Instead.onePassword),
        .unnamed("ACL DELUSER", Version(6, 0, 0), .server, arity: -3, instead: Instead.onePassword),
        .unnamed(
            "ACL DRYRUN", Version(7, 0, 0), .server, arity: -4, secrets: .command(from: 3),
            instead: Instead.onePassword),
        .unnamed("ACL GENPASS", Version(6, 0, 0), .server, arity: -2, instead: Instead.onePassword),
        .unnamed("ACL GETUSER", Version(6, 0, 0), .server, arity: 3, instead: Instead.onePassword),
        .unnamed("ACL HELP", Version(6, 0, 0), .server, arity: 2, instead: Instead.onePassword),
        .unnamed("ACL LIST", Version(6, 0, 0), .server, arity: 2, instead: Instead.onePassword),
        .unnamed("ACL LOAD", Version(6, 0, 0), .server, arity: 2, instead: Instead.onePassword),
        .unnamed("ACL LOG", Version(6, 0, 0), .server, arity: -2, instead: Instead.onePassword),
        .unnamed("ACL SAVE", Version(6, 0, 0), .server, arity: 2, instead: Instead.onePassword),
        .unnamed(
            "ACL SETUSER", Version(6, 0, 0), .server, arity: -3, secrets: .userRules(from: 3),
            instead: Instead.onePassword),
        .unnamed("ACL USERS", Version(6, 0, 0), .server, arity: 2, instead: Instead.onePassword),
        .unnamed("ACL WHOAMI", Version(6, 0, 0), .server, arity: 2, instead: Instead.onePassword),
        .refused("BGREWRITEAOF", Version(1, 0, 0), .server, arity: 1, instead: Instead.backups),
        .refused("BGSAVE", Version(1, 0, 0), .server, arity: 1, instead: Instead.backups),
        .refused(
            "CONFIG", Version(2, 0, 0), .server, arity: -2, secrets: .settings(from: 1),
            instead: Instead.configuration),
        .refused("CONFIG GET", Version(2, 0, 0), .server, arity: -3, instead: Instead.configuration),
        .unnamed("CONFIG HELP", Version(5, 0, 0), .server, arity: 2, instead: Instead.configuration),
        .refused("CONFIG RESETSTAT", Version(2, 0, 0), .server, arity: 2, instead: Instead.configuration),
        .refused("CONFIG REWRITE", Version(2, 8, 0), .server, arity: 2, instead: Instead.configuration),
        .refused(
            "CONFIG SET", Version(2, 0, 0), .server, arity: -4, secrets: .settings(from: 2),
            instead: Instead.configuration),
    ]

    static let serverLast: [Command] = [
        .unnamed("FAILOVER", Version(6, 2, 0), .server, arity: -1, instead: Instead.replication),
        .refused("FLUSHALL", Version(1, 0, 0), .server, arity: 1, instead: Instead.flushing),
        .refused("FLUSHDB", Version(1, 0, 0), .server, arity: 1, instead: Instead.flushing),
        .refused("LASTSAVE", Version(1, 0, 0), .server, arity: 1, instead: Instead.backups),
        .unnamed("MODULE", Version(4, 0, 0), .server, arity: -2, instead: Instead.modules),
        .unnamed("MODULE HELP", Version(5, 0, 0), .server, arity: 2, instead: Instead.modules),
        .unnamed("MODULE LIST", Version(4, 0, 0), .server, arity: 2, instead: Instead.modules),
        .unnamed(
            "MODULE LOAD", Version(4, 0, 0), .server, arity: -3, secrets: .settings(from: 3),
            instead: Instead.modules),
        .unnamed(
            "MODULE LOADEX", Version(7, 0, 0), .server, arity: -3, secrets: .settings(from: 3),
            instead: Instead.modules),
        .unnamed("MODULE UNLOAD", Version(4, 0, 0), .server, arity: 3, instead: Instead.modules),
        .refused("PSYNC", Version(2, 8, 0), .server, arity: 3, instead: Instead.replication),
        // 3.0.0 in the documentation, but 2.8.24 has it.
        .unnamed("REPLCONF", Version(2, 8, 0), .server, arity: -1, instead: Instead.replication),
        .unnamed("REPLICAOF", Version(5, 0, 0), .server, arity: 3, instead: Instead.replication),
        .unnamed(
            "RESTORE-ASKING", Version(3, 0, 0), .server, arity: -4, keys: .first,
            instead: "RESTORE, which takes the same arguments"),
        .unnamed("ROLE", Version(2, 8, 12), .server, arity: 1, instead: Instead.replication),
        .refused("SAVE", Version(1, 0, 0), .server, arity: 1, instead: Instead.backups),
        .refused("SHUTDOWN", Version(1, 0, 0), .server, arity: -1, instead: Instead.replication),
        .refused("SLAVEOF", Version(1, 0, 0), .server, arity: 3, instead: Instead.replication),
        .unnamed(
            "SWAPDB", Version(4, 0, 0), .server, arity: 3,
            instead: "there is one database: change a key that names the prefix in use"),
        .refused("SYNC", Version(1, 0, 0), .server, arity: 1, instead: Instead.replication),
    ]
}
