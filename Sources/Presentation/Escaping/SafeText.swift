/// Text that came from elsewhere, made fit for a terminal or a log: nothing in it moves the cursor, sets the title, turns
/// the direction of writing round, or is there without being seen.
///
/// ``Swift/Unicode/Scalar/isUnsafe`` is the one place that decides what is shown as it is. Where a form has a notation for
/// any character it is written in that (``JSON``, ``XML``, ``Printable``); elsewhere it is taken out here.
public enum SafeText {
    /// The text on one line: what a terminal would obey, hide or show out of order becomes U+FFFD, and a tab a blank.
    public static func line(_ text: String) -> String { safe(text) { $0 == "\t" ? " " : nil } }

    /// The text on the lines that it has: as ``line(_:)``, with line feeds and tabs as they are.
    public static func lines(_ text: String) -> String { safe(text) { $0 == "\t" || $0 == "\n" ? $0 : nil } }

    private static func safe(_ text: String, _ kept: (Unicode.Scalar) -> Unicode.Scalar?) -> String {
        guard text.unicodeScalars.contains(where: \.isUnsafe) else { return text }
        var safe = ""
        for scalar in text.unicodeScalars {
            safe.unicodeScalars.append(scalar.isUnsafe ? kept(scalar) ?? "\u{FFFD}" : scalar)
        }
        return safe
    }

    /// Bytes that a server sent as text, of which a terminal obeys none: those of an unsafe character, and those that are no
    /// UTF-8, become `\xHH`.
    ///
    /// - Parameter keepsLines: whether tabs and the ends of lines stay as they are.
    public static func bytes(_ bytes: [UInt8], keepsLines: Bool) -> [UInt8] {
        var safe: [UInt8] = []
        safe.reserveCapacity(bytes.count)
        var decoder = UTF8Pieces(bytes)
        while let piece = decoder.next() {
            let isKept =
                switch piece.scalar {
                case "\t", "\n": keepsLines
                case "\r": keepsLines && piece.range.upperBound < bytes.count && bytes[piece.range.upperBound] == 10
                case let scalar?: !scalar.isUnsafe
                case nil: false
                }
            if isKept {
                safe += bytes[piece.range]
            } else {
                for byte in bytes[piece.range] { safe += hexadecimal(byte) }
            }
        }
        return safe
    }

    /// `\xHH`.
    private static func hexadecimal(_ byte: UInt8) -> [UInt8] {
        [UInt8(ascii: "\\"), UInt8(ascii: "x"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    private static let digits = Array("0123456789abcdef".utf8)
}

/// Bytes as the characters of UTF-8 that they hold, and what is between these.
package struct UTF8Pieces {
    /// One character, or one byte that is part of none.
    package struct Piece {
        /// The character; nil for a byte that is no UTF-8.
        package let scalar: Unicode.Scalar?
        /// Its place among the bytes.
        package let range: Range<Int>
    }

    private let bytes: [UInt8]
    private var position = 0

    /// The pieces of some bytes, from the first on.
    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next piece; nil at the end.
    package mutating func next() -> Piece? {
        guard position < bytes.count else { return nil }
        let start = position
        let first = bytes[start]
        let length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0
        let end = start + length
        if length > 0, end <= bytes.count, let text = String(validating: bytes[start..<end], as: UTF8.self),
            let scalar = text.unicodeScalars.first
        {
            position = end
            return Piece(scalar: scalar, range: start..<end)
        }
        position = start + 1
        return Piece(scalar: nil, range: start..<position)
    }
}

extension Unicode.Scalar {
    /// Whether it is a control character (C0, DEL, C1), ends a line, steers the bidirectional algorithm, or takes no place
    /// where it stands.
    ///
    /// A joiner within an emoji is such a one too: two names that look the same are worse than an emoji in its parts.
    package var isUnsafe: Bool {
        switch value {
        case 0x20..<0x7F: false
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
        // The marks, embeddings, overrides and isolates of the bidirectional algorithm.
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        // What Unicode calls ignorable: joiners, fillers, marks of former encodings, tags. Variation selectors, which only
        // choose between two forms of what they follow, are none of these.
        case 0xAD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180E, 0x200B...0x200D, 0x2060...0x2065,
            0x206A...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A,
            0xE0000...0xE0FFF:
            true
        default: false
        }
    }
}
