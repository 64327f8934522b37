/// ZUNIONSTORE and ZINTERSTORE.
extension SortedSets {
    static func zunionstore(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try combine(call, &reply) { $0.union() }
    }

    static func zinterstore(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try combine(call, &reply) { $0.intersection() }
    }

    /// Works a result out aside and puts it in the destination's place, argument 1.
    private static func combine(
        _ call: Call, _ reply: inout ReplyBuffer, _ result: (ScoreAlgebra) -> ScoreAccumulator
    ) throws(ReplyError) {
        let algebra = try ScoreAlgebra(call)
        let accumulator = result(algebra)
        let count = accumulator.count
        let destination = call.key(at: 1)
        if count == 0 {
            destination.remove()
        } else {
            try destination.replace(with: accumulator.finish(key: destination.bytes))
        }
        reply.append(integer: count)
    }
}
