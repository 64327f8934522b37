/// A stretch of a shard's write log: whole commands, written once, never moved, freed when no reader needs them.
///
/// ```text
///   start                         the next one's start
///   | *3 $3 SET … | *2 $3 DEL … |        (room that the next command did not fit)
/// ```
///
/// Sendable, unchecked: whoever holds the shard's lock writes; readers look only at what lies before an end that was
/// taken under that lock, and at `count` and `next` of chunks that were closed before it.
final class LogChunk: @unchecked Sendable {
    /// The position in the log of the first byte.
    let start: UInt64
    let bytes: UnsafeMutablePointer<UInt8>
    let capacity: Int
    /// The bytes of a closed chunk.
    private(set) var count = 0
    /// The chunk behind a closed one.
    private(set) var next: LogChunk?

    /// The chunk that the bytes belong to; nil where they are this one's own.
    private let owner: LogChunk?

    /// What most chunks have room for.
    static let usualCapacity = 64 * 1024

    init(start: UInt64, capacity: Int) {
        self.start = start
        self.capacity = capacity
        owner = nil
        bytes = .allocate(capacity: capacity)
    }

    /// A chunk with the bytes of another that is not written to any more, at another position.
    init(start: UInt64, sharing other: LogChunk) {
        self.start = start
        capacity = other.capacity
        owner = other.owner ?? other
        bytes = other.bytes
    }

    deinit {
        if owner == nil { bytes.deallocate() }
        // One after another: a long chain that is let go must not end itself by recursion.
        var following = next.take()
        while isKnownUniquelyReferenced(&following) { following = following?.next.take() }
    }

    /// Ends the chunk: nothing is added to it, and `next` follows.
    func close(count: Int, next: LogChunk) {
        self.count = count
        self.next = next
    }
}

/// The end of a log at one moment: what lies before it may be read without the shard's lock.
struct LogEnd: Sendable {
    let chunk: LogChunk
    let position: UInt64
}

/// How far one reader of a log has come; it keeps what lies behind from being freed.
struct LogCursor: Sendable {
    private var chunk: LogChunk
    /// The position in the log up to which everything has been read.
    private(set) var position: UInt64

    init(at end: LogEnd) {
        chunk = end.chunk
        position = end.position
    }

    /// Where it is, as an end for readers that are to come no further.
    var end: LogEnd { LogEnd(chunk: chunk, position: position) }

    /// Lends the bytes up to `end`, a stretch of whole commands at a time, and moves behind them.
    ///
    /// Where `body` throws, the stretch it was given counts as not read.
    mutating func read<Failure: Error>(
        upTo end: LogEnd, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        while position < end.position {
            let isLast = chunk === end.chunk
            let last = isLast ? end.position : chunk.start + UInt64(chunk.count)
            if position < last {
                let offset = Int(position - chunk.start)
                try body(UnsafeRawBufferPointer(start: chunk.bytes + offset, count: Int(last - position)))
                position = last
            }
            guard !isLast else { return }
            guard let next = chunk.next else { preconditionFailure("a log ends before its end") }
            chunk = next
        }
    }
}

/// Whole commands that are kept as they were logged, to be logged again; nothing of them is copied.
struct LogStretch: Sendable {
    private let start: LogCursor
    private let end: LogEnd

    /// All that was logged from a cursor's place to an end; nothing may be written behind it in the same log.
    init(from start: LogCursor, to end: LogEnd) {
        self.start = start
        self.end = end
    }

    /// How many bytes there are.
    var byteCount: Int { Int(end.position - start.position) }

    /// Lends the bytes, a stretch of whole commands at a time.
    func read<Failure: Error>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
        var cursor = start
        try cursor.read(upTo: end, body)
    }

    /// Visits the chunks, with how many of their bytes belong to it; it begins where the first of them does.
    func forEachChunk(_ body: (LogChunk, Int) -> Void) {
        precondition(start.position == start.end.chunk.start)
        var next: LogChunk? = start.end.chunk
        while let chunk = next {
            let isLast = chunk === end.chunk
            let count = isLast ? Int(end.position - chunk.start) : chunk.count
            if count > 0 { body(chunk, count) }
            next = isLast ? nil : chunk.next
        }
    }
}
