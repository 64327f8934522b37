/// ZUNIONSTORE and ZINTERSTORE.
extension SortedSets {
    static func zunionstore(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try combine(call, &reply) { $0.union(atMost: $1) }
    }

    static func zinterstore(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try combine(call, &reply) { algebra, _ in algebra.intersection() }
    }

    /// Works a result out aside and puts it in the destination's place, argument 1.
    private static func combine(
        _ call: Call, _ reply: inout ReplyBuffer, _ result: (ScoreAlgebra, _ atMost: Int) -> ScoreAlgebra.Result
    ) throws(ReplyError) {
        let algebra = try ScoreAlgebra(call)
        let destination = call.key(at: 1)
        let result = result(algebra, destination.mostReplacing)
        guard result.isWhole else { throw destination.tooLarge(atLeast: result.members.payload) }
        let accumulator = result.members
        let count = accumulator.count
        if count == 0 {
            destination.remove()
        } else {
            try destination.replace(with: accumulator.finish(key: destination.bytes))
        }
        reply.append(integer: count)
    }
}
