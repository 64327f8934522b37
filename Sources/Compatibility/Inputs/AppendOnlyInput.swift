import WireFormats

/// Reads the commands of an append-only file off a stream, behind its preamble if it has one.
struct AppendOnlyInput: ~Copyable {
    private var reader: AOFReader
    private var time: Int64?
    private var database = 0

    /// A reader at the stream's place.
    init(at byteOffset: Int) {
        reader = AOFReader(byteOffset: byteOffset)
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
                report.add("the append-only file is damaged: \(error)", byteOffset: error.byteOffset)
                return false
            }
            switch outcome {
            case .command(let consumed):
                let view = reader.request(in: rest)
                foresee(Request(view))
                pass(held, body)
                held = Held(view: view, offset: offset &+ position, bytes: consumed)
                position &+= consumed
                guard !reader.isPlain else { continue }
                // To read on would take it away.
                pass(held, body)
                held = nil
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
            tear("the file ends in the middle of a command, as a crash leaves it", offset, stream, &report)
        case .tornTransaction(let offset):
            tear("the file ends in a transaction without EXEC, which Redis drops", offset, stream, &report)
        default: stream.consume(consumed)
        }
        return outcome == .needMore
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
        report.add(message, byteOffset: offset, isFailure: false)
    }
}
