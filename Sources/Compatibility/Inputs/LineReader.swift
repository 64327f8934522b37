import Glibc

/// Reads a text line by line off a stream.
struct LineReader {
    /// The number of the line that was read last, from 1.
    private(set) var line = 0

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
                line += 1
                body(Self.trimmed(window, position, end), line, stream.offset + position)
                position = end + 1
                searched = 0
            }
            if stream.isLast {
                if position < window.count {
                    line += 1
                    body(Self.trimmed(window, position, window.count), line, stream.offset + position)
                }
                stream.consume(window.count)
                return
            }
            searched = window.count - position
            stream.consume(position)
            stream.fill()
            onFill()
        }
    }

    private static func lineFeed(_ window: UnsafeRawBufferPointer, from position: Int) -> Int? {
        guard let base = window.baseAddress, position < window.count else { return nil }
        return memchr(base + position, 10, window.count - position).map { UnsafeRawPointer($0) - base }
    }

    private static func trimmed(_ window: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> UnsafeRawBufferPointer {
        let hasReturn = end > start && window[end - 1] == 13
        return UnsafeRawBufferPointer(rebasing: window[start..<(hasReturn ? end - 1 : end)])
    }
}
