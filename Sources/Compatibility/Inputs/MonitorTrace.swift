import CommandCatalog
import WireFormats

/// Reads a log of MONITOR and judges its commands.
struct MonitorTrace: ~Copyable {
    private var reader = MonitorReader()
    private var line: Int
    private var isInterrupted = false

    /// - Parameter line: how many lines stand before the first one that is read.
    init(line: Int = 0) {
        self.line = line
    }

    /// Reads a stream to its end.
    ///
    /// - Parameters:
    ///   - end: what begins at this byte or later is not read.
    ///   - onIdle: called while nothing comes; see ``ByteStream/fill(onIdle:)``.
    ///   - body: called with each command; returns nothing. It is the hot loop's own, so it is inlined.
    @inline(__always)
    mutating func read(
        _ stream: ByteStream, _ report: inout InputReport, upTo end: Int = .max, onFill: () -> Void,
        onIdle: () -> Void = {},
        _ body: (Request, Place, _ bytes: Int, _ isFromClient: Bool) -> Void
    ) {
        while true {
            let window = stream.window
            isInterrupted = stream.problem != nil
            let used = readWindow(window, stream.isLast, stream.offset, upTo: end, &report, body)
            stream.consume(used.consumed)
            if used.isEnd { return }
            stream.fill(onIdle: onIdle)
            onFill()
        }
    }

    @inline(__always)
    private mutating func readWindow(
        _ window: UnsafeRawBufferPointer, _ isLast: Bool, _ offset: Int, upTo end: Int, _ report: inout InputReport,
        _ body: (Request, Place, _ bytes: Int, _ isFromClient: Bool) -> Void
    ) -> (consumed: Int, isEnd: Bool) {
        var position = 0
        while offset &+ position < end {
            let rest = UnsafeRawBufferPointer(rebasing: window[position...])
            switch reader.next(in: rest, isLast: isLast) {
            case .command(let consumed):
                line &+= 1
                if let base = rest.baseAddress {
                    body(
                        request(base), place(offset &+ position, consumed), consumed, reader.command.source != .script)
                }
                position &+= consumed
            case .notice(let consumed):
                line &+= 1
                position &+= consumed
            case .malformed(let consumed, let problem):
                line &+= 1
                let text = UnsafeRawBufferPointer(rebasing: rest[..<consumed])
                // The line that an interruption has cut is none.
                let isCut = isLast && isInterrupted && position &+ consumed == window.count
                if !isCut, problem != .noTime || !TerminalText.isNoise(text) {
                    report.add(Self.text(problem), line: line, byteOffset: offset + position)
                }
                position &+= consumed
            case .needMore:
                return (position, false)
            case .end:
                return (position, true)
            }
        }
        return (position, true)
    }

    @inline(__always)
    private mutating func request(_ base: UnsafeRawPointer) -> Request {
        Request(base: base, ranges: reader.ranges, lengths: reader.lengths.baseAddress, notation: .monitor)
    }

    @inline(__always)
    private func place(_ offset: Int, _ bytes: Int) -> Place {
        var place = Place()
        place.line = line
        place.byteOffset = offset
        place.time = Self.time(reader.command)
        place.database = Int(reader.command.database)
        place.lineText = 0..<bytes
        place.peer = reader.command.peer
        place.isSamePeer = reader.command.isSamePeer
        return place
    }

    /// Microseconds since 1970.
    ///
    /// Times beyond the year 200,000 are damage; they are cut so that arithmetic with them stays safe.
    @inline(__always)
    static func time(_ command: MonitorCommand) -> Int64 {
        min(max(command.seconds, 0), 6_000_000_000_000) &* 1_000_000 &+ command.microseconds
    }

    private static func text(_ problem: MonitorReader.Problem) -> String {
        switch problem {
        case .noTime: "the line of MONITOR does not begin with a time"
        case .noSource: "the line of MONITOR names neither a client nor a command"
        case .badQuotes: "the line of MONITOR has an argument without its closing quote"
        case .tooLong: "the line of MONITOR is too long"
        }
    }
}
