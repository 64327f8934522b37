/// The commands on ranges of a sorted set: by rank, by score, by bytes. Every range becomes one of ranks.
extension SortedSets {
    static func zrange(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try rangeByRank(call, isReversed: false, &reply)
    }

    static func zrevrange(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try rangeByRank(call, isReversed: true, &reply)
    }

    @inline(__always)
    private static func rangeByRank(_ call: Call, isReversed: Bool, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let start = try call.integer(at: 2)
        let stop = try call.integer(at: 3)
        let hasScores = call.arguments.count == 5 && call.arguments[4].equalsIgnoringCase("withscores")
        if call.arguments.count > 4 && !hasScores { throw .syntax }
        guard let slot = try call.key(at: 1).slot(.sortedSet) else { return reply.append(arrayOf: 0) }
        let members = SortedSetMembers(slot.pointee)
        let count = members.count
        guard let range = IndexRange.normalized(start: start, stop: stop, count: count) else {
            return reply.append(arrayOf: 0)
        }
        let ranks = isReversed ? count - range.upperBound..<count - range.lowerBound : range
        append(members, ranks, isReversed: isReversed, hasScores: hasScores, &reply)
    }

    static func zrangebyscore(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try rangeByScore(call, isReversed: false, &reply)
    }

    static func zrevrangebyscore(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try rangeByScore(call, isReversed: true, &reply)
    }

    private static func rangeByScore(_ call: Call, isReversed: Bool, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let range = try ScoreRange(
            minimum: call.arguments[isReversed ? 3 : 2], maximum: call.arguments[isReversed ? 2 : 3])
        let options = try RangeOptions(call.arguments, allowsScores: true)
        guard let slot = try call.key(at: 1).slot(.sortedSet) else { return reply.append(arrayOf: 0) }
        let members = SortedSetMembers(slot.pointee)
        let ranks = options.limited(members.ranks(range), isReversed: isReversed)
        append(members, ranks, isReversed: isReversed, hasScores: options.hasScores, &reply)
    }

    static func zrangebylex(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let range = try LexRange(minimum: call.arguments[2], maximum: call.arguments[3])
        let options = try RangeOptions(call.arguments, allowsScores: false)
        guard let slot = try call.key(at: 1).slot(.sortedSet) else { return reply.append(arrayOf: 0) }
        let members = SortedSetMembers(slot.pointee)
        let ranks = options.limited(members.ranks(range), isReversed: false)
        append(members, ranks, isReversed: false, hasScores: false, &reply)
    }

    /// Answers the members of some ranks.
    @inline(__always)
    private static func append(
        _ members: SortedSetMembers, _ ranks: Range<Int>, isReversed: Bool, hasScores: Bool,
        _ reply: inout ReplyBuffer
    ) {
        reply.append(arrayOf: hasScores ? ranks.count * 2 : ranks.count)
        if isReversed {
            members.forEachReversed(ranks) { append($0, $1, hasScores: hasScores, &reply) }
        } else {
            members.forEach(ranks) { append($0, $1, hasScores: hasScores, &reply) }
        }
    }

    @inline(__always)
    private static func append(_ member: ByteView, _ score: Double, hasScores: Bool, _ reply: inout ReplyBuffer) {
        reply.append(bulk: member)
        if hasScores { reply.append(bulkScore: score) }
    }

    static func zcount(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let range = try ScoreRange(minimum: call.arguments[2], maximum: call.arguments[3])
        let slot = try call.key(at: 1).slot(.sortedSet)
        reply.append(integer: slot.map { SortedSetMembers($0.pointee).ranks(range).count } ?? 0)
    }

    static func zlexcount(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let range = try LexRange(minimum: call.arguments[2], maximum: call.arguments[3])
        let slot = try call.key(at: 1).slot(.sortedSet)
        reply.append(integer: slot.map { SortedSetMembers($0.pointee).ranks(range).count } ?? 0)
    }
}

// MARK: - Removing

extension SortedSets {
    static func zremrangebyrank(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let start = try call.integer(at: 2)
        let stop = try call.integer(at: 3)
        try remove(call, &reply) { IndexRange.normalized(start: start, stop: stop, count: $0.count) ?? 0..<0 }
    }

    static func zremrangebyscore(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let range = try ScoreRange(minimum: call.arguments[2], maximum: call.arguments[3])
        try remove(call, &reply) { $0.ranks(range) }
    }

    static func zremrangebylex(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let range = try LexRange(minimum: call.arguments[2], maximum: call.arguments[3])
        try remove(call, &reply) { $0.ranks(range) }
    }

    private static func remove(
        _ call: Call, _ reply: inout ReplyBuffer, ranksOf: (SortedSetMembers) -> Range<Int>
    ) throws(ReplyError) {
        let key = call.key(at: 1)
        guard let slot = try key.slot(.sortedSet) else { return reply.append(integer: 0) }
        let set = SortedSetValue(slot: slot)
        let ranks = ranksOf(set.members)
        if ranks.count == set.members.count {
            key.remove()
        } else if !ranks.isEmpty {
            let before = set.members.payload
            set.remove(ranks)
            key.changed(payloadBy: set.members.payload - before)
        }
        reply.append(integer: ranks.count)
    }
}

// MARK: - Options

/// `WITHSCORES` and `LIMIT offset count` behind a range.
private struct RangeOptions {
    private(set) var hasScores = false
    private var offset: Int64 = 0
    private var limit: Int64 = -1

    /// Reads the options from argument 4 on.
    init(_ arguments: Arguments, allowsScores: Bool) throws(ReplyError) {
        var index = 4
        while index < arguments.count {
            if allowsScores && arguments[index].equalsIgnoringCase("withscores") {
                hasScores = true
                index += 1
            } else if index + 2 < arguments.count && arguments[index].equalsIgnoringCase("limit") {
                guard let offset = arguments[index + 1].parsedInteger(),
                    let limit = arguments[index + 2].parsedInteger()
                else { throw .notInteger }
                self.offset = offset
                self.limit = limit
                index += 3
            } else {
                throw .syntax
            }
        }
    }

    /// The ranks that LIMIT leaves of a range: none for a negative offset, all for a negative count.
    func limited(_ ranks: Range<Int>, isReversed: Bool) -> Range<Int> {
        guard offset >= 0, offset < ranks.count else { return ranks.prefix(0) }
        let rest = ranks.count - Int(offset)
        let count = limit < 0 ? rest : Int(min(limit, Int64(rest)))
        if isReversed {
            let upperBound = ranks.upperBound - Int(offset)
            return upperBound - count..<upperBound
        }
        let lowerBound = ranks.lowerBound + Int(offset)
        return lowerBound..<lowerBound + count
    }
}
