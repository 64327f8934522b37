import CLibrary
import CMemory
import Glibc

/// Replies on their way to a client, in the bytes of RESP 2; one buffer serves all connections of an event loop.
///
/// It grows as needed up to `limit`. What would go past it is dropped and `isOverflowing` says so: the command's effect
/// stands, the client that asked for more than it may hold is closed by the connection.
struct ReplyBuffer: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    /// At most `limit`: what fits is within it.
    private var capacity: Int
    /// How many bytes are waiting.
    private(set) var count = 0
    /// Whether replies were dropped since the last `removeAll`.
    private(set) var isOverflowing = false
    /// Whether they were dropped since what other connections hold leaves no room, and not since they are too many.
    private(set) var lacksMemory = false
    /// The bytes that may wait.
    let limit: Int
    /// How many bytes of replies there is memory for beside what other connections hold; asked before a buffer is made
    /// larger than one that is kept.
    private let available: () -> Int

    private static let initialCapacity = 16 * 1024
    /// What a buffer keeps after a large reply.
    private static let keptCapacity = 1024 * 1024

    init(limit: Int, available: @escaping () -> Int = { .max }) {
        self.limit = limit
        self.available = available
        capacity = min(Self.initialCapacity, limit)
        start = Self.room(capacity)
    }

    deinit {
        free(start)
    }

    /// Room for so many bytes, in the place of what there was: large ones are moved by the system without a copy.
    private static func room(
        _ capacity: Int, insteadOf old: UnsafeMutablePointer<UInt8>? = nil
    ) -> UnsafeMutablePointer<UInt8> {
        guard let address = realloc(old, max(1, capacity)) else { cmemory_end(capacity) }
        return address.assumingMemoryBound(to: UInt8.self)
    }

    /// The bytes that are waiting; valid until the next change.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    /// Forgets what was written.
    mutating func removeAll() {
        count = 0
        isOverflowing = false
        lacksMemory = false
        guard capacity > Self.keptCapacity else { return }
        free(start)
        capacity = min(Self.initialCapacity, limit)
        start = Self.room(capacity)
    }

    /// The bytes that may still be written.
    var room: Int { max(0, min(limit, max(available(), Self.keptCapacity)) - count) }

    /// What a bulk takes at least.
    static let leastBulk = "$0\r\n\r\n".utf8.count

    /// What a bulk of so many bytes takes.
    static func size(ofBulk count: Int) -> Int {
        var digits = 1
        var rest = count
        while rest >= 10 {
            rest /= 10
            digits += 1
        }
        return 1 + digits + 2 + count + 2
    }

    /// Drops a reply that is known to find no room before any of it is made.
    ///
    /// - Parameter bytes: what it takes, as far as that is known.
    mutating func overflow(bytes: Int = .max) {
        isOverflowing = true
        lacksMemory = bytes <= limit - count
    }

    /// Takes back all that was written since `count` was `mark`.
    mutating func truncate(to mark: Int) {
        precondition(mark <= count)
        count = mark
    }

    /// Makes room for `extra` bytes; false, and nothing more is taken, where that would go past the limit.
    @inline(__always)
    private mutating func reserve(_ extra: Int) -> Bool {
        if count + extra <= capacity && !isOverflowing { return true }
        return grow(extra)
    }

    @inline(never)
    private mutating func grow(_ extra: Int) -> Bool {
        guard !isOverflowing, count + extra <= limit, hasMemory(for: count + extra) else {
            if !isOverflowing { overflow(bytes: extra) }
            return false
        }
        // Not more than there is memory for: what has room here is written without a further question.
        let doubled = min(capacity * 2, limit, max(available(), Self.keptCapacity))
        let larger = max(doubled, count + extra)
        start = Self.room(larger, insteadOf: start)
        capacity = larger
        return true
    }
    private func hasMemory(for bytes: Int) -> Bool { bytes <= Self.keptCapacity || bytes <= available() }

    /// Hands over what was written in pieces, each of which is gone when the next is handed over, and forgets it: so a large
    /// reply is not there twice.
    mutating func hand(inPiecesOf size: Int, to body: (UnsafeRawBufferPointer) -> Void) {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        var done = 0
        while done < count {
            let end = min(done + size, count)
            body(UnsafeRawBufferPointer(start: start + done, count: end - done))
            // Whole pages; the allocation itself may begin and end within one.
            let first = (Int(bitPattern: start + done) + page - 1) / page * page
            let last = Int(bitPattern: start + end) / page * page
            if first < last { madvise(UnsafeMutableRawPointer(bitPattern: first), last - first, MADV_DONTNEED) }
            done = end
        }
        removeAll()
    }
}

// MARK: - Reading

extension ReplyBuffer {
    /// The one bulk that was written since `count` was `mark`; nil where something else was.
    func bulk(at mark: Int) -> ByteView? {
        guard mark + 5 <= count, start[mark] == UInt8(ascii: "$") else { return nil }
        var position = mark + 1
        var length = 0
        while position < count, start[position] != 0x0D {
            let digit = start[position] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            length = length * 10 + Int(digit)
            position += 1
        }
        guard position + 2 + length + 2 == count else { return nil }
        return ByteView(start: start + position + 2, count: length)
    }
}

// MARK: - Bytes

extension ReplyBuffer {
    /// Appends bytes as they are: a whole reply, or part of one.
    @inline(__always)
    mutating func append(_ text: StaticString) {
        let length = text.utf8CodeUnitCount
        guard reserve(length) else { return }
        memcpy(start + count, text.utf8Start, length)
        count += length
    }

    /// Appends bytes as they are.
    @inline(__always)
    mutating func append(_ bytes: ByteView) {
        guard reserve(bytes.count) else { return }
        memcpy(start + count, bytes.start, bytes.count)
        count += bytes.count
    }

    /// Appends bytes as they are; for lines that are made once a refusal, not once a command.
    mutating func append(_ bytes: [UInt8]) {
        bytes.withByteView { append($0) }
    }

    /// Ends a line.
    @inline(__always)
    private mutating func appendLineEnd() {
        start[count] = 0x0D
        start[count + 1] = 0x0A
        count += 2
    }

    /// A marker, a decimal number and the end of the line.
    @inline(__always)
    private mutating func appendLine(_ marker: UInt8, _ number: Int64) {
        guard reserve(1 + DecimalDigits.longest + 2) else { return }
        start[count] = marker
        count += 1
        count += DecimalDigits.write(number, to: start + count)
        appendLineEnd()
    }
}

// MARK: - Replies

extension ReplyBuffer {
    /// Appends `+OK`.
    @inline(__always)
    mutating func appendOK() { append("+OK\r\n") }

    /// Appends `:number`.
    @inline(__always)
    mutating func append(integer: Int64) { appendLine(UInt8(ascii: ":"), integer) }

    /// Appends `:number`.
    @inline(__always)
    mutating func append(integer: Int) { appendLine(UInt8(ascii: ":"), Int64(integer)) }

    /// Appends `:1` or `:0`.
    @inline(__always)
    mutating func append(boolean: Bool) { append(boolean ? ":1\r\n" : ":0\r\n") }

    /// `$length` and the bytes.
    @inline(__always)
    mutating func append(bulk bytes: ByteView) {
        guard reserve(1 + DecimalDigits.longest + 2 + bytes.count + 2) else { return }
        appendLine(UInt8(ascii: "$"), Int64(bytes.count))
        memcpy(start + count, bytes.start, bytes.count)
        count += bytes.count
        appendLineEnd()
    }

    /// `$-1`, the bulk that is not there.
    @inline(__always)
    mutating func appendNull() { append("$-1\r\n") }

    /// `*-1`, the array that is not there: EXEC whose keys were changed.
    mutating func appendNullArray() { append("*-1\r\n") }

    /// `*count`; the elements follow.
    @inline(__always)
    mutating func append(arrayOf count: Int) { appendLine(UInt8(ascii: "*"), Int64(count)) }

    /// A number as a bulk.
    mutating func append(bulkInteger number: Int64) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: DecimalDigits.longest) { digits in
            guard let digitsStart = digits.baseAddress else { return }
            let length = DecimalDigits.write(number, to: digitsStart)
            append(bulk: ByteView(start: digitsStart, count: length))
        }
    }

    /// A score as a bulk, with the 17 significant digits of Redis 2.8.
    mutating func append(bulkScore score: Double) {
        ScoreText.withText(of: score) { append(bulk: $0) }
    }

    /// An error's line.
    mutating func append(_ error: ReplyError) {
        error.write(to: &self)
    }

    /// Puts `*elements` before what was written since `count` was `mark`: for replies counted while they are made.
    mutating func insert(arrayOf elements: Int, at mark: Int) {
        precondition(mark <= count)
        let bodyEnd = count
        append(arrayOf: elements)
        guard !isOverflowing else { return }
        let headCount = count - bodyEnd
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: headCount) { head in
            guard let headStart = head.baseAddress else { return }
            memcpy(headStart, start + bodyEnd, headCount)
            memmove(start + mark + headCount, start + mark, bodyEnd - mark)
            memcpy(start + mark, headStart, headCount)
        }
    }
}
