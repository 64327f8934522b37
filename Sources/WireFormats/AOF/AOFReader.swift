/// Bytes of an append-only file that are no commands.
public struct AOFError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong.
    public enum Kind: Sendable, Equatable {
        /// A command or an annotation was to begin, with `*` or `#`.
        case unexpectedByte(UInt8)
        /// A command without arguments, `*0` or a negative number.
        case emptyCommand
        /// The command's headers cannot be read.
        case badCommand(ProtocolError)
        /// An argument is not followed by CR LF: its length is wrong, or bytes are missing.
        case argumentNotTerminated
        /// A line of the command's headers ends in LF alone.
        case lineFeedAlone
        /// The file ends in what no further bytes make a command.
        case badHeader
        /// An annotation that goes on for more than 64 KiB.
        case annotationTooLong
    }

    /// What is wrong.
    public let kind: Kind

    /// Where the faulty command begins, in bytes since the beginning of the file.
    public let byteOffset: Int

    /// One line that says what is wrong and where.
    public var description: String { "\(reason) at byte \(byteOffset)" }

    private var reason: String {
        switch kind {
        case .unexpectedByte(0): "zero bytes, as a crash leaves them, where a command was to begin"
        case .unexpectedByte(let byte): "\(Self.name(of: byte)) where a command was to begin with '*'"
        case .emptyCommand: "a command without a name"
        case .badCommand(let error): "a damaged command (\(String(decoding: error.message, as: UTF8.self)))"
        case .argumentNotTerminated: "an argument is not followed by CR LF in the command"
        case .lineFeedAlone: "a line ends in LF alone and not in CR LF in the command"
        case .badHeader: "what begins like a command is none"
        case .annotationTooLong: "a line of more than 64 KiB that begins with '#'"
        }
    }

    /// A byte as a reader finds it in the file: `'g'`, `a line feed`, `the value 0xFF`.
    private static func name(of byte: UInt8) -> String {
        switch byte {
        case Byte.lineFeed: "a line feed"
        case Byte.carriageReturn: "a carriage return"
        case 33...126: "'\(Character(Unicode.Scalar(byte)))'"
        default: "the value 0x\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))"
        }
    }
}

/// Reads the commands of an append-only file, or of one of the incremental parts that Redis 7.0 and later write.
///
///     #TS:1795394106\r\n                            annotations, which only stand between commands
///     *3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\n     commands as multibulk requests, never inline
///
/// A file may begin with a preamble in the format of RDB files (``beginsWithPreamble(_:)``): it is read by
/// ``RDBFileReader``, and this reader begins where that one ends. A crash may leave a torn command, or a transaction
/// without its EXEC, at the end; Redis drops it, so it is reported and is no error.
///
/// The caller passes all bytes that it has not consumed, as for ``RequestDecoder``.
public struct AOFReader: ~Copyable {
    /// What ``next(in:isLast:)`` found.
    public enum Outcome: Sendable, Equatable {
        /// The command is not complete. Call again with these bytes and more, or with `isLast`.
        case needMore
        /// The first `consumed` bytes are a command; see ``AOFReader/request(in:)``.
        case command(consumed: Int)
        /// The first `consumed` bytes belong to a command that is longer than is held at once; more of it follows.
        case partOfLongCommand(consumed: Int)
        /// The first `consumed` bytes end a command that is longer than is held at once; see
        /// ``AOFReader/longCommand``.
        case longCommand(consumed: Int)
        /// The first `consumed` bytes are an annotation of the time: what follows was written at or after it, in
        /// seconds since 1970.
        case timestamp(consumed: Int, seconds: Int64)
        /// The first `consumed` bytes are another annotation.
        case annotation(consumed: Int)
        /// The file ends in the middle of a command that begins at this place in the file.
        case tornCommand(byteOffset: Int)
        /// The file ends in a transaction whose MULTI begins at this place in the file.
        case tornTransaction(byteOffset: Int)
        /// The file is over.
        case end
    }

    private var plain = PlainCommandReader()
    /// The reader of the plain command before, so that that one's ranges stay.
    private var plainBefore = PlainCommandReader()
    private var decoder = RequestDecoder(maximumRequestBytes: Int.max)
    /// Whether the last command is in ``plain``: then it stays valid while the next one is read.
    public private(set) var isPlain = false
    private var byteOffset: Int
    private var transactionOffset: Int?
    private var error: AOFError?
    /// The command of the last ``Outcome/longCommand(consumed:)``.
    public private(set) var longCommand = LongCommand()
    private var isInLongCommand = false
    /// A command of which so many bytes are there, and more are to come, is read in pieces, and its long arguments are not
    /// kept.
    public var longestHeld: Int

    /// A reader at the beginning of a file, or behind its preamble.
    ///
    /// - Parameters:
    ///   - byteOffset: where in the file the first byte stands.
    ///   - longestHeld: see ``longestHeld``.
    public init(byteOffset: Int = 0, longestHeld: Int = .max) {
        self.byteOffset = byteOffset
        self.longestHeld = longestHeld
    }

    /// Whether a file that begins with these bytes has a preamble; nil when they are too few.
    public static func beginsWithPreamble(_ bytes: UnsafeRawBufferPointer) -> Bool? { RDBFormat.begins(bytes) }

    /// Whether bytes behind a preamble are the beginning of commands, or of an annotation.
    public static func beginsWithCommand(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let first = bytes.first else { return false }
        return first == UInt8(ascii: "#") || first == Byte.asterisk && (bytes.count == 1 || bytes[1] &- Byte.zero <= 9)
    }

    /// The command that ``next(in:isLast:)`` has just returned; valid until the next one is read, and where it
    /// ``isPlain`` until the one behind that is.
    ///
    /// Mutating, though nothing changes: the reader is then lent where it is and not copied for every command.
    ///
    /// - Parameter buffer: what ``next(in:isLast:)`` was given.
    @inline(__always)
    public mutating func request(in buffer: UnsafeRawBufferPointer) -> RequestView {
        guard isPlain, let base = buffer.baseAddress else { return decoder.request(in: buffer) }
        return RequestView(base: base, ranges: plain.ranges)
    }

    /// Reads what begins at the beginning of `buffer`.
    ///
    /// - Parameters:
    ///   - buffer: all bytes not consumed yet.
    ///   - isLast: whether the file ends with them.
    /// - Throws: an error where the bytes are no command. Every later call throws it again.
    public mutating func next(in buffer: UnsafeRawBufferPointer, isLast: Bool) throws(AOFError) -> Outcome {
        if let error { throw error }
        if isInLongCommand { return try readLongCommand(buffer, isLast) }
        guard let first = buffer.first else { return isLast ? endOfFile() : .needMore }
        switch first {
        case Byte.asterisk:
            if !decoder.isMidRequest, let base = buffer.baseAddress {
                swap(&plain, &plainBefore)
                guard let consumed = plain.read(base, end: buffer.count) else { break }
                isPlain = true
                noteTransaction(RequestView(base: base, ranges: plain.ranges)[0])
                byteOffset &+= consumed
                return .command(consumed: consumed)
            }
        case UInt8(ascii: "#"): return try readAnnotation(buffer, isLast)
        default: throw fail(.unexpectedByte(first))
        }
        isPlain = false
        return try readCommand(buffer, isLast)
    }

    /// Reads a command that is cut off, or that is written as no server writes it.
    @inline(never)
    private mutating func readCommand(_ buffer: UnsafeRawBufferPointer, _ isLast: Bool) throws(AOFError) -> Outcome {
        switch decoder.next(in: buffer) {
        case .needMore where isLast:
            if let fault = TornCommand.fault(in: buffer) { throw fail(fault) }
            return .tornCommand(byteOffset: byteOffset)
        case .needMore:
            guard buffer.count >= longestHeld else { return .needMore }
            decoder.reset()
            longCommand = LongCommand()
            isInLongCommand = true
            return try readLongCommand(buffer, isLast)
        case .empty: throw fail(.emptyCommand)
        case .failure(let error): throw fail(.badCommand(error))
        case .request(let consumed):
            let request = decoder.request(in: buffer)
            guard Self.isEveryArgumentTerminated(request) else { throw fail(.argumentNotTerminated) }
            noteTransaction(request[0])
            byteOffset += consumed
            return .command(consumed: consumed)
        }
    }

    /// Reads on in a command that is not held as a whole.
    private mutating func readLongCommand(
        _ buffer: UnsafeRawBufferPointer, _ isLast: Bool
    ) throws(AOFError) -> Outcome {
        let isDone: Bool
        let consumed: Int
        do throws(LongCommand.Fault) {
            (consumed, isDone) = try longCommand.read(buffer)
        } catch {
            throw fail(error.kind)
        }
        guard isDone else {
            if consumed == 0, isLast { return .tornCommand(byteOffset: byteOffset) }
            return consumed == 0 ? .needMore : .partOfLongCommand(consumed: consumed)
        }
        isInLongCommand = false
        longCommand.withView { noteTransaction($0[0]) }
        byteOffset += longCommand.bytes
        return .longCommand(consumed: consumed)
    }

    /// The decoder passes over the two bytes behind an argument, as a server does; in a file they tell that it is
    /// intact.
    private static func isEveryArgumentTerminated(_ request: RequestView) -> Bool {
        for range in request.ranges {
            let end = request.base.loadUnaligned(fromByteOffset: range.upperBound, as: UInt16.self)
            guard UInt16(littleEndian: end) == 0x0A0D else { return false }
        }
        return true
    }

    @inline(__always)
    private mutating func noteTransaction(_ name: UnsafeRawBufferPointer) {
        if name.count == 5, name.isName("multi") { transactionOffset = byteOffset }
        if name.count == 4, name.isName("exec") { transactionOffset = nil }
    }

    private static let longestAnnotation = 64 << 10

    private mutating func readAnnotation(
        _ buffer: UnsafeRawBufferPointer, _ isLast: Bool
    ) throws(AOFError) -> Outcome {
        guard let base = buffer.baseAddress,
            let lineFeed = ByteSearch.nextLineFeed(base, from: 0, end: min(buffer.count, Self.longestAnnotation))
        else {
            guard buffer.count < Self.longestAnnotation else { throw fail(.annotationTooLong) }
            return isLast ? .tornCommand(byteOffset: byteOffset) : .needMore
        }
        let consumed = lineFeed + 1
        byteOffset += consumed
        let prefix = Array("#TS:".utf8)
        var line = buffer[..<lineFeed]
        if line.last == Byte.carriageReturn { line.removeLast() }
        guard line.starts(with: prefix),
            let seconds = DecimalInteger.parse(UnsafeRawBufferPointer(rebasing: line.dropFirst(prefix.count)))
        else { return .annotation(consumed: consumed) }
        return .timestamp(consumed: consumed, seconds: seconds)
    }

    private func endOfFile() -> Outcome {
        transactionOffset.map { .tornTransaction(byteOffset: $0) } ?? .end
    }

    private mutating func fail(_ kind: AOFError.Kind) -> AOFError {
        let error = AOFError(kind: kind, byteOffset: byteOffset)
        self.error = error
        return error
    }
}

extension UnsafeRawBufferPointer {
    /// Whether the bytes are this name, in either case.
    ///
    /// `name` is in lower-case letters.
    fileprivate func isName(_ name: StaticString) -> Bool {
        let letters = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        return elementsEqual(letters) { byte, letter in byte | 0x20 == letter }
    }
}
