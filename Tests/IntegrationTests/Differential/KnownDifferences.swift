import TestSupport

/// Where Redis 7.0 answers differently from Redis 2.8.24, whose answers are ours.
struct KnownDifference: Sendable {
    /// What is different.
    let name: String
    /// The commands that it concerns; nil for all.
    let commands: Set<String>?
    /// Whether a request and the two answers are an instance of it.
    let isMet: @Sendable (DataRequest, _ ours: TestReply, _ peers: TestReply) -> Bool
    /// Whether the two servers hold different data under the request's keys afterwards.
    let spoilsKeys: Bool
    /// Where 2.8's behaviour can be read.
    let source: String

    /// Another text of the same error; nothing was done by either.
    static func text(_ commands: String?, ours: String, peers: String, source: String) -> KnownDifference {
        KnownDifference(
            name: "\(peers) → \(ours)", commands: commands.map { Set($0.split(separator: " ").map(String.init)) },
            isMet: { request, mine, other in
                let name = request.command.lowercased()
                return mine == .error(ours.replacing("{name}", with: name))
                    && other == .error(peers.replacing("{name}", with: name))
            }, spoilsKeys: false, source: source)
    }

    /// Another effect of a request.
    static func effect(
        _ name: String, source: String, _ commands: String?,
        when isMet: @escaping @Sendable (DataRequest, _ ours: TestReply, _ peers: TestReply) -> Bool
    ) -> KnownDifference {
        KnownDifference(
            name: name, commands: commands.map { Set($0.split(separator: " ").map(String.init)) }, isMet: isMet,
            spoilsKeys: true, source: source)
    }
}

extension KnownDifference {
    /// Sources name files of the 2.8.24 release.
    static let all: [KnownDifference] = texts + orders + effects

    private static let texts: [KnownDifference] = [
        .text(
            "MSET MSETNX", ours: "ERR wrong number of arguments for MSET",
            peers: "ERR wrong number of arguments for '{name}' command", source: "t_string.c msetGenericCommand"),
        .text(
            "HMSET", ours: "ERR wrong number of arguments for HMSET",
            peers: "ERR wrong number of arguments for '{name}' command", source: "t_hash.c hmsetCommand"),
        .text(
            "SET SETEX PSETEX", ours: "ERR invalid expire time in {name}",
            peers: "ERR invalid expire time in '{name}' command", source: "t_string.c setGenericCommand"),
        .text(
            "HINCRBYFLOAT", ours: "ERR hash value is not a valid float", peers: "ERR hash value is not a float",
            source: "t_hash.c hincrbyfloatCommand"),
        .text(
            "ZUNIONSTORE ZINTERSTORE", ours: "ERR at least 1 input key is needed for ZUNIONSTORE/ZINTERSTORE",
            peers: "ERR at least 1 input key is needed for '{name}' command",
            source: "t_zset.c zunionInterGenericCommand"),
        .text(
            "RESTORE", ours: "ERR Target key name is busy.", peers: "BUSYKEY Target key name already exists.",
            source: "cluster.c restoreCommand"),
        .text(
            "AUTH", ours: "ERR Client sent AUTH, but no password is set",
            peers: "ERR AUTH <password> called without any password configured for the default user. "
                + "Are you sure your configuration is correct?", source: "redis.c authCommand"),
        .text(
            "SELECT", ours: "ERR invalid DB index", peers: "ERR value is not an integer or out of range",
            source: "db.c selectCommand"),
        .text(
            "SELECT", ours: "ERR invalid DB index",
            peers: "ERR value is out of range, value must between -2147483648 and 2147483647",
            source: "db.c selectCommand"),
        .text(
            "SETRANGE APPEND", ours: "ERR string exceeds maximum allowed size (512MB)",
            peers: "ERR string exceeds maximum allowed size (proto-max-bulk-len)",
            source: "t_string.c checkStringLength"),
    ]

    private static let orders: [KnownDifference] = [
        KnownDifference(
            name: "the range is read before the options",
            commands: ["ZRANGEBYLEX", "ZRANGEBYSCORE", "ZREVRANGEBYSCORE"],
            isMet: { _, ours, peers in
                ["ERR min or max not valid string range item", "ERR min or max is not a float"].contains(ours.errorText)
                    && peers.errorText != nil
            }, spoilsKeys: false, source: "t_zset.c genericZrangebylexCommand, genericZrangebyscoreCommand"),
        KnownDifference(
            name: "numbers are read before the number of arguments is found wrong, or after",
            commands: ["BITCOUNT", "ZRANGE", "ZREVRANGE"],
            isMet: { _, ours, peers in
                let errors = [
                    TestReply.error("ERR syntax error"), .error("ERR value is not an integer or out of range"),
                ]
                return errors.contains(ours) && errors.contains(peers)
            }, spoilsKeys: false, source: "bitops.c bitcountCommand, t_zset.c zrangeGenericCommand"),
    ]

    private static let effects: [KnownDifference] = [
        .effect("SPOP takes any member", source: "t_set.c spopCommand", "SPOP") { _, ours, peers in
            ours.bytes != nil && peers.bytes != nil
        },
        .effect(
            "more arguments are a form of a later release", source: "redis.c redisCommandTable",
            "EXISTS EXPIRE EXPIREAT HSET LPOP LPUSHX PEXPIRE PEXPIREAT RESTORE RPOP RPUSHX SPOP AUTH"
        ) { request, ours, _ in
            ours == .error("ERR wrong number of arguments for '\(request.command.lowercased())' command")
        },
        .effect("the last of several options counts", source: "t_string.c setCommand", "SET") { request, _, peers in
            peers == .error("ERR syntax error") && Set(["EX", "PX"]).isSubset(of: request.words(from: 3))
        },
        .effect(
            "numbers are read by strtoll and strtod: a sign +, zeros in front, no digits, or a zero byte behind them",
            source: "object.c getLongLongFromObject, getDoubleFromObject", nil
        ) { request, _, peers in
            peers.errorText.map(notNumbers.contains) ?? false
                && request.arguments.dropFirst().contains(where: isOddNumber)
        },
        .effect(
            "a stored text is read by strtoll or strtold as well",
            source: "object.c getLongLongFromObject, getLongDoubleFromObject",
            "INCR INCRBY DECR DECRBY INCRBYFLOAT HINCRBY HINCRBYFLOAT"
        ) { _, ours, peers in
            (ours.errorText.map(resultErrors.contains) ?? true) && peers.errorText.map(notNumbers.contains) ?? false
        },
        .effect(
            "a deadline may lie past the end of time",
            source: "db.c expireGenericCommand, t_string.c setGenericCommand",
            "EXPIRE EXPIREAT PEXPIRE PEXPIREAT SET SETEX PSETEX"
        ) { request, _, peers in
            peers == .error("ERR invalid expire time in '\(request.command.lowercased())' command")
        },
        .effect(
            "an increment and its result may be infinite", source: "t_hash.c hincrbyfloatCommand", "HINCRBYFLOAT"
        ) { _, _, peers in
            ["ERR value is NaN or Infinity", "ERR increment would produce NaN or Infinity"].contains(peers.errorText)
        },
        .effect(
            "the index of a compact list is cut to 32 bits", source: "t_list.c, ziplist.c ziplistIndex", "LINDEX LSET"
        ) { request, _, _ in
            Int(request.text(2)).map { Int32(exactly: $0) == nil } ?? false
        },
        .effect(
            "zero keeps its sign", source: "util.c, t_string.c incrbyfloatCommand", "INCRBYFLOAT HINCRBYFLOAT"
        ) { _, ours, peers in
            ours == .text("-0") && peers == .text("0")
        },
        .effect(
            "the smallest number is negated to itself", source: "t_string.c decrbyCommand", "DECRBY"
        ) { _, _, peers in
            peers == .error("ERR decrement would overflow")
        },
        .effect(
            "a missing key empties an intersection before later keys are looked at",
            source: "t_set.c sinterGenericCommand", "SINTER SINTERSTORE"
        ) { _, ours, peers in
            peers == .error(wrongType) && (ours == .array([]) || ours == .integer(0))
        },
        .effect(
            "of two negative places the first may be the later one, and both before the string's first byte",
            source: "t_string.c getrangeCommand, bitops.c bitcountCommand", "GETRANGE BITCOUNT"
        ) { request, ours, peers in
            guard let start = Int(request.text(2)), let end = Int(request.text(3)) else { return false }
            return start < 0 && end < 0 && start > end && (peers == .bulk([]) || peers == .integer(0))
        },
    ]

    private static let wrongType = "WRONGTYPE Operation against a key holding the wrong kind of value"

    /// What counts as a change of a watched key in only one of 2.8 and 7.0, by the command and its reply.
    static let touches: [(commands: Set<String>, reply: TestReply, source: String)] = [
        (
            ["SDIFFSTORE", "SINTERSTORE", "SUNIONSTORE"], .integer(0),
            "2.8 alone: t_set.c sunionDiffGenericCommand, sinterGenericCommand"
        ),
        // The destination counts as changed in 2.8 even where it has the member already.
        (["SMOVE"], .integer(1), "2.8 alone: t_set.c smoveCommand"),
        (["PERSIST"], .integer(1), "7.0 alone: expire.c persistCommand"),
    ]

    private static let resultErrors: Set<String> = [
        "ERR increment or decrement would overflow", "ERR increment would produce NaN or Infinity",
    ]

    private static let notNumbers: Set<String> = [
        "ERR value is not an integer or out of range", "ERR value is not a valid float",
        "ERR min or max is not a float",
        "ERR weight value is not a float", "ERR hash value is not an integer", "ERR hash value is not a float",
        "ERR bit offset is not an integer or out of range", "ERR bit is not an integer or out of range",
        "ERR invalid cursor",
    ]

    /// Whether a text is a number for strtoll or strtod, but not as 7.0 wants it written.
    private static func isOddNumber(_ text: [UInt8]) -> Bool {
        let text = text.first == UInt8(ascii: "(") ? Array(text.dropFirst()) : text
        let isNegative = text.first == UInt8(ascii: "-")
        let first = text.dropFirst(isNegative ? 1 : 0).first
        return text.isEmpty || first == UInt8(ascii: "+") || (first == UInt8(ascii: "0") && text != [UInt8(ascii: "0")])
            || text.contains(0)
    }
}
