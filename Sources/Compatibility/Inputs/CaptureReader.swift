import WireFormats

/// Reads raw requests as they were captured on the wire: arrays back to back, inline commands between them, and anything
/// else, which is passed over to where the next array begins.
///
/// A capture that starts in the middle of a request, or lacks bytes, is read on from the next `*<digits>\r\n$`.
struct CaptureReader: ~Copyable {
    private var decoder = RequestDecoder(maximumRequestBytes: 512 << 20)
    /// Whether the place is known to be the beginning of a request.
    private var isInStep = false
    private(set) var passedOver = 0
    private var firstPassedOver: Int?

    /// Reads to the end and calls `body` with each request.
    mutating func read(
        _ stream: ByteStream, _ report: inout InputReport, onFill: () -> Void,
        _ body: (Request, Place, _ bytes: Int) -> Void
    ) {
        while true {
            let window = stream.window
            let consumed = readWindow(window, stream.isLast, stream.offset, body)
            stream.consume(consumed)
            if stream.isLast {
                finish(stream, &report)
                return
            }
            stream.fill()
            onFill()
        }
    }

    private func finish(_ stream: ByteStream, _ report: inout InputReport) {
        if passedOver > 0, let first = firstPassedOver {
            report.summary.coverage.append(
                "\(passedOver) bytes that are no whole requests were passed over, the first at byte \(first)")
        }
        if report.summary.commands == 0, passedOver > 0 { return }
        if !stream.window.isEmpty {
            report.add("the capture ends in the middle of a request", byteOffset: stream.offset, isFailure: false)
            stream.consume(stream.window.count)
        }
    }

    private mutating func readWindow(
        _ window: UnsafeRawBufferPointer, _ isLast: Bool, _ offset: Int,
        _ body: (Request, Place, _ bytes: Int) -> Void
    ) -> Int {
        var position = 0
        while position < window.count {
            let rest = UnsafeRawBufferPointer(rebasing: window[position...])
            if !isInStep {
                let skipped = Self.nextHeader(rest, isLast)
                pass(skipped, at: offset + position)
                position += skipped
                guard skipped < rest.count, Self.isHeader(rest, at: skipped) else { return position }
                isInStep = true
                decoder.reset()
                continue
            }
            switch decoder.next(in: rest) {
            case .needMore: return position
            case .empty(let consumed): position += consumed
            case .failure:
                isInStep = false
                pass(1, at: offset + position)
                position += 1
            case .request(let consumed):
                let request = Request(decoder.request(in: rest))
                if Self.isPlausible(request, rest, consumed, isInline: decoder.isInline) {
                    var place = Place()
                    place.byteOffset = offset + position
                    body(request, place, consumed)
                    position += consumed
                } else {
                    isInStep = false
                    pass(1, at: offset + position)
                    position += 1
                }
            }
        }
        return position
    }

    private mutating func pass(_ bytes: Int, at offset: Int) {
        guard bytes > 0 else { return }
        passedOver += bytes
        firstPassedOver = firstPassedOver ?? offset
    }

    /// Lost bytes leave an argument that is not followed by CR LF, or an inline command of binary bytes.
    private static func isPlausible(
        _ request: Request, _ rest: UnsafeRawBufferPointer, _ consumed: Int, isInline: Bool
    ) -> Bool {
        if isInline {
            let name = request.text(0)
            guard name.count < 64, name.count > 0 else { return false }
            return name.allSatisfy { byte in (byte | 0x20 >= 97 && byte | 0x20 <= 122) || byte == 45 || byte == 95 }
        }
        for range in request.ranges {
            guard range.upperBound + 2 <= consumed, rest[range.upperBound] == 13, rest[range.upperBound + 1] == 10
            else {
                return false
            }
        }
        return true
    }

    /// How many bytes stand before the next header, or before what may become one with more bytes.
    private static func nextHeader(_ rest: UnsafeRawBufferPointer, _ isLast: Bool) -> Int {
        var position = 0
        while position < rest.count {
            if rest[position] == UInt8(ascii: "*") {
                if isHeader(rest, at: position) { return position }
                if !isLast, rest.count - position < 16 { return position }
            }
            position += 1
        }
        return rest.count
    }

    /// Whether `*<digits>\r\n$<digit>` stands at a place.
    static func isHeader(_ bytes: UnsafeRawBufferPointer, at start: Int) -> Bool {
        var position = start + 1
        while position < bytes.count, position - start < 9, bytes[position] >= 48, bytes[position] <= 57 {
            position += 1
        }
        guard position > start + 1, position + 3 < bytes.count else { return false }
        return bytes[position] == 13 && bytes[position + 1] == 10 && bytes[position + 2] == UInt8(ascii: "$")
            && bytes[position + 3] >= 48 && bytes[position + 3] <= 57
    }
}
