/// Parses one line of MONITOR from the bytes that are there.
struct MonitorLine {
    /// Why there is no result.
    enum Stop: Error {
        /// The bytes end before the line does.
        case incomplete
        case malformed(MonitorReader.Problem)
    }

    enum Content {
        case command
        case notice
    }

    private let base: UnsafeRawPointer
    private let end: Int
    private(set) var position = 0
    /// Whether the end of the line has been read; false where the bytes end and the line may or may not.
    private(set) var isTerminated = false

    /// - Parameter position: how many bytes stand before the line's time.
    init(base: UnsafeRawPointer, end: Int, position: Int) {
        self.base = base
        self.end = end
        self.position = position
    }

    /// Parses the line; `position` is then behind it.
    @inline(__always)
    mutating func parse(
        _ command: inout MonitorCommand, _ arguments: inout MonitorArguments, _ lastSource: inout LastSource,
        _ index: inout QuoteIndex
    ) throws(Stop) -> Content {
        if try peek() == Byte.plus { position &+= 1 }
        if !parseUsualTime(&command) {
            let first = try peek()
            guard first >= Byte.zero, first <= Byte.nine else {
                try parseNotice(first)
                return .notice
            }
            command.seconds = try readNumber(.noTime)
            try expect(UInt8(ascii: "."), .noTime)
            command.microseconds = try readNumber(.noTime)
            try expect(Byte.space, .noTime)
        }
        if let count = lastSource.read(&command, base, at: position, end: end) {
            position &+= count
        } else {
            let start = position
            try parseSource(&command)
            lastSource.remember(command, base, start..<position, end: end)
        }
        try parseArguments(&arguments, &index)
        return .command
    }

    /// Parses `1795394106.974517 `, as every time from 2001 to 2286 is written; false where it is something else.
    @inline(__always)
    private mutating func parseUsualTime(_ command: inout MonitorCommand) -> Bool {
        guard position &+ 18 <= end,
            base.load(fromByteOffset: position &+ 10, as: UInt8.self) == UInt8(ascii: "."),
            base.load(fromByteOffset: position &+ 17, as: UInt8.self) == Byte.space,
            let first = EightDigits.read(base, at: position),
            let last = EightDigits.readSix(base, at: position &+ 9)
        else { return false }
        let tens = base.load(fromByteOffset: position &+ 8, as: UInt8.self) &- Byte.zero
        let ones = base.load(fromByteOffset: position &+ 9, as: UInt8.self) &- Byte.zero
        guard tens <= 9, ones <= 9 else { return false }
        command.seconds = first &* 100 &+ Int64(tens &* 10 &+ ones)
        command.microseconds = last
        position &+= 18
        return true
    }

    /// `OK` or nothing.
    private mutating func parseNotice(_ first: UInt8) throws(Stop) {
        if first == UInt8(ascii: "O") {
            position &+= 1
            try expect(UInt8(ascii: "K"), .noTime)
        }
        try parseLineEnd(.noTime)
    }

    /// LF, CR LF, or the end of the bytes.
    private mutating func parseLineEnd(_ problem: MonitorReader.Problem) throws(Stop) {
        guard position < end else { return }
        if try peek() == Byte.carriageReturn { position &+= 1 }
        try expect(Byte.lineFeed, problem)
        isTerminated = true
    }

    // MARK: - The source

    @inline(never)
    private mutating func parseSource(_ command: inout MonitorCommand) throws(Stop) {
        command.database = 0
        command.source = .unknown
        command.peer = position..<position
        command.isSamePeer = false
        switch try peek() {
        case UInt8(ascii: "["):
            position &+= 1
            command.database = try readNumber(.noSource)
            try expect(Byte.space, .noSource)
            try parsePeer(&command)
        case UInt8(ascii: "("):
            for byte in "(db ".utf8 { try expect(byte, .noSource) }
            command.database = try readNumber(.noSource)
            try expect(UInt8(ascii: ")"), .noSource)
            try expect(Byte.space, .noSource)
        default: break
        }
        if try peek() != Byte.doubleQuote { throw .malformed(.noSource) }
    }

    /// What ends at the first `] "`: a path may hold spaces and brackets.
    private mutating func parsePeer(_ command: inout MonitorCommand) throws(Stop) {
        let start = position
        try findPeerEnd()
        command.peer = start..<position
        command.source =
            switch base.load(fromByteOffset: start, as: UInt8.self) {
            case UInt8(ascii: "l"): .script
            case UInt8(ascii: "u"): .unixSocket
            default: .client
            }
        position &+= 2
    }

    private mutating func findPeerEnd() throws(Stop) {
        let bracket = UInt8(ascii: "]")
        while true {
            position = ByteSearch.next(bracket, bracket, base, from: position, end: end)
            guard try peek() == bracket else { throw .malformed(.noSource) }
            if isPeerEnd() { return }
            position &+= 1
        }
    }

    /// Whether the bracket at `position` is followed by a space and a quote, as far as bytes are there.
    private func isPeerEnd() -> Bool {
        guard position &+ 2 < end else { return true }
        return base.load(fromByteOffset: position &+ 1, as: UInt8.self) == Byte.space
            && base.load(fromByteOffset: position &+ 2, as: UInt8.self) == Byte.doubleQuote
    }

    // MARK: - The arguments

    /// Parses from the opening quote at `position` to the end of the line.
    @inline(__always)
    private mutating func parseArguments(_ arguments: inout MonitorArguments, _ index: inout QuoteIndex) throws(Stop) {
        index.skip(to: position &+ 1)
        if parsePlainArguments(&arguments, &index) { return }
        while true {
            let start = position &+ 1
            var quote = index.take(base, end: end)
            guard quote < end else { throw .incomplete }
            if base.load(fromByteOffset: quote, as: UInt8.self) == Byte.doubleQuote {
                arguments.append(start..<quote, length: quote &- start)
            } else {
                quote = try parseEscapes(start, quote, &arguments, &index)
            }
            position = quote &+ 1
            // A space leads to the next argument, anything else ends the line.
            guard position < end, base.load(fromByteOffset: position, as: UInt8.self) == Byte.space else { break }
            position &+= 1
            let next = index.take(base, end: end)
            guard next == position, next < end, base.load(fromByteOffset: next, as: UInt8.self) == Byte.doubleQuote
            else { throw position < end ? .malformed(.badQuotes) : .incomplete }
        }
        try parseLineEnd(.badQuotes)
    }

    /// Parses arguments as long as nothing is unusual: no escape, a quote, a space and a quote between two of them, and all
    /// places known; the last one ends the line.
    ///
    /// Returns whether the line is at its end; if not, the next argument begins at `position`.
    @inline(__always)
    private mutating func parsePlainArguments(
        _ arguments: inout MonitorArguments, _ index: inout QuoteIndex
    ) -> Bool {
        let (places, count, origin) = index.known
        let most = min(count &- 1, arguments.room &* 2)
        var start = position &+ 1
        // Two places an argument: its closing quote, and the next one's opening quote or the line's end.
        var taken = 0
        while taken < most {
            let quote = origin &+ Int(places[taken])
            guard quote &+ 4 <= end else { break }
            let bytes = UInt32(littleEndian: base.loadUnaligned(fromByteOffset: quote, as: UInt32.self)) & 0xFF_FFFF
            let isLast = bytes & 0xFFFF == 0x0A22 || bytes == 0x0A_0D22
            guard isLast || bytes == 0x22_2022 else { break }
            arguments.putAhead(start..<quote, length: quote &- start, offset: taken &>> 1)
            start = quote &+ 3
            taken &+= 2
            guard isLast else { continue }
            finish(&arguments, &index, taken)
            position = quote &+ (bytes == 0x0A_0D22 ? 3 : 2)
            isTerminated = true
            return true
        }
        finish(&arguments, &index, taken)
        position = start &- 1
        return false
    }

    @inline(__always)
    private func finish(_ arguments: inout MonitorArguments, _ index: inout QuoteIndex, _ taken: Int) {
        arguments.commit(taken &>> 1)
        index.drop(taken)
    }

    /// Parses the rest of an argument from its first backslash on; returns where its closing quote stands.
    @inline(never)
    private mutating func parseEscapes(
        _ start: Int, _ first: Int, _ arguments: inout MonitorArguments, _ index: inout QuoteIndex
    ) throws(Stop) -> Int {
        var saved = 0
        var place = first
        while true {
            guard place < end else { throw .incomplete }
            let byte = base.load(fromByteOffset: place, as: UInt8.self)
            if byte == Byte.doubleQuote { break }
            guard byte == Byte.backslash else { throw .malformed(.badQuotes) }
            let size = try escapeSize(at: place)
            saved &+= size &- 1
            let following = place &+ size
            repeat { place = index.take(base, end: end) } while place < following && place < end
        }
        arguments.append(start..<place, length: place &- start &- saved)
        return place
    }

    /// How many bytes the escape that begins at `index` takes, the backslash included.
    @inline(__always)
    private func escapeSize(at index: Int) throws(Stop) -> Int {
        guard index &+ 1 < end else { throw .incomplete }
        let letter = base.load(fromByteOffset: index &+ 1, as: UInt8.self)
        if letter == Byte.lineFeed { throw .malformed(.badQuotes) }
        guard letter == UInt8(ascii: "x") else { return 2 }
        guard index &+ 3 < end else { throw .incomplete }
        let high = base.load(fromByteOffset: index &+ 2, as: UInt8.self)
        let low = base.load(fromByteOffset: index &+ 3, as: UInt8.self)
        return Byte.hexValue(high) != nil && Byte.hexValue(low) != nil ? 4 : 2
    }

    // MARK: - Bytes

    @inline(__always)
    private func peek() throws(Stop) -> UInt8 {
        guard position < end else { throw .incomplete }
        return base.load(fromByteOffset: position, as: UInt8.self)
    }

    @inline(__always)
    private mutating func expect(_ byte: UInt8, _ problem: MonitorReader.Problem) throws(Stop) {
        guard try peek() == byte else { throw .malformed(problem) }
        position &+= 1
    }

    /// Reads digits, eighteen at most.
    @inline(__always)
    private mutating func readNumber(_ problem: MonitorReader.Problem) throws(Stop) -> Int64 {
        let start = position
        var value: Int64 = 0
        var index = start
        let limit = min(end, start &+ 18)
        while index < limit {
            let digit = base.load(fromByteOffset: index, as: UInt8.self) &- Byte.zero
            guard digit <= 9 else { break }
            value = value &* 10 &+ Int64(digit)
            index &+= 1
        }
        guard index > start || index == end else { throw .malformed(problem) }
        position = index
        return value
    }
}
