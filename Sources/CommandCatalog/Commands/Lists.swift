// Lists.

extension Command {
    static let lindex = supported(
        .lindex, "LINDEX", since: Version(1, 0, 0), .list, arity: 3, keys: .first,
        flags: [.readonly], syntax: "key index",
        summary: "Gives an element by its index.")

    static let linsert = supported(
        .linsert, "LINSERT", since: Version(2, 2, 0), .list, arity: 5, keys: .first,
        flags: [.write, .denyOOM], syntax: "key BEFORE|AFTER pivot value",
        summary: "Inserts an element before or after another one.")

    static let llen = supported(
        .llen, "LLEN", since: Version(1, 0, 0), .list, arity: 2, keys: .first,
        flags: [.readonly, .fast], syntax: "key",
        summary: "Gives a list's length.")

    static let lpop = supported(
        .lpop, "LPOP", since: Version(1, 0, 0), .list, arity: 2, keys: .first,
        flags: [.write, .fast], syntax: "key",
        summary: "Takes the first element off a list.")

    static let lpush = supported(
        .lpush, "LPUSH", since: Version(1, 0, 0), .list, arity: -3, keys: .first,
        flags: [.write, .denyOOM, .fast], syntax: "key value [value ...]",
        summary: "Puts elements in front of a list.")

    static let lpushx = supported(
        .lpushx, "LPUSHX", since: Version(2, 2, 0), .list, arity: 3, keys: .first,
        flags: [.write, .denyOOM, .fast], syntax: "key value",
        summary: "Puts an element in front of a list, but only if the list exists.")

    static let lrange = supported(
        .lrange, "LRANGE", since: Version(1, 0, 0), .list, arity: 4, keys: .first,
        flags: [.readonly], syntax: "key start stop",
        summary: "Gives a range of elements.")

    static let lrem = supported(
        .lrem, "LREM", since: Version(1, 0, 0), .list, arity: 4, keys: .first,
        flags: [.write], syntax: "key count value",
        summary: "Removes elements that equal a value.")

    static let lset = supported(
        .lset, "LSET", since: Version(1, 0, 0), .list, arity: 4, keys: .first,
        flags: [.write, .denyOOM], syntax: "key index value",
        summary: "Replaces an element by its index.")

    static let ltrim = supported(
        .ltrim, "LTRIM", since: Version(1, 0, 0), .list, arity: 4, keys: .first,
        flags: [.write], syntax: "key start stop",
        summary: "Cuts a list down to a range.")

    static let rpop = supported(
        .rpop, "RPOP", since: Version(1, 0, 0), .list, arity: 2, keys: .first,
        flags: [.write, .fast], syntax: "key",
        summary: "Takes the last element off a list.")

    static let rpoplpush = supported(
        .rpoplpush, "RPOPLPUSH", since: Version(1, 2, 0), .list, arity: 3, keys: .range(first: 1, last: 2, step: 1),
        flags: [.write, .denyOOM], syntax: "source destination",
        summary: "Takes the last element off a list and puts it in front of another.")

    static let rpush = supported(
        .rpush, "RPUSH", since: Version(1, 0, 0), .list, arity: -3, keys: .first,
        flags: [.write, .denyOOM, .fast], syntax: "key value [value ...]",
        summary: "Puts elements at the end of a list.")

    static let rpushx = supported(
        .rpushx, "RPUSHX", since: Version(2, 2, 0), .list, arity: 3, keys: .first,
        flags: [.write, .denyOOM, .fast], syntax: "key value",
        summary: "Puts an element at the end of a list, but only if the list exists.")
}
