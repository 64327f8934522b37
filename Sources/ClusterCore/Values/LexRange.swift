/// The `min max` of ZRANGEBYLEX and its like: `[member` includes it, `(member` excludes it, `-` and `+` are the ends of
/// all members.
///
/// Valid as long as the texts that it was read from.
struct LexRange {
    let minimum: End
    let maximum: End

    /// A point between members.
    enum End {
        case lowest, highest
        case before(ByteView)
        case after(ByteView)
    }

    /// Reads both ends.
    init(minimum: ByteView, maximum: ByteView) throws(ReplyError) {
        self.minimum = try Self.end(minimum, including: End.before, excluding: End.after)
        self.maximum = try Self.end(maximum, including: End.after, excluding: End.before)
    }

    private static func end(
        _ text: ByteView, including: (ByteView) -> End, excluding: (ByteView) -> End
    ) throws(ReplyError) -> End {
        guard text.count > 0 else { throw .lexRangeInvalid }
        let rest = text.slice(1..<text.count)
        switch text[0] {
        case UInt8(ascii: "["): return including(rest)
        case UInt8(ascii: "("): return excluding(rest)
        case UInt8(ascii: "-") where Self.isOver(rest): return .lowest
        case UInt8(ascii: "+") where Self.isOver(rest): return .highest
        default: throw .lexRangeInvalid
        }
    }

    /// Redis 2.8 looks for the end of a C string behind `-` and `+`: a zero byte is one too.
    private static func isOver(_ rest: ByteView) -> Bool { rest.isEmpty || rest[0] == 0 }

    func isAboveMinimum(_ member: ByteView) -> Bool { Self.isAfter(minimum, member) }

    func isBelowMaximum(_ member: ByteView) -> Bool { !Self.isAfter(maximum, member) }

    /// Whether a member comes after a point.
    private static func isAfter(_ end: End, _ member: ByteView) -> Bool {
        switch end {
        case .lowest: true
        case .highest: false
        case .before(let other): member.compare(other) >= 0
        case .after(let other): member.compare(other) > 0
        }
    }
}
