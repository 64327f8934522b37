import WireFormats

/// Reads the commands of an append-only file off a stream, behind its preamble if it has one.
struct AppendOnlyInput: ~Copyable {
    private var reader: AOFReader
    private var time: Int64?
    private var database = 0
    /// Where the commands begin.
    private let start: Int
    /// Whether other data belong to the file's: then there may be no command in it.
    private let isPart: Bool
    /// Whether no other file of the log follows: a crash tears the end of the last one alone.
    private let isLast: Bool
    private var hasCommands = false

    /// A longer command is known by its first bytes and its lengths, where it would have to be kept in memory.
    private static let longestHeld = 16 << 20

    /// A reader at the stream's place.
    ///
    /// - Parameters:
    ///   - isPart: whether the commands follow other data, such as the base of a log, so that there need be none.
    ///   - isLast: whether no other file of the log follows.
    init(at byteOffset: Int, isPart: Bool = true, isLast: Bool = true) {
        reader = AOFReader(byteOffset: byteOffset)
        start = byteOffset
        self.isPart = isPart
        self.isLast = isLast
    }

    /// A reader at a command's place in the middle of a file.
    init(at byteOffset: Int, from origin: GrowthOrigin) {
        self.init(at: byteOffset)
        time = origin.time == .min ? nil : origin.time
        database = Int(origin.database)
    }

    /// A command that is still to be passed on: no more of it than is needed to do so, since it is copied.
    private struct Held {
        let view: RequestView
        /// Where it stands in the file.
        let offset: Int
        let bytes: Int
    }

    /// Reads to the end and calls `body` with each command.
    ///
    /// - Parameters:
    ///   - end: what begins at this byte or later is not read.
    ///   - foresee: told of each command while `body` still has the one before to do, so that what it will touch can be
    ///     on its way from memory.
    @inline(__always)
    mutating func read(
        _ stream: ByteStream, _ report: inout InputReport, upTo end: Int = .max, onFill: () -> Void,
        foresee: (Request) -> Void = { _ in }, _ body: (Request, Place, _ bytes: Int) -> Void
    ) {
        while readWindow(stream, &report, upTo: end, foresee, body) {
            stream.fill()
            onFill()
        }
    }

    /// Reads as many commands as the stream's window has; returns whether more may follow.
    @inline(__always)
    private mutating func readWindow(
        _ stream: ByteStream, _ report: inout InputReport, upTo end: Int, _ foresee: (Request) -> Void,
        _ body: (Request, Place, _ bytes: Int) -> Void
    ) -> Bool {
        let window = stream.window
        let (offset, isLast) = (stream.offset, stream.isLast)
        reader.longestHeld = stream.mapped == nil ? Self.longestHeld : .max
        var position = 0
        var held: Held?
        while offset &+ position < end {
            let rest = UnsafeRawBufferPointer(rebasing: window[position...])
            let outcome: AOFReader.Outcome
            do throws(AOFError) {
                outcome = try reader.next(in: rest, isLast: isLast)
            } catch {
                pass(held, body)
                stream.consume(position)
                let what = isPart || hasCommands ? "the append-only file is damaged" : "this is no append-only file"
                report.add("\(what): \(error)", byteOffset: error.byteOffset)
                return false
            }
            switch outcome {
            case .command(let consumed):
                let view = reader.request(in: rest)
                foresee(Request(view))
                pass(held, body)
                held = Held(view: view, offset: offset &+ position, bytes: consumed)
                position &+= consumed
                hasCommands = true
                guard !reader.isPlain else { continue }
                // To read on would take it away.
                pass(held, body)
                held = nil
            case .partOfLongCommand(let consumed):
                pass(held, body)
                held = nil
                position &+= consumed
            case .longCommand(let consumed):
                position &+= consumed
                hasCommands = true
                passLong(endingAt: offset &+ position, body)
            default:
                pass(held, body)
                held = nil
                guard let consumed = annotation(outcome) else { return finish(outcome, position, stream, &report) }
                position &+= consumed
            }
        }
        pass(held, body)
        return false
    }

    /// Takes note of what an annotation says; returns how many bytes it has, or nil where it is none.
    private mutating func annotation(_ outcome: AOFReader.Outcome) -> Int? {
        switch outcome {
        case .timestamp(let consumed, let seconds):
            time = min(max(seconds, 0), 6_000_000_000_000) * 1_000_000
            return consumed
        case .annotation(let consumed): return consumed
        default: return nil
        }
    }

    /// Ends a window of which `consumed` bytes were read; returns whether more may follow.
    private func finish(
        _ outcome: AOFReader.Outcome, _ consumed: Int, _ stream: ByteStream, _ report: inout InputReport
    ) -> Bool {
        switch outcome {
        case .tornCommand(let offset):
            guard isPart || hasCommands else {
                stream.consume(stream.window.count)
                guard stream.problem == nil else { break }
                report.add(
                    "this is no append-only file: it ends in the middle of its first command", byteOffset: offset)
                break
            }
            tear("the file ends in the middle of a command, as a crash leaves it", offset, stream, &report)
        case .tornTransaction(let offset):
            tear("the file ends in a transaction without EXEC, which Redis drops", offset, stream, &report)
        case .end where !isPart && !hasCommands:
            stream.consume(consumed)
            guard stream.problem == nil else { break }
            report.add(
                stream.offset == start ? "is empty" : "this is no append-only file: there is no command in it",
                byteOffset: start)
        default: stream.consume(consumed)
        }
        return outcome == .needMore
    }

    /// Passes on a command of which the long arguments are not there.
    private mutating func passLong(endingAt end: Int, _ body: (Request, Place, _ bytes: Int) -> Void) {
        let bytes = reader.longCommand.bytes
        let lengths = reader.longCommand.lengths
        let command = reader.longCommand
        command.withView { view in
            lengths.withUnsafeBufferPointer { lengths in
                let request = Request(
                    base: view.base, ranges: view.ranges, lengths: lengths.baseAddress, notation: .truncated)
                body(request, place(end &- bytes, request), bytes)
            }
        }
    }

    @inline(__always)
    private mutating func pass(_ held: Held?, _ body: (Request, Place, _ bytes: Int) -> Void) {
        guard let held else { return }
        let request = Request(held.view)
        body(request, place(held.offset, request), held.bytes)
    }

    @inline(__always)
    private mutating func place(_ offset: Int, _ request: Request) -> Place {
        if request.count == 2, request.isWord(0, "SELECT") { database = request.integer(1) ?? database }
        var place = Place()
        place.byteOffset = offset
        place.time = time
        place.database = database
        return place
    }

    private func tear(_ message: String, _ offset: Int, _ stream: ByteStream, _ report: inout InputReport) {
        stream.consume(stream.window.count)
        guard stream.problem == nil else { return }
        guard !isLast else { return report.add(message, byteOffset: offset, isFailure: false) }
        report.add(
            "the append-only file is damaged: \(message), and another file of the log follows", byteOffset: offset)
    }
}
