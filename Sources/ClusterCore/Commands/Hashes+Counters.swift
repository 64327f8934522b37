import CLibrary

/// The commands that read a field as a number and write the sum back.
extension Hashes {
    static func hincrby(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let increment = try call.integer(at: 3)
        let target = try Target(call)
        guard let number = target.old.map({ $0.parsedInteger() }) ?? 0 else { throw .hashValueNotInteger }
        let (sum, overflow) = number.addingReportingOverflow(increment)
        if overflow { throw .overflow }
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var span = digits.mutableSpan
        try span.withDigits(of: sum) { (text: ByteView) throws(ReplyError) in try target.set(to: text) }
        reply.append(integer: sum)
    }

    /// Unlike INCRBYFLOAT, it takes a sum that is infinite or no number: 2.8 does not look at it.
    static func hincrbyfloat(_ call: Call, _ reply: inout ReplyBuffer) throws(ReplyError) {
        let text = call.arguments[3]
        var increment = clibrary_long_double()
        guard clibrary_parse_long_double(text.start, text.count, &increment) else { throw .notFloat }
        let target = try Target(call)
        var sum = clibrary_long_double()
        if let old = target.old, !clibrary_parse_long_double(old.start, old.count, &sum) { throw .hashValueNotFloat }
        _ = clibrary_add(&sum, &increment)
        try LongDoubleText.withText(of: sum) { (text: ByteView) throws(ReplyError) in
            try target.set(to: text)
            reply.append(bulk: text)
        }
    }
}
