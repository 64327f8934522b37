import Glibc

/// What a shard's writes did, in the order in which they did it: commands in RESP whose effect is always the same, for
/// the shard's replicas and its file.
///
/// It is written under the shard's lock and read behind it, see `LogCursor`. What is random or bound to time is logged
/// as its effect. Commands that belong together stand between MULTI and EXEC.
struct WriteLog: ~Copyable {
    private var tail: LogChunk
    /// Where the next byte goes.
    private var cursor: UnsafeMutablePointer<UInt8>
    private var room: Int
    /// Where the command that is being written begins.
    private var commandStart: UnsafeMutablePointer<UInt8>
    private var frame = Frame.none
    /// While a copy of the shard is being made: the keys that are in it already.
    private var capturedKeys: HashTable?

    /// Whether commands are being put between MULTI and EXEC.
    private enum Frame {
        case none
        /// The next command begins with MULTI.
        case announced
        case begun
        /// Commands stand for themselves, whatever belongs together.
        case never
    }

    /// More than the marker, the digits and the two line ends of an argument take.
    private static let argumentOverhead = 32

    /// An empty log; one that is only a list of commands puts none of them between MULTI and EXEC.
    init(isPlain: Bool = false) {
        frame = isPlain ? .never : .none
        tail = LogChunk(start: 0, capacity: 1)
        cursor = tail.bytes
        commandStart = cursor
        room = tail.capacity
    }

    deinit {
        capturedKeys?.forEach { $0.free() }
    }

    /// Where the log ends now.
    var end: LogEnd { LogEnd(chunk: tail, position: position) }

    /// The bytes that were ever written.
    private var position: UInt64 { tail.start + UInt64(cursor - tail.bytes) }

    /// Makes sure that `count` bytes fit; moves the command that is being written where they do not.
    @inline(__always)
    private mutating func ensure(_ count: Int) {
        if room < count { moveToNewChunk(count) }
    }

    @inline(never)
    private mutating func moveToNewChunk(_ count: Int) {
        let begun = cursor - commandStart
        let closed = commandStart - tail.bytes
        let capacity = max(LogChunk.usualCapacity, 2 * (begun + count))
        let chunk = LogChunk(start: tail.start + UInt64(closed), capacity: capacity)
        memcpy(chunk.bytes, commandStart, begun)
        tail.close(count: closed, next: chunk)
        tail = chunk
        commandStart = chunk.bytes
        cursor = chunk.bytes + begun
        room = capacity - begun
    }
}

// MARK: - Writing

extension WriteLog {
    /// Begins a command of so many arguments, its name among them; so many calls of `append` follow.
    @inline(__always)
    mutating func beginCommand(arguments count: Int) {
        if frame == .announced { beginFrame() }
        commandStart = cursor
        ensure(Self.argumentOverhead)
        appendLine(UInt8(ascii: "*"), Int64(count))
    }

    /// The next argument.
    @inline(__always)
    mutating func append(_ bytes: ByteView) {
        ensure(Self.argumentOverhead + bytes.count)
        appendLine(UInt8(ascii: "$"), Int64(bytes.count))
        memcpy(cursor, bytes.start, bytes.count)
        cursor += bytes.count
        appendLineEnd()
        room -= bytes.count + 2
    }

    /// The next argument.
    mutating func append(_ word: StaticString) {
        append(ByteView(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    /// The next argument, as decimal digits.
    mutating func append(_ number: Int64) {
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var span = digits.mutableSpan
        span.withDigits(of: number) { append($0) }
    }

    @inline(__always)
    private mutating func appendLine(_ marker: UInt8, _ number: Int64) {
        cursor[0] = marker
        let count = 1 + DecimalDigits.write(number, to: cursor + 1)
        cursor += count
        appendLineEnd()
        room -= count + 2
    }

    @inline(__always)
    private mutating func appendLineEnd() {
        cursor[0] = 0x0D
        cursor[1] = 0x0A
        cursor += 2
    }

    /// A command as a client has sent it.
    @inline(__always)
    mutating func append(_ arguments: Arguments) {
        beginCommand(arguments: arguments.count)
        for index in 0..<arguments.count { append(arguments[index]) }
    }

    /// Whole commands, as they are.
    mutating func append(commands bytes: [UInt8]) {
        if bytes.isEmpty { return }
        if frame == .announced { beginFrame() }
        commandStart = cursor
        ensure(bytes.count)
        bytes.withByteView { cursor.update(from: $0.start, count: $0.count) }
        cursor += bytes.count
        room -= bytes.count
    }

    /// Whole commands, as they are; O(their chunks), since their bytes stay where they are.
    mutating func append(_ commands: LogStretch) {
        if commands.byteCount == 0 { return }
        if frame == .announced { beginFrame() }
        commands.forEachChunk { chunk, count in
            let shared = LogChunk(start: position, sharing: chunk)
            tail.close(count: cursor - tail.bytes, next: shared)
            tail = shared
            cursor = shared.bytes + count
        }
        let chunk = LogChunk(start: position, capacity: LogChunk.usualCapacity)
        tail.close(count: cursor - tail.bytes, next: chunk)
        tail = chunk
        cursor = chunk.bytes
        commandStart = cursor
        room = chunk.capacity
    }

    /// A line that stands between commands and that Redis 7 passes over.
    mutating func append(annotation text: [UInt8]) {
        commandStart = cursor
        ensure(text.count + 2)
        text.withByteView { cursor.update(from: $0.start, count: $0.count) }
        cursor += text.count
        appendLineEnd()
        room -= text.count + 2
    }
}

// MARK: - Commands that belong together

extension WriteLog {
    /// Whether commands are being put between MULTI and EXEC.
    var isFraming: Bool { frame != .none }

    /// Puts MULTI before the next command, if there is one before `endFrame`.
    mutating func announceFrame() {
        precondition(frame == .none, "a frame within a frame")
        frame = .announced
    }

    /// Whether something was logged since `announceFrame`.
    var hasBegunFrame: Bool { frame == .begun }

    @inline(never)
    private mutating func beginFrame() {
        frame = .begun
        beginCommand(arguments: 1)
        append("MULTI")
    }

    /// Ends what `announceFrame` began, with EXEC where something was logged.
    mutating func endFrame() {
        precondition(frame != .none, "no frame to end")
        if frame == .begun {
            beginCommand(arguments: 1)
            append("EXEC")
        }
        frame = .none
    }

    /// Logs several commands as one, within whatever frame there is.
    mutating func framed(_ body: (inout WriteLog) -> Void) {
        if isFraming { return body(&self) }
        announceFrame()
        body(&self)
        endFrame()
    }
}

// MARK: - Copies of the shard

extension WriteLog {
    /// Whether a copy of the shard is being made, key by key.
    var isCapturing: Bool { capturedKeys != nil }

    /// Begins a copy: from here on the first write to a key is logged as the key's whole state, unless the copy has the
    /// key already, so that copy and log together are the shard at every moment.
    mutating func beginCapture() {
        precondition(capturedKeys == nil, "one copy at a time")
        capturedKeys = HashTable()
    }

    /// Notes that copy or log have a key's state; false where they had it already.
    mutating func capture(_ key: ByteView, hash: UInt64) -> Bool {
        guard capturedKeys?.find(key, hash: hash) == nil else { return false }
        capturedKeys?.insert(.make(form: .string, key: key, valueCount: 0), hash: hash)
        return true
    }

    /// Ends the copy, complete or given up.
    ///
    /// Returns the names that were kept for it: to free them takes its time, and the shard is locked.
    mutating func endCapture() -> CapturedKeys {
        defer { capturedKeys = nil }
        return CapturedKeys(table: capturedKeys.take())
    }
}
