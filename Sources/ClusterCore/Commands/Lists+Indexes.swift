/// The commands on a list's elements by their index or their bytes.
extension Lists {
    static func llen(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let slot = try call.key(at: 1).slot(.list)
        reply.append(integer: slot.map { ListValue($0).count } ?? 0)
    }

    static func lindex(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        guard let slot = try call.key(at: 1).slot(.list) else { return reply.appendNull() }
        let list = ListValue(slot)
        guard let index = index(try call.integer(at: 2), of: list) else {
            return reply.appendNull()
        }
        reply.append(bulk: list.bytes(at: list.place(ofIndex: index)))
    }

    /// The index that the argument of LINDEX and LSET means; nil where there is no such element.
    ///
    /// 2.8 hands it to a compact list as 32 bits (`ziplistIndex`) and loses the rest: 2^34 is the first element there.
    private static func index(_ argument: Int64, of list: ListValue) -> Int? {
        let index = list.isPacked ? Int64(Int32(truncatingIfNeeded: argument)) : argument
        return IndexRange.normalized(index: index, count: list.count)
    }

    static func lrange(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let start = try call.integer(at: 2)
        let stop = try call.integer(at: 3)
        guard let list = try call.key(at: 1).slot(.list).map(ListValue.init),
            let range = IndexRange.normalized(start: start, stop: stop, count: list.count)
        else { return reply.append(arrayOf: 0) }
        reply.append(arrayOf: range.count)
        list.visit(range) { reply.append(bulk: $0) }
    }

    /// Watchers are told even where nothing is cut off, as 2.8 does.
    static func ltrim(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let start = try call.integer(at: 2)
        let stop = try call.integer(at: 3)
        let key = call.key(at: 1)
        if let slot = try key.slot(.list) {
            let list = ListValue(slot)
            if let range = IndexRange.normalized(start: start, stop: stop, count: list.count) {
                let payload = list.payload
                list.removeElements(list.count - range.upperBound, at: .tail)
                list.removeElements(range.lowerBound, at: .head)
                key.changed(payloadBy: list.payload - payload)
            } else {
                key.remove()
            }
        }
        reply.appendOK()
    }

    static func lset(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let key = call.key(at: 1)
        let element = call.arguments[3]
        guard let slot = try key.slot(.list) else { throw .noSuchKey }
        let list = ListValue(slot)
        guard let index = index(try call.integer(at: 2), of: list) else {
            throw .indexOutOfRange
        }
        let place = list.place(ofIndex: index)
        let growth = element.count - list.bytes(at: place).count
        let payload = list.payload
        try key.allow(payload: payload + growth, insteadOf: payload)
        list.replace(at: place, with: element)
        key.changed(payloadBy: growth)
        reply.appendOK()
    }

    static func linsert(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let isBehind = call.arguments[2].equalsIgnoringCase("after")
        guard isBehind || call.arguments[2].equalsIgnoringCase("before") else { throw .syntax }
        let key = call.key(at: 1)
        let element = call.arguments[4]
        guard let slot = try key.slot(.list) else { return reply.append(integer: 0) }
        let list = ListValue(slot)
        guard let pivot = list.find(call.arguments[3]) else { return reply.append(integer: -1) }
        let payload = list.payload
        try key.allow(payload: payload + element.count, insteadOf: payload)
        list.insert(element, at: pivot, behind: isBehind)
        key.changed(payloadBy: element.count)
        reply.append(integer: list.count)
    }

    static func lrem(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let number = try call.integer(at: 2)
        let key = call.key(at: 1)
        guard let slot = try key.slot(.list) else { return reply.append(integer: 0) }
        let list = ListValue(slot)
        let limit = number == 0 ? Int.max : Int(clamping: number.magnitude)
        let removed = list.remove(call.arguments[3], upTo: limit, from: number < 0 ? .tail : .head)
        if removed > 0 {
            key.changed(payloadBy: -removed * call.arguments[3].count)
            if list.count == 0 { key.remove() }
        }
        reply.append(integer: removed)
    }
}
