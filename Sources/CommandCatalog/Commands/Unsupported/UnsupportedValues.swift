// Commands on strings, hashes, lists and sets.

extension Unsupported {
    static let values: [Command] = [
        .unnamed(
            "BITFIELD", Version(3, 2, 0), .string, arity: -2, keys: .first,
            instead: "GETRANGE and SETRANGE, with WATCH and MULTI where it must be atomic"),
        .unnamed(
            "BITFIELD_RO", Version(6, 0, 0), .string, arity: -2, keys: .first,
            instead: "GETRANGE, and take the bits out in the client"),
        .unnamed(
            "BITPOS", Version(2, 8, 7), .string, arity: -3, keys: .first,
            instead: "GETRANGE, and look for the bit in the client"),
        .unnamed("GETDEL", Version(6, 2, 0), .string, arity: 2, keys: .first, instead: "MULTI, GET, DEL, EXEC"),
        .unnamed(
            "GETEX", Version(6, 2, 0), .string, arity: -2, keys: .first,
            instead: "MULTI, GET, then EXPIRE or PERSIST, EXEC"),
        .unnamed(
            "LCS", Version(7, 0, 0), .string, arity: -3, keys: .range(first: 1, last: 2, step: 1),
            instead: "GET both strings and compare them in the client"),
        .unnamed(
            "SUBSTR", Version(1, 0, 0), .string, arity: 4, keys: .first,
            instead: "GETRANGE, which takes the same arguments"),
        .unnamed("HEXPIRE", Version(7, 4, 0), .hash, arity: -6, keys: .first, instead: Instead.fieldExpiry),
        .unnamed("HEXPIREAT", Version(7, 4, 0), .hash, arity: -6, keys: .first, instead: Instead.fieldExpiry),
        .unnamed("HEXPIRETIME", Version(7, 4, 0), .hash, arity: -5, keys: .first, instead: Instead.fieldExpiry),
        .unnamed("HPERSIST", Version(7, 4, 0), .hash, arity: -5, keys: .first, instead: Instead.fieldExpiry),
        .unnamed("HPEXPIRE", Version(7, 4, 0), .hash, arity: -6, keys: .first, instead: Instead.fieldExpiry),
        .unnamed("HPEXPIREAT", Version(7, 4, 0), .hash, arity: -6, keys: .first, instead: Instead.fieldExpiry),
        .unnamed("HPEXPIRETIME", Version(7, 4, 0), .hash, arity: -5, keys: .first, instead: Instead.fieldExpiry),
        .unnamed("HPTTL", Version(7, 4, 0), .hash, arity: -5, keys: .first, instead: Instead.fieldExpiry),
        .unnamed(
            "HRANDFIELD", Version(6, 2, 0), .hash, arity: -2, keys: .first,
            instead: "HKEYS, and choose in the client"),
        .unnamed(
            "HSTRLEN", Version(3, 2, 0), .hash, arity: 3, keys: .first,
            instead: "HGET, and measure the value in the client"),
        .unnamed("HTTL", Version(7, 4, 0), .hash, arity: -5, keys: .first, instead: Instead.fieldExpiry),
        .unnamed(
            "BLMOVE", Version(6, 2, 0), .list, arity: 6, keys: .range(first: 1, last: 2, step: 1),
            instead: "RPOPLPUSH in a loop with a pause for RIGHT LEFT; else a pop and a push, which are not atomic"),
        .unnamed(
            "BLMPOP", Version(7, 0, 0), .list, arity: -5, keys: .counted(destination: nil, count: 2, first: 3),
            instead: "LPOP or RPOP, key by key, in a loop with a pause"),
        .unnamed(
            "BLPOP", Version(2, 0, 0), .list, arity: -3, keys: .range(first: 1, last: -2, step: 1),
            instead: "LPOP in a loop with a pause"),
        .unnamed(
            "BRPOP", Version(2, 0, 0), .list, arity: -3, keys: .range(first: 1, last: -2, step: 1),
            instead: "RPOP in a loop with a pause"),
        .unnamed(
            "BRPOPLPUSH", Version(2, 2, 0), .list, arity: 4, keys: .range(first: 1, last: 2, step: 1),
            instead: "RPOPLPUSH in a loop with a pause"),
        .unnamed(
            "LMOVE", Version(6, 2, 0), .list, arity: 5, keys: .range(first: 1, last: 2, step: 1),
            instead: "RPOPLPUSH for RIGHT LEFT; for the other directions a pop and a push, which are not atomic"),
        .unnamed(
            "LMPOP", Version(7, 0, 0), .list, arity: -4, keys: .counted(destination: nil, count: 1, first: 2),
            instead: "LPOP or RPOP, key by key until one answers"),
        .unnamed(
            "LPOS", Version(6, 0, 6), .list, arity: -3, keys: .first,
            instead: "LRANGE, and look for the element in the client"),
        .unnamed(
            "SINTERCARD", Version(7, 0, 0), .set, arity: -3, keys: .counted(destination: nil, count: 1, first: 2),
            instead: "SINTER, and count what it gives"),
        .unnamed(
            "SMISMEMBER", Version(6, 2, 0), .set, arity: -3, keys: .first,
            instead: "several SISMEMBER in a pipeline"),
    ]
}
