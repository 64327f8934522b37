import WireFormats

/// Reads raw requests as they were captured on the wire: arrays back to back, inline commands between them, and anything
/// else, which is passed over to where the next array begins.
///
/// A capture that starts in the middle of a request, or lacks bytes, is read on from the next `*<digits>\r\n$`. So is one
/// whose request never ends: a length that lost bytes announce, or zeros that stand for packets which were not captured.
struct CaptureReader: ~Copyable {
    private var decoder = RequestDecoder(maximumRequestBytes: 512 << 20)
    /// Whether the place is known to be the beginning of a request.
    private var isInStep = false
    private var passedOver = 0
    private var firstPassedOver: Int?
    private var requests = 0
    /// Where a request begins that the end of the capture cuts.
    private var cut: Int?
    /// How many requests had no end, each of which costs a look at what follows.
    private var endless = 0
    private static let maximumEndless = 1_000

    /// Reads to the end and calls `body` with each request.
    mutating func read(
        _ stream: ByteStream, onFill: () -> Void,
        _ body: (Request, Place, _ bytes: Int) -> Void
    ) {
        while true {
            let window = stream.window
            let consumed = readWindow(window, stream.isLast, stream.offset, body)
            stream.consume(consumed)
            if stream.isLast {
                if !stream.window.isEmpty { cut = stream.offset }
                return stream.consume(stream.window.count)
            }
            stream.fill()
            onFill()
        }
    }

    /// Says in one line what no command was made of.
    ///
    /// - Parameter isFailure: whether nothing else says that the capture is none to be content with.
    func tell(_ report: inout InputReport, isFailure: Bool) {
        guard requests > 0 else { return report.add("no request is found in the capture", byteOffset: 0) }
        if let first = firstPassedOver {
            let bytes =
                passedOver == 1
                ? "1 byte that is no whole request was" : "\(passedOver) bytes that are no whole requests were"
            let tail = cut != nil ? "; the capture ends in the middle of one" : ""
            report.add("\(bytes) passed over, the first here\(tail)", byteOffset: first, isFailure: isFailure)
        } else if let cut {
            report.add("the capture ends in the middle of a request", byteOffset: cut, isFailure: isFailure)
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
            case .needMore:
                let next = isLast ? 1 + Self.nextHeader(UnsafeRawBufferPointer(rebasing: rest[1...]), true) : rest.count
                guard next < rest.count, endless < Self.maximumEndless else { return position }
                endless += 1
                // Whole requests follow, so that this one has no end.
                decoder.reset()
                pass(next, at: offset + position)
                position += next
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
                    requests += 1
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
