import WireFormats

/// One command as it was sent, where it stands in the input.
///
/// Trivial: pointers, valid until the input moves on.
struct Request {
    /// How the arguments are written in the input.
    enum Notation {
        /// As they are.
        case plain
        /// Between quotes, with MONITOR's escapes.
        case monitor
        /// Cut off; only the length is known of what is missing (SLOWLOG).
        case truncated
    }

    /// What the ranges are relative to.
    let base: UnsafeRawPointer
    /// The place of each argument, the name's first; at least one.
    let ranges: UnsafeBufferPointer<Range<Int>>
    /// The arguments' real lengths, where they differ from what is written; nil where they never do.
    let lengths: UnsafePointer<Int>?
    let notation: Notation

    init(
        base: UnsafeRawPointer, ranges: UnsafeBufferPointer<Range<Int>>, lengths: UnsafePointer<Int>? = nil,
        notation: Notation = .plain
    ) {
        self.base = base
        self.ranges = ranges
        self.lengths = lengths
        self.notation = notation
    }

    init(_ view: RequestView) {
        self.init(base: view.base, ranges: view.ranges)
    }

    @inline(__always)
    var count: Int { ranges.count }

    /// How many bytes an argument has.
    @inline(__always)
    func length(_ index: Int) -> Int {
        lengths.map { $0[index] } ?? ranges[index].count
    }

    /// An argument as it is written.
    @inline(__always)
    func text(_ index: Int) -> UnsafeRawBufferPointer {
        let range = ranges[index]
        return UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count)
    }

    /// Whether what is written is not the argument itself.
    @inline(__always)
    func isEncoded(_ index: Int) -> Bool {
        length(index) != ranges[index].count
    }

    /// Calls `body` with an argument's bytes; `scratch` holds them where they have to be unescaped.
    @inline(__always)
    func withBytes<R>(_ index: Int, _ scratch: inout [UInt8], _ body: (UnsafeRawBufferPointer) -> R) -> R {
        guard isEncoded(index), notation == .monitor else { return body(text(index)) }
        scratch.removeAll(keepingCapacity: true)
        MonitorText.unescape(text(index), into: &scratch)
        return scratch.withUnsafeBytes(body)
    }

    /// An argument's bytes, at most so many of them.
    func copy(_ index: Int, limit: Int = Int.max) -> [UInt8] {
        // An escape is at most four characters.
        let prefix = text(index).prefix(limit > Int.max / 4 ? Int.max : limit * 4)
        guard isEncoded(index), notation == .monitor else { return Array(prefix.prefix(limit)) }
        var bytes: [UInt8] = []
        MonitorText.unescape(UnsafeRawBufferPointer(rebasing: prefix), into: &bytes)
        return Array(bytes.prefix(limit))
    }

    /// An argument as an integer in Redis's strict form; nil where it is none.
    func integer(_ index: Int) -> Int? {
        guard index < count else { return nil }
        return Self.integer(text(index))
    }

    static func integer(_ text: UnsafeRawBufferPointer) -> Int? {
        guard text.count > 0, text.count <= 20 else { return nil }
        let isNegative = text[0] == UInt8(ascii: "-")
        var number = 0
        for byte in isNegative ? text.dropFirst() : text[...] {
            guard byte >= 48, byte <= 57 else { return nil }
            let (product, overflow) = number.multipliedReportingOverflow(by: 10)
            let (difference, underflow) = product.subtractingReportingOverflow(Int(byte) - 48)
            guard !overflow, !underflow else { return nil }
            number = difference
        }
        guard text.count > (isNegative ? 1 : 0) else { return nil }
        if isNegative { return number }
        return number == Int.min ? nil : -number
    }

    /// Whether an argument is a word, in either case.
    ///
    /// `word` is in capitals.
    func isWord(_ index: Int, _ word: StaticString) -> Bool {
        guard index < count, ranges[index].count == word.utf8CodeUnitCount else { return false }
        let letters = UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        return text(index).elementsEqual(letters) { byte, letter in byte & 0xDF == letter || byte == letter }
    }

    /// How many bytes the request has on the wire, as a RESP array.
    var wireBytes: Int {
        var bytes = 1 + Self.digits(count) + 2
        for index in 0..<count {
            let length = length(index)
            bytes += 1 + Self.digits(length) + 2 + length + 2
        }
        return bytes
    }

    private static func digits(_ number: Int) -> Int {
        var digits = 1
        var rest = number
        while rest >= 10 {
            rest /= 10
            digits += 1
        }
        return digits
    }
}

extension UnsafeRawBufferPointer {
    /// The same bytes for the functions that take a `Span<UInt8>`.
    @inline(__always)
    var octets: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: baseAddress?.assumingMemoryBound(to: UInt8.self), count: count)
    }
}
