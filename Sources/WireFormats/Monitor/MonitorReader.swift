/// Reads the output of MONITOR line by line, in place, without taking memory for a line.
///
///     1795394106.974517 [0 127.0.0.1:59752] "SET" "k" "a b\"c"
///     1795394107.043166 [0 lua] "GET" "k"
///     1795394107.031101 [3 unix:/run/r.sock] "SET" "\xd0\xba" ""
///     1339518083.107412 (db 1) "get" "k"                              (2.4, where database 0 is left out)
///
/// On the wire each line begins with `+` and ends in CR LF; both may stand. `OK` and blank lines are notices. What others have
/// written before the time, as `docker logs -t` does, is passed over.
///
/// The caller passes all bytes that it has not consumed, beginning with a line. A line is parsed once however it is
/// cut: one that is not complete is only searched for its end until that has come.
public struct MonitorReader: ~Copyable {
    /// What ``next(in:isLast:)`` found.
    ///
    /// Trivial: it carries no reference.
    public enum Outcome: Sendable, Equatable {
        /// The line is not complete. Call again with these bytes and more, or with `isLast`.
        case needMore
        /// The first `consumed` bytes are a command, in ``MonitorReader/command``, ``MonitorReader/ranges``
        /// and ``MonitorReader/lengths``.
        case command(consumed: Int)
        /// The first `consumed` bytes are no command, and nothing is wrong with them: `OK` or blank.
        case notice(consumed: Int)
        /// The first `consumed` bytes are a line that cannot be read; the next one can be tried.
        case malformed(consumed: Int, Problem)
        /// There are no bytes left.
        case end
    }

    /// Why a line cannot be read.
    public enum Problem: Sendable, Equatable {
        /// It does not begin with a time.
        case noTime
        /// What follows the time is neither a source in brackets nor a command in quotes.
        case noSource
        /// An argument has no closing quote, or something else than a space follows it.
        case badQuotes
        /// It is longer than the limit.
        case tooLong
    }

    private let maximumLineBytes: Int
    private var arguments = MonitorArguments()
    private var lastSource = LastSource()
    private var index = QuoteIndex()
    /// Up to here the line is known to have no end; 0 for one that has not been looked at.
    private var searched = 0
    /// Whether the rest of a line that was too long is passed over.
    private var isDiscarding = false
    /// How many bytes stood before the time of the last line: the next one has most likely as many.
    private var prefix = 0

    /// The command of the last ``Outcome/command(consumed:)``.
    public private(set) var command = MonitorCommand()

    /// Where the arguments of the last command stand between their quotes, relative to the buffer; its name first, at
    /// least one.
    ///
    /// Valid until the reader is used again. Mutating, though nothing changes: the reader is then lent where it is and not
    /// copied for every line.
    @inline(__always)
    public var ranges: UnsafeBufferPointer<Range<Int>> { mutating get { arguments.ranges } }

    /// How many bytes each of them has once ``MonitorText/unescape(_:into:)`` has been at it; where that is its range's,
    /// the text is the argument itself.
    ///
    /// Valid until the reader is used again; mutating as ``ranges``.
    @inline(__always)
    public var lengths: UnsafeBufferPointer<Int> { mutating get { arguments.lengths } }

    /// A reader at the beginning of a line.
    ///
    /// - Parameter maximumLineBytes: a longer line is reported as malformed and passed over in pieces. The largest request that
    ///   a target takes has room in 64 MiB, each of its bytes written as `\xHH`.
    public init(maximumLineBytes: Int = 64 << 20) {
        self.maximumLineBytes = maximumLineBytes
    }

    /// Reads the line at the beginning of `buffer`.
    ///
    /// - Parameters:
    ///   - buffer: all bytes not consumed yet.
    ///   - isLast: whether no more bytes will come; the last line then needs no end.
    public mutating func next(in buffer: UnsafeRawBufferPointer, isLast: Bool) -> Outcome {
        guard let base = buffer.baseAddress, buffer.count > 0 else { return isLast ? .end : .needMore }
        if isDiscarding { return discard(base, buffer.count) }
        if searched > 0, !isLast, ByteSearch.nextLineFeed(base, from: searched, end: buffer.count) == nil {
            return waitForMore(base, buffer.count)
        }
        if prefix > 0, !MonitorPrefix.ends(base, at: prefix, buffer.count) { prefix = 0 }
        do throws(MonitorLine.Stop) {
            return try parse(base, buffer.count, isLast)
        } catch .malformed(.noTime) {
            return readBehindPrefix(base, buffer.count, isLast)
        } catch {
            return reject(error, base, buffer.count, isLast)
        }
    }

    /// Whether bytes are the beginning of a command's line.
    public static func hasBeginning(of line: UnsafeRawBufferPointer) -> Bool {
        guard let base = line.baseAddress else { return false }
        return MonitorPrefix.length(base, end: line.count) != nil
    }

    @inline(__always)
    private mutating func parse(
        _ base: UnsafeRawPointer, _ end: Int, _ isLast: Bool
    ) throws(MonitorLine.Stop) -> Outcome {
        arguments.removeAll()
        var line = MonitorLine(base: base, end: end, position: prefix)
        let content = try line.parse(&command, &arguments, &lastSource, &index)
        guard line.isTerminated || isLast else { return waitForMore(base, end) }
        searched = 0
        index.advance(line.position)
        switch content {
        case .command: return .command(consumed: line.position)
        case .notice: return .notice(consumed: line.position)
        }
    }

    /// Reads a line that does not begin with a time from the time that it has further on.
    @inline(never)
    private mutating func readBehindPrefix(_ base: UnsafeRawPointer, _ end: Int, _ isLast: Bool) -> Outcome {
        let lineFeed = ByteSearch.nextLineFeed(base, from: 0, end: end)
        let lineEnd = lineFeed.map { $0 + 1 } ?? end
        prefix = MonitorPrefix.length(base, end: lineEnd) ?? 0
        guard prefix > 0 else {
            guard (lineFeed != nil || isLast) && MonitorPrefix.isOK(base, end: lineEnd) else {
                return reject(.malformed(.noTime), base, end, isLast)
            }
            searched = 0
            index.restart()
            return .notice(consumed: lineEnd)
        }
        index.restart()
        do throws(MonitorLine.Stop) {
            return try parse(base, end, isLast)
        } catch {
            return reject(error, base, end, isLast)
        }
    }

    /// Ends a line that could not be parsed, or waits for its end.
    @inline(never)
    private mutating func reject(
        _ stop: MonitorLine.Stop, _ base: UnsafeRawPointer, _ end: Int, _ isLast: Bool
    ) -> Outcome {
        let problem: Problem
        switch stop {
        case .incomplete:
            // The bytes end before the line does: it was read up to there.
            guard isLast else { return waitForMore(base, end) }
            problem = .badQuotes
        case .malformed(let found): problem = found
        }
        let lineFeed = ByteSearch.nextLineFeed(base, from: 0, end: end)
        guard lineFeed != nil || isLast else { return waitForMore(base, end) }
        searched = 0
        index.restart()
        return .malformed(consumed: lineFeed.map { $0 + 1 } ?? end, problem)
    }

    /// Remembers that the line has no end yet; gives it up where it is too long.
    private mutating func waitForMore(_ base: UnsafeRawPointer, _ end: Int) -> Outcome {
        index.restart()
        guard end > maximumLineBytes else {
            searched = end
            return .needMore
        }
        searched = 0
        isDiscarding = true
        return .malformed(consumed: end, .tooLong)
    }

    /// Passes over the rest of a line that was too long.
    private mutating func discard(_ base: UnsafeRawPointer, _ end: Int) -> Outcome {
        guard let lineFeed = ByteSearch.nextLineFeed(base, from: 0, end: end) else { return .notice(consumed: end) }
        isDiscarding = false
        return .notice(consumed: lineFeed + 1)
    }
}

/// The source of the last line, from its bracket to the space before the first quote: most lines have the one of the line
/// before.
struct LastSource {
    /// The text with the quote behind it.
    private var bytes: [UInt8] = []
    /// Where in it the peer stands.
    private var peer = 0..<0
    private var database: Int64 = 0
    private var source = MonitorCommand.Source.unknown

    /// A longer one is not remembered.
    private static let maximumBytes = 80

    /// Reads the source at `position` if it is the last one; returns how many bytes it has.
    @inline(__always)
    func read(_ command: inout MonitorCommand, _ base: UnsafeRawPointer, at position: Int, end: Int) -> Int? {
        let count = bytes.count
        guard count > 0, position &+ count <= end else { return nil }
        let isEqual = bytes.withUnsafeBytes { memory in
            memory.baseAddress.map { Self.isEqual($0, base + position, count) } ?? false
        }
        guard isEqual else { return nil }
        command.isSamePeer = true
        command.database = database
        command.source = source
        command.peer = position &+ peer.lowerBound..<position &+ peer.upperBound
        return count &- 1
    }

    /// Compares eight bytes at a time, the last of which may have been compared before.
    @inline(__always)
    private static func isEqual(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ count: Int) -> Bool {
        func differ(_ position: Int) -> UInt64 {
            left.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                ^ right.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        }
        var position = 0
        while position &+ 8 < count {
            guard differ(position) == 0 else { return false }
            position &+= 8
        }
        return differ(count &- 8) == 0
    }

    /// Remembers a source that is followed by a quote.
    @inline(never)
    mutating func remember(_ command: MonitorCommand, _ base: UnsafeRawPointer, _ place: Range<Int>, end: Int) {
        bytes.removeAll(keepingCapacity: true)
        guard place.count >= 8, place.count <= Self.maximumBytes, place.upperBound < end else { return }
        bytes.append(contentsOf: UnsafeRawBufferPointer(start: base + place.lowerBound, count: place.count &+ 1))
        peer = command.peer.lowerBound &- place.lowerBound..<command.peer.upperBound &- place.lowerBound
        database = command.database
        source = command.source
    }
}
