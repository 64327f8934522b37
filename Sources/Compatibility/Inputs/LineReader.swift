import Glibc

/// Reads a text line by line off a stream, in memory that does not depend on how long a line is.
struct LineReader {
    /// The number of the line that was read last, from 1.
    private(set) var line = 0
    /// The first lines that were too long, and where they begin.
    private var longLines: [(number: Int, offset: Int)] = []
    private var isDiscarding = false

    /// A longer line is passed over: what a request may hold has room in it four times, as `\xHH` is written.
    static let maximumBytes = 64 << 20
    private let maximumBytes: Int

    init(maximumBytes: Int = LineReader.maximumBytes) {
        self.maximumBytes = maximumBytes
    }

    /// Calls `body` with each line, without its end, and the bytes before it.
    mutating func read(
        _ stream: ByteStream, onFill: () -> Void,
        _ body: (_ line: UnsafeRawBufferPointer, _ number: Int, _ offset: Int) -> Void
    ) {
        var searched = 0
        while true {
            let window = stream.window
            var position = 0
            while let end = Self.lineFeed(window, from: max(position, searched)) {
                take(Self.trimmed(window, position, end), stream.offset + position, body)
                position = end + 1
                searched = 0
            }
            if stream.isLast {
                if position < window.count {
                    take(Self.trimmed(window, position, window.count), stream.offset + position, body)
                }
                stream.consume(window.count)
                return
            }
            if isDiscarding || window.count - position > maximumBytes {
                position = discard(window, stream.offset + position)
            }
            searched = window.count - position
            stream.consume(position)
            stream.fill(onIdle: onFill)
            onFill()
        }
    }

    /// Says which lines were passed over because they are too long.
    func report(to report: inout InputReport) {
        for (number, offset) in longLines {
            report.add(
                "the line is longer than \(Wording.bytes(maximumBytes)) and was passed over", line: number,
                byteOffset: offset)
        }
    }

    @inline(__always)
    private mutating func take(
        _ text: UnsafeRawBufferPointer, _ offset: Int, _ body: (UnsafeRawBufferPointer, Int, Int) -> Void
    ) {
        if isDiscarding {
            isDiscarding = false
            return
        }
        line += 1
        if text.count > maximumBytes { longLines.append((line, offset)) } else { body(text, line, offset) }
    }

    /// Passes over what there is of a line that is too long; returns where the window's rest begins.
    private mutating func discard(_ window: UnsafeRawBufferPointer, _ offset: Int) -> Int {
        if !isDiscarding {
            line += 1
            longLines.append((line, offset))
            isDiscarding = true
        }
        return window.count
    }

    private static func lineFeed(_ window: UnsafeRawBufferPointer, from position: Int) -> Int? {
        guard let base = window.baseAddress, position < window.count else { return nil }
        return memchr(base + position, 10, window.count - position).map { UnsafeRawPointer($0) - base }
    }

    private static func trimmed(_ window: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> UnsafeRawBufferPointer {
        // A recording of a terminal has several.
        var end = end
        while end > start, window[end - 1] == 13 { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: window[start..<end])
    }
}
