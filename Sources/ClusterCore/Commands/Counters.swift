import CLibrary

/// The commands that read a string as a number and write the sum back.
enum Counters {
    static func incr(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) { try add(1, call, &reply) }

    static func decr(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) { try add(-1, call, &reply) }

    static func incrby(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try add(try call.integer(at: 2), call, &reply)
    }

    static func decrby(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        try add(0 &- (try call.integer(at: 2)), call, &reply)
    }

    private static func add(_ increment: Int64, _ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let key = call.key(at: 1)
        guard let slot = try key.slot(.string) else {
            try putDigits(of: increment, at: key)
            return reply.append(integer: increment)
        }
        guard let old = slot.pointee.value.parsedInteger() else { throw .notInteger }
        let (sum, overflow) = old.addingReportingOverflow(increment)
        if overflow { throw .overflow }
        try overwriteDigits(of: sum, slot, key)
        reply.append(integer: sum)
    }

    private static func putDigits(of number: Int64, at key: Key) throws(ReplyError) {
        var digits: InlineArray<20, UInt8> = .init(repeating: 0)
        var span = digits.mutableSpan
        try span.withDigits(of: number) { (text: ByteView) throws(ReplyError) in try Strings.put(text, at: key) }
    }

    /// Writes a number over a string; the deadline stays.
    private static func overwriteDigits(of number: Int64, _ slot: HashTable.Slot, _ key: Key) throws(ReplyError) {
        let old = slot.pointee.valueCount
        var digits: InlineArray<20, UInt8> = .init(repeating: 0)
        var span = digits.mutableSpan
        try span.withDigits(of: number) { (text: ByteView) throws(ReplyError) in
            try key.allow(payload: text.count, insteadOf: old)
            slot.pointee = slot.pointee.withValue(text)
            key.changed(payloadBy: text.count - old)
        }
    }

    static func incrbyfloat(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let key = call.key(at: 1)
        let slot = try key.slot(.string)
        var sum = clibrary_long_double()
        if let old = slot?.pointee.value, !clibrary_parse_long_double(old.start, old.count, &sum) { throw .notFloat }
        let text = call.arguments[2]
        var increment = clibrary_long_double()
        guard clibrary_parse_long_double(text.start, text.count, &increment) else { throw .notFloat }
        guard clibrary_add(&sum, &increment) else { throw .notFinite }
        try LongDoubleText.withText(of: sum) { (text: ByteView) throws(ReplyError) in
            guard let slot else { return try Strings.put(text, at: key) }
            let old = slot.pointee.valueCount
            try key.allow(payload: text.count, insteadOf: old)
            slot.pointee = slot.pointee.withValue(text)
            key.changed(payloadBy: text.count - old)
        }
        LongDoubleText.withText(of: sum) { reply.append(bulk: $0) }
    }
}
