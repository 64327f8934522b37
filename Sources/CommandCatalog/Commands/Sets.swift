// Sets.

extension Command {
    static let sadd = supported(
        .sadd, "SADD", since: Version(1, 0, 0), .set, arity: -3, keys: .first,
        flags: [.write, .denyOOM, .fast], syntax: "key member [member ...]",
        summary: "Adds members to a set.")

    static let scard = supported(
        .scard, "SCARD", since: Version(1, 0, 0), .set, arity: 2, keys: .first,
        flags: [.readonly, .fast], syntax: "key",
        summary: "Gives the number of members of a set.")

    static let sdiff = supported(
        .sdiff, "SDIFF", since: Version(1, 0, 0), .set, arity: -2, keys: .every,
        flags: [.readonly, .sortForScript], syntax: "key [key ...]",
        summary: "Gives the members of the first set that no other set has.")

    static let sdiffstore = supported(
        .sdiffstore, "SDIFFSTORE", since: Version(1, 0, 0), .set, arity: -3, keys: .every,
        flags: [.write, .denyOOM], syntax: "destination key [key ...]",
        summary: "Stores the members of the first set that no other set has.")

    static let sinter = supported(
        .sinter, "SINTER", since: Version(1, 0, 0), .set, arity: -2, keys: .every,
        flags: [.readonly, .sortForScript], syntax: "key [key ...]",
        summary: "Gives the members that all sets have.")

    static let sinterstore = supported(
        .sinterstore, "SINTERSTORE", since: Version(1, 0, 0), .set, arity: -3, keys: .every,
        flags: [.write, .denyOOM], syntax: "destination key [key ...]",
        summary: "Stores the members that all sets have.")

    static let sismember = supported(
        .sismember, "SISMEMBER", since: Version(1, 0, 0), .set, arity: 3, keys: .first,
        flags: [.readonly, .fast], syntax: "key member",
        summary: "Tells whether a set has a member.")

    static let smembers = supported(
        .smembers, "SMEMBERS", since: Version(1, 0, 0), .set, arity: 2, keys: .first,
        flags: [.readonly, .sortForScript], syntax: "key",
        summary: "Gives all members of a set.")

    static let smove = supported(
        .smove, "SMOVE", since: Version(1, 0, 0), .set, arity: 4, keys: .range(first: 1, last: 2, step: 1),
        flags: [.write, .fast], syntax: "source destination member",
        summary: "Moves a member from one set to another.")

    static let spop = supported(
        .spop, "SPOP", since: Version(1, 0, 0), .set, arity: 2, keys: .first,
        flags: [.write, .noScript, .random, .fast], syntax: "key",
        summary: "Takes a random member out of a set.")

    static let srandmember = supported(
        .srandmember, "SRANDMEMBER", since: Version(1, 0, 0), .set, arity: -2, keys: .first,
        flags: [.readonly, .random], syntax: "key [count]",
        summary: "Gives random members of a set.")

    static let srem = supported(
        .srem, "SREM", since: Version(1, 0, 0), .set, arity: -3, keys: .first,
        flags: [.write, .fast], syntax: "key member [member ...]",
        summary: "Removes members from a set.")

    static let sscan = supported(
        .sscan, "SSCAN", since: Version(2, 8, 0), .set, arity: -3, keys: .first,
        flags: [.readonly, .random], syntax: "key cursor [MATCH pattern] [COUNT count]",
        summary: "Walks over the members of a set.")

    static let sunion = supported(
        .sunion, "SUNION", since: Version(1, 0, 0), .set, arity: -2, keys: .every,
        flags: [.readonly, .sortForScript], syntax: "key [key ...]",
        summary: "Gives the members of all sets together.")

    static let sunionstore = supported(
        .sunionstore, "SUNIONSTORE", since: Version(1, 0, 0), .set, arity: -3, keys: .every,
        flags: [.write, .denyOOM], syntax: "destination key [key ...]",
        summary: "Stores the members of all sets together.")
}
