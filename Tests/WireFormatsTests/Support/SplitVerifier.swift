import Testing

/// Shows that a decoder finds the same whatever pieces its input arrives in.
enum SplitVerifier {
    /// Decodes `input` whole, cut in two at every point, and byte by byte; reports each way that differs from the
    /// whole.
    ///
    /// - Parameters:
    ///   - decode: runs a fresh decoder over the pieces and returns all that it found, the error or the rest included.
    /// - Returns: what was found in the whole.
    @discardableResult
    static func verify<Finding: Equatable>(
        _ input: [UInt8],
        sourceLocation: SourceLocation = #_sourceLocation,
        decode: ([[UInt8]]) throws -> Finding
    ) rethrows -> Finding {
        let whole = try decode([input])
        for cut in 0...input.count {
            let halves = try decode([Array(input[..<cut]), Array(input[cut...])])
            guard halves == whole else {
                Issue.record(
                    "cut at \(cut) of \(input.count): \(halves) instead of \(whole); input \(input.escaped)",
                    sourceLocation: sourceLocation)
                return whole
            }
        }
        let dripped = try decode(input.map { [$0] })
        #expect(
            dripped == whole, "byte by byte: \(dripped) instead of \(whole); input \(input.escaped)",
            sourceLocation: sourceLocation)
        return whole
    }
}

extension [UInt8] {
    /// The bytes as a person reads them: printable ASCII as it is, the rest as `\xHH`.
    var escaped: String {
        prefix(400).map { byte in
            (0x20..<0x7F).contains(byte)
                ? String(UnicodeScalar(byte)) : "\\x" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }

    /// The UTF-8 bytes of `text`.
    init(_ text: String) {
        self = Array(text.utf8)
    }
}
