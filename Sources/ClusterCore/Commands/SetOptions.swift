/// The options of SET in Redis 2.8: `[EX seconds] [PX milliseconds] [NX|XX]`, in any order, the last of a kind counting.
struct SetOptions {
    /// When the value expires; `Deadline.never` without EX and PX.
    private(set) var deadline = Deadline.never
    private(set) var condition = Condition.none

    /// Under which condition SET sets.
    ///
    /// 2.8 allows NX and XX at once: it then never sets.
    struct Condition: OptionSet {
        let rawValue: UInt8
        static let none: Condition = []
        static let mustNotExist = Condition(rawValue: 1)
        static let mustExist = Condition(rawValue: 2)

        /// Whether a key that exists, or does not, is to be left alone.
        func forbids(exists: Bool) -> Bool {
            exists ? contains(.mustNotExist) : contains(.mustExist)
        }
    }

    init(_ call: Call) throws(ReplyError) {
        var index = 3
        var expiry: (index: Int, milliseconds: Bool)?
        while index < call.arguments.count {
            let option = call.arguments[index]
            let hasNext = index + 1 < call.arguments.count
            if option.equalsIgnoringCase("nx") {
                condition.insert(.mustNotExist)
            } else if option.equalsIgnoringCase("xx") {
                condition.insert(.mustExist)
            } else if hasNext, option.equalsIgnoringCase("ex") {
                index += 1
                expiry = (index, false)
            } else if hasNext, option.equalsIgnoringCase("px") {
                index += 1
                expiry = (index, true)
            } else {
                throw .syntax
            }
            index += 1
        }
        if let expiry {
            deadline = try Self.deadline(call, at: expiry.index, milliseconds: expiry.milliseconds, command: "set")
        }
    }

    /// The deadline that an argument's seconds or milliseconds lead to.
    static func deadline(
        _ call: Call, at index: Int, milliseconds: Bool, command: StaticString
    ) throws(ReplyError) -> Deadline {
        let amount = try call.integer(at: index)
        guard amount > 0 else { throw .invalidExpire(command: command) }
        return Deadline(milliseconds: milliseconds ? amount : amount &* 1000, after: call.now)
    }
}
