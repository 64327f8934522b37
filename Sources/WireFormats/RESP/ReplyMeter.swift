/// Goes over the replies of a server for the lengths in them, in memory that does not depend on how long they are: for a
/// client that measures values and need not have them.
///
///     *2 $1 0 *4 $1 f $5 value …   →   array(2)  bulk(1)  array(4)  bulk(1)  bulk(5) …
///
/// The caller passes all bytes that it has not consumed, as for ``RequestDecoder``. Items come in the order of the wire;
/// how arrays nest is the caller's to know.
public struct ReplyMeter: Sendable {
    /// One item of a reply.
    public enum Item: Sendable, Equatable {
        /// A bulk of so many bytes, which are passed over.
        case bulk(length: Int)
        /// An integer.
        case integer(Int64)
        /// So many items follow.
        case array(count: Int)
        /// A missing bulk or array.
        case null
        /// A status: the range of its text in the buffer that was passed.
        case status(Range<Int>)
        /// An error: the range of its text in the buffer that was passed.
        case error(Range<Int>)
    }

    /// What ``next(in:)`` found.
    public enum Outcome: Sendable, Equatable {
        /// The first `consumed` bytes are used up and the next item is not complete.
        case needMore(consumed: Int)
        /// An item ends before byte `consumed`.
        case item(Item, consumed: Int)
    }

    /// How many bytes of the last bulk, its line end included, are still to be passed over.
    private var skipping = 0
    /// How many bytes were consumed before.
    private var byteOffset = 0

    private static let maximumLineBytes = 1 << 20

    /// A meter at the beginning of a reply.
    public init() {}

    /// Reads the next item.
    ///
    /// - Throws: an error where the bytes are no reply; the connection cannot be used any more.
    public mutating func next(in buffer: UnsafeRawBufferPointer) throws(ReplyError) -> Outcome {
        let start = min(skipping, buffer.count)
        skipping -= start
        guard skipping == 0, start < buffer.count else { return consume(start) }
        guard let base = buffer.baseAddress,
            let lineFeed = ByteSearch.nextLineFeed(base, from: start, end: buffer.count)
        else {
            guard buffer.count - start <= Self.maximumLineBytes else { throw fail(.lineTooLong, start) }
            return consume(start)
        }
        guard lineFeed > start + 1, buffer[lineFeed - 1] == Byte.carriageReturn else {
            throw fail(.invalidNumber, start)
        }
        let item = try item(buffer, start, (start + 1)..<(lineFeed - 1))
        byteOffset += lineFeed + 1
        return .item(item, consumed: lineFeed + 1)
    }

    private mutating func item(
        _ buffer: UnsafeRawBufferPointer, _ start: Int, _ text: Range<Int>
    ) throws(ReplyError) -> Item {
        let type = buffer[start]
        if type == Byte.plus { return .status(text) }
        if type == Byte.minus { return .error(text) }
        guard [Byte.colon, Byte.dollar, Byte.asterisk].contains(type) else { throw fail(.unknownType(type), start) }
        guard let number = DecimalInteger.parse(UnsafeRawBufferPointer(rebasing: buffer[text])) else {
            throw fail(.invalidNumber, start)
        }
        if type == Byte.colon { return .integer(number) }
        guard number >= -1, number < 1 << 40 else { throw fail(.invalidNumber, start) }
        if number < 0 { return .null }
        guard type == Byte.dollar else { return .array(count: Int(number)) }
        skipping = Int(number) + 2
        return .bulk(length: Int(number))
    }

    private mutating func consume(_ count: Int) -> Outcome {
        byteOffset += count
        return .needMore(consumed: count)
    }

    private func fail(_ kind: ReplyError.Kind, _ position: Int) -> ReplyError {
        ReplyError(kind: kind, byteOffset: byteOffset + position)
    }
}
