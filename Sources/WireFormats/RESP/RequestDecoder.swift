/// Decodes the requests of one connection, as `processInlineBuffer` and `processMultibulkBuffer` of Redis 2.8.24 do.
///
///     *3\r\n $3\r\nSET\r\n $1\r\nk\r\n $5\r\nvalue\r\n      (a multibulk request, blanks added)
///     SET k "a value"\r\n                                    (an inline request: any other first byte)
///
/// Nothing is copied: a request is the caller's buffer and the ranges of the arguments in it. Only the unquoted words
/// of an inline request live in a buffer of the decoder; ``request(in:)`` hides the difference.
///
/// The caller passes all bytes that it has not consumed, beginning with the current request. The decoder remembers how
/// far it got, so a request that arrives in many pieces is read once: time is linear in its bytes and arguments. Memory
/// grows with the arguments that have arrived, never with those that are announced.
///
/// Where it departs from 2.8: the 64 KiB limit of a header line counts from that line (2.8 counts what happens to be in
/// its buffer), the byte after a bare LF belongs to the next inline request (2.8 drops it), and a request must stay
/// under `maximumRequestBytes`.
///
/// Sendable, unchecked: the storage is reachable through this one noncopyable owner only.
public struct RequestDecoder: ~Copyable, @unchecked Sendable {
    /// What ``next(in:)`` found.
    ///
    /// Trivial: it carries no reference.
    public enum Outcome: Sendable, Equatable {
        /// The request is not complete. Call again with these bytes and more.
        case needMore
        /// The first `consumed` bytes are a request; see ``RequestDecoder/request(in:)``.
        case request(consumed: Int)
        /// The first `consumed` bytes ask for nothing (`*0`, `*-1`, a blank line): drop them, answer nothing.
        case empty(consumed: Int)
        /// The bytes are no request: answer with the error's reply line and close. Every later call says so again.
        case failure(ProtocolError)
    }

    /// 10 MiB: the size that a request must stay under unless told otherwise.
    public static let defaultMaximumRequestBytes = 10 << 20

    /// `REDIS_INLINE_MAX_SIZE`: how long an inline request or a header line may grow without its end.
    static let maximumLineBytes = 64 << 10
    private static let maximumArguments = 1 << 20
    private static let maximumBulkBytes = 512 << 20

    /// `$0\r\n\r\n`: the least that an argument takes on the wire.
    private static let leastArgumentBytes = 6

    /// What a client may announce that has not given the password, as from Redis 6.2.7 on: nobody should be able to fill
    /// the memory before it is known who they are.
    private static let unauthenticatedArguments = 10
    private static let unauthenticatedBulkBytes = 16 << 10

    private let maximumRequestBytes: Int
    private var argumentLimit = RequestDecoder.maximumArguments
    private var bulkLimit = RequestDecoder.maximumBulkBytes
    private var list = ReusableList<Range<Int>>()
    private var inlineBytes = InlineBytes()
    private var error: ProtocolError?

    /// The first byte of the request that is not decoded yet.
    private var position = 0
    /// Up to here the line that begins at `position` is known to have no end; meaningless where it is less than that.
    private var searched = 0
    /// The arguments still to come; 0 before the header of a request has been read.
    private var remaining = 0
    /// The announced length of the argument that begins at `position`, or -1 where its header begins there.
    private var bulkLength = -1

    /// A decoder at the beginning of a connection.
    ///
    /// - Parameter maximumRequestBytes: a request whose size on the wire reaches this is a protocol error as soon as
    ///   the announced sizes show it, before its bytes have to be buffered.
    public init(maximumRequestBytes: Int = RequestDecoder.defaultMaximumRequestBytes) {
        self.maximumRequestBytes = maximumRequestBytes
    }

    /// The ranges of the arguments of the request that ``next(in:)`` has just returned, relative to ``base(in:)``.
    ///
    /// Valid until the next call of ``next(in:)`` or ``reset()``.
    @inline(__always)
    public var arguments: UnsafeBufferPointer<Range<Int>> { list.elements }

    /// Whether the request that ``next(in:)`` has just returned was an inline one.
    public var isInline: Bool { inlineBytes.isUsed }

    /// Whether a part of a request has been seen: a connection that ends now ends in the middle of it.
    public var isMidRequest: Bool { remaining > 0 || searched > 0 }

    /// Where the ranges of ``arguments`` count from: the beginning of `buffer`, or the unquoted words of an inline
    /// request.
    ///
    /// - Parameter buffer: what ``next(in:)`` was given, not empty.
    @inline(__always)
    public func base(in buffer: UnsafeRawBufferPointer) -> UnsafeRawPointer {
        guard !inlineBytes.isUsed, let base = buffer.baseAddress else { return inlineBytes.base }
        return base
    }

    /// The request that ``next(in:)`` has just returned.
    ///
    /// - Parameter buffer: what ``next(in:)`` was given.
    @inline(__always)
    public func request(in buffer: UnsafeRawBufferPointer) -> RequestView {
        RequestView(base: base(in: buffer), ranges: list.elements)
    }

    /// Whether the client has given the password, or need not; else its requests have ten arguments at most, each of
    /// 16 KiB at most.
    public var isAuthenticated: Bool {
        get { argumentLimit == Self.maximumArguments }
        set {
            argumentLimit = newValue ? Self.maximumArguments : Self.unauthenticatedArguments
            bulkLimit = newValue ? Self.maximumBulkBytes : Self.unauthenticatedBulkBytes
        }
    }

    /// What the arguments of a half-read request take beside their bytes.
    public var allocatedBytes: Int { isMidRequest ? list.count * MemoryLayout<Range<Int>>.stride : 0 }

    /// Forgets a half-read request and an error, as for a new connection.
    public mutating func reset() {
        error = nil
        begin()
        remaining = 0
        list.removeAll()
        inlineBytes.clear()
    }

    /// Decodes the request at the beginning of `buffer`.
    ///
    /// - Parameter buffer: all bytes not consumed yet. After ``Outcome/needMore`` the same bytes again, more behind
    ///   them.
    public mutating func next(in buffer: UnsafeRawBufferPointer) -> Outcome {
        guard let base = buffer.baseAddress, buffer.count > 0 else { return .needMore }
        guard remaining == 0 else { return readArguments(base, buffer.count) }
        if let error { return .failure(error) }
        list.removeAll()
        if inlineBytes.isUsed { inlineBytes.clear() }
        return base.load(as: UInt8.self) == Byte.asterisk
            ? readMultibulk(base, buffer.count) : readInline(buffer)
    }
}

// MARK: - Multibulk requests

extension RequestDecoder {
    /// Reads `*N\r\n` and what has arrived of the N arguments.
    @inline(__always)
    private mutating func readMultibulk(_ base: UnsafeRawPointer, _ end: Int) -> Outcome {
        switch readHeader(Byte.asterisk, base, end) {
        case .incomplete: return .needMore
        case .tooLong: return fail(.tooBigMultibulkCount)
        case .line(let number, let next):
            guard let number, number <= argumentLimit else { return failForArguments(number) }
            if number <= 0 {
                begin()
                return .empty(consumed: next)
            }
            guard announce(next, moreArguments: number) else { return failure }
            remaining = number
            position = next
        }
        return readArguments(base, end)
    }

    /// Reads arguments, each `$N\r\n`, N bytes and two more that nobody looks at, until the last one or the end.
    @inline(__always)
    private mutating func readArguments(_ base: UnsafeRawPointer, _ end: Int) -> Outcome {
        while true {
            if bulkLength < 0 {
                if let outcome = readBulkHeader(base, end) { return outcome }
            }
            let following = position &+ bulkLength &+ 2
            guard following <= end else { return .needMore }
            list.append(Range(uncheckedBounds: (position, position &+ bulkLength)))
            remaining &-= 1
            if remaining == 0 {
                begin()
                return .request(consumed: following)
            }
            position = following
            bulkLength = -1
        }
    }

    /// Reads `$N\r\n`; an outcome where the request cannot go on, nil where the argument's bytes are next.
    @inline(__always)
    private mutating func readBulkHeader(_ base: UnsafeRawPointer, _ end: Int) -> Outcome? {
        switch readHeader(Byte.dollar, base, end) {
        case .incomplete: return .needMore
        case .tooLong: return fail(.tooBigBulkCount)
        case .line(let number, let next):
            let lead = base.load(fromByteOffset: position, as: UInt8.self)
            guard lead == Byte.dollar else { return fail(.expectedBulk(got: lead)) }
            guard let number, number >= 0, number <= bulkLimit else { return failForBulk(number) }
            guard announce(next &+ number &+ 2, moreArguments: remaining &- 1) else { return failure }
            position = next
            bulkLength = number
            return nil
        }
    }

    /// Whether a request that has announced `bytes` and so many arguments behind them may go on; sets the error if not.
    @inline(__always)
    private mutating func announce(_ bytes: Int, moreArguments: Int) -> Bool {
        let least = bytes &+ moreArguments &* Self.leastArgumentBytes
        if least < maximumRequestBytes { return true }
        _ = fail(.requestTooLarge(atLeast: least, limit: maximumRequestBytes))
        return false
    }
}

// MARK: - Header lines

extension RequestDecoder {
    /// A header line: `*` or `$`, a number, CR and one byte more.
    private enum Header {
        case incomplete
        case tooLong
        /// The number, nil where the text is none, and where the next line or the argument begins.
        case line(number: Int?, next: Int)
    }

    /// Reads the header line at `position`.
    ///
    /// What a sane client sends, up to eight digits, is read on the way here; everything else is the business of
    /// ``readUnusualHeader(_:_:)``, which gives the same answer for both.
    @inline(__always)
    private mutating func readHeader(_ lead: UInt8, _ base: UnsafeRawPointer, _ end: Int) -> Header {
        let line = base + position
        let length = min(end &- position, 10)
        guard length >= 4, line.load(as: UInt8.self) == lead else { return readUnusualHeader(base, end) }
        let first = line.load(fromByteOffset: 1, as: UInt8.self) &- Byte.zero
        var number = Int(first)
        var index = 2
        if first &- 1 < 9 {
            while index &+ 1 < length {
                let digit = line.load(fromByteOffset: index, as: UInt8.self) &- Byte.zero
                guard digit <= 9 else { break }
                number = number &* 10 &+ Int(digit)
                index &+= 1
            }
        }
        guard first <= 9, line.load(fromByteOffset: index, as: UInt8.self) == Byte.carriageReturn else {
            return readUnusualHeader(base, end)
        }
        return .line(number: number, next: position &+ index &+ 2)
    }

    @inline(never)
    private mutating func readUnusualHeader(_ base: UnsafeRawPointer, _ end: Int) -> Header {
        let bytes = UnsafeRawBufferPointer(start: base, count: end)
        guard let lineEnd = findLineEnd(Byte.carriageReturn, in: bytes) else {
            return isLineTooLong(end) ? .tooLong : .incomplete
        }
        guard lineEnd + 1 < end else { return .incomplete }
        let text = UnsafeRawBufferPointer(rebasing: bytes[min(position + 1, lineEnd)..<lineEnd])
        return .line(number: DecimalInteger.parse(text).map(Int.init(truncatingIfNeeded:)), next: lineEnd + 2)
    }

    /// The first `terminator` of the line at `position`.
    ///
    /// As `strchr` does, the search goes no further than a NUL, so such a line never ends.
    private mutating func findLineEnd(_ terminator: UInt8, in bytes: UnsafeRawBufferPointer) -> Int? {
        let limit = min(bytes.count, position + Self.maximumLineBytes + 1)
        searched = max(searched, position)
        while searched < limit {
            let byte = bytes[searched]
            if byte == terminator { return searched }
            if byte == 0 { return nil }
            searched += 1
        }
        return nil
    }

    /// Whether the line at `position`, of which no end is in sight, has outgrown what 2.8 waits for.
    private func isLineTooLong(_ end: Int) -> Bool {
        end - position > Self.maximumLineBytes
    }
}

// MARK: - Inline requests

extension RequestDecoder {
    /// Reads a line that ends in LF or CR LF.
    @inline(never)
    private mutating func readInline(_ buffer: UnsafeRawBufferPointer) -> Outcome {
        guard let lineFeed = findLineEnd(Byte.lineFeed, in: buffer) else {
            return isLineTooLong(buffer.count) ? fail(.tooBigInlineRequest) : .needMore
        }
        let consumed = lineFeed + 1
        guard announce(consumed, moreArguments: 0) else { return failure }
        let hasReturn = lineFeed > 0 && buffer[lineFeed - 1] == Byte.carriageReturn
        let line = UnsafeRawBufferPointer(rebasing: buffer[..<(hasReturn ? lineFeed - 1 : lineFeed)])
        let words = inlineBytes.use(capacity: line.count)
        // 2.8 drops words that are empty once unquoted: SET k "" has one argument.
        guard InlineRequest.split(line, into: words, arguments: &list, keepingEmpty: false) else {
            list.removeAll()
            return fail(.unbalancedQuotes)
        }
        begin()
        return list.count == 0 ? .empty(consumed: consumed) : .request(consumed: consumed)
    }
}

// MARK: - State

extension RequestDecoder {
    /// Goes to the beginning of the next request.
    @inline(__always)
    private mutating func begin() {
        position = 0
        searched = 0
        bulkLength = -1
    }

    @inline(never)
    private mutating func failForArguments(_ number: Int?) -> Outcome {
        guard let number, number <= Self.maximumArguments else { return fail(.invalidMultibulkLength) }
        return fail(.unauthenticatedMultibulkLength)
    }

    @inline(never)
    private mutating func failForBulk(_ number: Int?) -> Outcome {
        guard let number, number >= 0, number <= Self.maximumBulkBytes else { return fail(.invalidBulkLength) }
        return fail(.unauthenticatedBulkLength)
    }

    @inline(never)
    private mutating func fail(_ kind: ProtocolError.Kind) -> Outcome {
        begin()
        remaining = 0
        error = ProtocolError(kind)
        return failure
    }

    /// The outcome of a connection that has failed.
    private var failure: Outcome {
        guard let error else { preconditionFailure("no error has been recorded") }
        return .failure(error)
    }
}
