/// Decodes the replies of a server, in whatever pieces they arrive: the client's side of the connection.
///
///     decoder.append(bytes)
///     while let reply = try decoder.next() { … }
///
/// Every byte is looked at once however the reply is cut. Memory grows with what has arrived, never with what is
/// announced.
public struct ReplyDecoder: Sendable {
    /// An array of which elements are missing.
    private struct OpenArray {
        var missing: Int
        var elements: [Reply] = []
    }

    private enum Step {
        case needMore
        case reply(Reply)
        case openedArray
    }

    private let maximumDepth: Int
    private let maximumBulkBytes: Int
    private let maximumLineBytes: Int

    private var buffer: [UInt8] = []
    /// The first byte of `buffer` that is not decoded yet.
    private var position = 0
    /// Up to here the line that begins at `position` is known to have no end.
    private var searched = 0
    /// How many bytes were dropped from the front of `buffer` since the beginning of the connection.
    private var dropped = 0
    private var openArrays: [OpenArray] = []
    private var error: ReplyError?

    /// Once so many decoded bytes lie at the front of the buffer, and half of it, they are dropped.
    private static let droppingThreshold = 64 << 10

    /// A decoder at the beginning of a connection.
    ///
    /// - Parameters:
    ///   - maximumDepth: how deep arrays may be nested; no reply of Redis goes beyond 4.
    ///   - maximumBulkBytes: the longest bulk; 512 MiB in Redis.
    ///   - maximumLineBytes: the longest status, error or number.
    public init(maximumDepth: Int = 32, maximumBulkBytes: Int = 512 << 20, maximumLineBytes: Int = 1 << 20) {
        self.maximumDepth = maximumDepth
        self.maximumBulkBytes = maximumBulkBytes
        self.maximumLineBytes = maximumLineBytes
    }

    /// Whether a part of a reply has arrived: a connection that ends now ends in the middle of it.
    public var isMidReply: Bool { position < buffer.count || !openArrays.isEmpty }

    /// Adds bytes that the server has sent.
    public mutating func append(_ bytes: some Sequence<UInt8>) {
        if position >= Self.droppingThreshold, position * 2 >= buffer.count {
            buffer.removeFirst(position)
            dropped += position
            searched -= min(searched, position)
            position = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next complete reply, or nil when more bytes are needed.
    ///
    /// After an error every later call throws it again.
    public mutating func next() throws(ReplyError) -> Reply? {
        if let error { throw error }
        while true {
            switch try step() {
            case .needMore: return nil
            case .openedArray: continue
            case .reply(let reply):
                if let whole = close(reply) { return whole }
            }
        }
    }

    /// Puts a complete reply where it belongs: into the innermost open array, which may complete that one and so on.
    ///
    /// Returns the outermost reply once it is complete.
    private mutating func close(_ reply: Reply) -> Reply? {
        var reply = reply
        while var array = openArrays.popLast() {
            array.elements.append(reply)
            array.missing -= 1
            if array.missing > 0 {
                openArrays.append(array)
                return nil
            }
            reply = .array(array.elements)
        }
        return reply
    }

    /// Decodes what begins at `position`.
    private mutating func step() throws(ReplyError) -> Step {
        guard let type = position < buffer.count ? buffer[position] : nil else { return .needMore }
        guard Self.types.contains(type) else { throw fail(.unknownType(type)) }
        guard let lineEnd = try findLineEnd() else { return .needMore }
        let text = buffer[(position + 1)..<lineEnd]
        switch type {
        case Byte.plus: return finish(.status(Array(text)), end: lineEnd + 2)
        case Byte.minus: return finish(.error(Array(text)), end: lineEnd + 2)
        default: break
        }
        guard let number = text.withUnsafeBytes(DecimalInteger.parse) else { throw fail(.invalidNumber) }
        if type == Byte.colon { return finish(.integer(number), end: lineEnd + 2) }
        guard number >= -1 else { throw fail(.invalidNumber) }
        return type == Byte.dollar ? try bulk(number, at: lineEnd + 2) : try array(number, at: lineEnd + 2)
    }

    private static let types = [Byte.plus, Byte.minus, Byte.colon, Byte.dollar, Byte.asterisk]

    private mutating func bulk(_ length: Int64, at start: Int) throws(ReplyError) -> Step {
        if length < 0 { return finish(.nullBulk, end: start) }
        guard length <= maximumBulkBytes else { throw fail(.bulkTooLong(bytes: length)) }
        let end = start + Int(length)
        guard end + 2 <= buffer.count else { return .needMore }
        guard buffer[end] == Byte.carriageReturn, buffer[end + 1] == Byte.lineFeed else {
            throw fail(.bulkNotTerminated)
        }
        return finish(.bulk(Array(buffer[start..<end])), end: end + 2)
    }

    private mutating func array(_ count: Int64, at start: Int) throws(ReplyError) -> Step {
        if count < 0 { return finish(.nullArray, end: start) }
        guard openArrays.count < maximumDepth else { throw fail(.tooDeep) }
        if count == 0 { return finish(.array([]), end: start) }
        openArrays.append(OpenArray(missing: Int(count)))
        position = start
        searched = start
        return .openedArray
    }

    /// The CR that ends the line at `position`, or nil when it has not arrived.
    private mutating func findLineEnd() throws(ReplyError) -> Int? {
        searched = max(searched, position)
        while searched + 1 < buffer.count {
            if buffer[searched] == Byte.carriageReturn, buffer[searched + 1] == Byte.lineFeed { return searched }
            searched += 1
            if searched - position > maximumLineBytes { throw fail(.lineTooLong) }
        }
        return nil
    }

    private mutating func finish(_ reply: Reply, end: Int) -> Step {
        position = end
        searched = end
        return .reply(reply)
    }

    private mutating func fail(_ kind: ReplyError.Kind) -> ReplyError {
        let error = ReplyError(kind: kind, byteOffset: dropped + position)
        self.error = error
        return error
    }
}
