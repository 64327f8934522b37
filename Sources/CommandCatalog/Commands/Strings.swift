// Strings, counters and bitmaps.

extension Command {
    static let append = supported(
        .append, "APPEND", since: Version(2, 0, 0), .string, arity: 3, keys: .first,
        flags: [.write, .denyOOM], syntax: "key value",
        summary: "Appends to a string, or makes it; gives the new length.")

    static let bitcount = supported(
        .bitcount, "BITCOUNT", since: Version(2, 6, 0), .string, arity: -2, keys: .first,
        flags: [.readonly], syntax: "key [start end]",
        summary: "Counts the set bits of a string, or of a range of its bytes.")

    static let bitop = supported(
        .bitop, "BITOP", since: Version(2, 6, 0), .string, arity: -4, keys: .range(first: 2, last: -1, step: 1),
        flags: [.write, .denyOOM], syntax: "AND|OR|XOR|NOT destkey key [key ...]",
        summary: "Combines strings bit by bit and stores the result.")

    static let decr = supported(
        .decr, "DECR", since: Version(1, 0, 0), .string, arity: 2, keys: .first,
        flags: [.write, .denyOOM, .fast], syntax: "key",
        summary: "Subtracts one from an integer.")

    static let decrby = supported(
        .decrby, "DECRBY", since: Version(1, 0, 0), .string, arity: 3, keys: .first,
        flags: [.write, .denyOOM, .fast], syntax: "key decrement",
        summary: "Subtracts from an integer.")

    static let get = supported(
        .get, "GET", since: Version(1, 0, 0), .string, arity: 2, keys: .first,
        flags: [.readonly, .fast], syntax: "key",
        summary: "Gives a string.")

    static let getbit = supported(
        .getbit, "GETBIT", since: Version(2, 2, 0), .string, arity: 3, keys: .first,
        flags: [.readonly, .fast], syntax: "key offset",
        summary: "Gives one bit of a string.")

    static let getrange = supported(
        .getrange, "GETRANGE", since: Version(2, 4, 0), .string, arity: 4, keys: .first,
        flags: [.readonly], syntax: "key start end",
        summary: "Gives a part of a string.")

    static let getset = supported(
        .getset, "GETSET", since: Version(1, 0, 0), .string, arity: 3, keys: .first,
        flags: [.write, .denyOOM], syntax: "key value",
        summary: "Sets a string and gives the one that was there.")

    static let incr = supported(
        .incr, "INCR", since: Version(1, 0, 0), .string, arity: 2, keys: .first,
        flags: [.write, .denyOOM, .fast], syntax: "key",
        summary: "Adds one to an integer.")

    static let incrby = supported(
        .incrby, "INCRBY", since: Version(1, 0, 0), .string, arity: 3, keys: .first,
        flags: [.write, .denyOOM, .fast], syntax: "key increment",
        summary: "Adds to an integer.")

    static let incrbyfloat = supported(
        .incrbyfloat, "INCRBYFLOAT", since: Version(2, 6, 0), .string, arity: 3, keys: .first,
        flags: [.write, .denyOOM, .fast], syntax: "key increment",
        summary: "Adds to a number with a fraction.")

    static let mget = supported(
        .mget, "MGET", since: Version(1, 0, 0), .string, arity: -2, keys: .every,
        flags: [.readonly], syntax: "key [key ...]",
        summary: "Gives several strings.")

    static let mset = supported(
        .mset, "MSET", since: Version(1, 0, 1), .string, arity: -3, keys: .range(first: 1, last: -1, step: 2),
        flags: [.write, .denyOOM], syntax: "key value [key value ...]",
        summary: "Sets several strings at once.")

    static let msetnx = supported(
        .msetnx, "MSETNX", since: Version(1, 0, 1), .string, arity: -3, keys: .range(first: 1, last: -1, step: 2),
        flags: [.write, .denyOOM], syntax: "key value [key value ...]",
        summary: "Sets several strings, but only if none of the keys exists.")

    static let psetex = supported(
        .psetex, "PSETEX", since: Version(2, 6, 0), .string, arity: 4, keys: .first,
        flags: [.write, .denyOOM], syntax: "key milliseconds value",
        summary: "Sets a string that lives for a number of milliseconds.")

    static let set = supported(
        .set, "SET", since: Version(1, 0, 0), .string, arity: -3, keys: .first,
        flags: [.write, .denyOOM], syntax: "key value [EX seconds] [PX milliseconds] [NX|XX]",
        summary: "Sets a string, whatever type was there before.")

    static let setbit = supported(
        .setbit, "SETBIT", since: Version(2, 2, 0), .string, arity: 4, keys: .first,
        flags: [.write, .denyOOM], syntax: "key offset value",
        summary: "Sets or clears one bit of a string; gives the old one.")

    static let setex = supported(
        .setex, "SETEX", since: Version(2, 0, 0), .string, arity: 4, keys: .first,
        flags: [.write, .denyOOM], syntax: "key seconds value",
        summary: "Sets a string that lives for a number of seconds.")

    static let setnx = supported(
        .setnx, "SETNX", since: Version(1, 0, 0), .string, arity: 3, keys: .first,
        flags: [.write, .denyOOM, .fast], syntax: "key value",
        summary: "Sets a string, but only if the key does not exist.")

    static let setrange = supported(
        .setrange, "SETRANGE", since: Version(2, 2, 0), .string, arity: 4, keys: .first,
        flags: [.write, .denyOOM], syntax: "key offset value",
        summary: "Writes into a string from an offset on.")

    static let strlen = supported(
        .strlen, "STRLEN", since: Version(2, 2, 0), .string, arity: 2, keys: .first,
        flags: [.readonly, .fast], syntax: "key",
        summary: "Gives a string's length in bytes.")
}
