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

    /// Reads to the end and calls `body` with each command.
    ///
    /// - Parameter end: what begins at this byte or later is not read.
    @inline(__always)
    mutating func read(
        _ stream: ByteStream, _ report: inout InputReport, upTo end: Int = .max, onFill: () -> Void,
        _ body: (Request, Place, _ bytes: Int) -> Void
    ) {
        while true {
            let window = stream.window
            var position = 0
            do throws(AOFError) {
                commands: while true {
                    if stream.offset &+ position >= end { return }
                    let rest = UnsafeRawBufferPointer(rebasing: window[position...])
                    switch try reader.next(in: rest, isLast: stream.isLast) {
                    case .command(let consumed):
                        let request = Request(reader.request(in: rest))
                        body(request, place(stream.offset + position, request), consumed)
                        position += consumed
                    case .timestamp(let consumed, let seconds):
                        time = min(max(seconds, 0), 6_000_000_000_000) * 1_000_000
                        position += consumed
                    case .annotation(let consumed): position += consumed
                    case .needMore: break commands
                    case .tornCommand(let offset):
                        tear("the file ends in the middle of a command, as a crash leaves it", offset, stream, &report)
                        return
                    case .tornTransaction(let offset):
                        tear("the file ends in a transaction without EXEC, which Redis drops", offset, stream, &report)
                        return
                    case .end:
                        stream.consume(position)
                        return
                    }
                }
            } catch {
                stream.consume(position)
                report.add("the append-only file is damaged: \(error)", byteOffset: error.byteOffset)
                return
            }
            stream.consume(position)
            stream.fill()
            onFill()
        }
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
