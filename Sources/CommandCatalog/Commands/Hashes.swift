// Hashes.

extension Command {
    static let hdel = supported(
        .hdel, "HDEL", since: Version(2, 0, 0), .hash, arity: -3, keys: .first,
        flags: [.write, .fast], syntax: "key field [field ...]",
        summary: "Deletes fields of a hash.")

    static let hexists = supported(
        .hexists, "HEXISTS", since: Version(2, 0, 0), .hash, arity: 3, keys: .first,
        flags: [.readonly, .fast], syntax: "key field",
        summary: "Tells whether a hash has a field.")

    static let hget = supported(
        .hget, "HGET", since: Version(2, 0, 0), .hash, arity: 3, keys: .first,
        flags: [.readonly, .fast], syntax: "key field",
        summary: "Gives a field's value.")

    static let hgetall = supported(
        .hgetall, "HGETALL", since: Version(2, 0, 0), .hash, arity: 2, keys: .first,
        flags: [.readonly], syntax: "key",
        summary: "Gives all fields and values of a hash.")

    static let hincrby = supported(
        .hincrby, "HINCRBY", since: Version(2, 0, 0), .hash, arity: 4, keys: .first,
        flags: [.write, .denyOOM, .fast], syntax: "key field increment",
        summary: "Adds to a field's integer.")

    static let hincrbyfloat = supported(
        .hincrbyfloat, "HINCRBYFLOAT", since: Version(2, 6, 0), .hash, arity: 4, keys: .first,
        flags: [.write, .denyOOM, .fast], syntax: "key field increment",
        summary: "Adds to a field's number with a fraction.")

    static let hkeys = supported(
        .hkeys, "HKEYS", since: Version(2, 0, 0), .hash, arity: 2, keys: .first,
        flags: [.readonly, .sortForScript], syntax: "key",
        summary: "Gives all fields of a hash.")

    static let hlen = supported(
        .hlen, "HLEN", since: Version(2, 0, 0), .hash, arity: 2, keys: .first,
        flags: [.readonly, .fast], syntax: "key",
        summary: "Gives the number of fields of a hash.")

    static let hmget = supported(
        .hmget, "HMGET", since: Version(2, 0, 0), .hash, arity: -3, keys: .first,
        flags: [.readonly], syntax: "key field [field ...]",
        summary: "Gives the values of several fields.")

    static let hmset = supported(
        .hmset, "HMSET", since: Version(2, 0, 0), .hash, arity: -4, keys: .first,
        flags: [.write, .denyOOM], syntax: "key field value [field value ...]",
        summary: "Sets several fields.")

    static let hscan = supported(
        .hscan, "HSCAN", since: Version(2, 8, 0), .hash, arity: -3, keys: .first,
        flags: [.readonly, .random], syntax: "key cursor [MATCH pattern] [COUNT count]",
        summary: "Walks over the fields and values of a hash.")

    static let hset = supported(
        .hset, "HSET", since: Version(2, 0, 0), .hash, arity: 4, keys: .first,
        flags: [.write, .denyOOM, .fast], syntax: "key field value",
        summary: "Sets a field.")

    static let hsetnx = supported(
        .hsetnx, "HSETNX", since: Version(2, 0, 0), .hash, arity: 4, keys: .first,
        flags: [.write, .denyOOM, .fast], syntax: "key field value",
        summary: "Sets a field, but only if the hash does not have it.")

    static let hvals = supported(
        .hvals, "HVALS", since: Version(2, 0, 0), .hash, arity: 2, keys: .first,
        flags: [.readonly, .sortForScript], syntax: "key",
        summary: "Gives all values of a hash.")
}
