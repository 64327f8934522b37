/// Text that came from elsewhere, made fit for a terminal or a log: nothing in it moves the cursor, sets the title, or turns
/// the direction of writing round.
public enum SafeText {
    /// The text on one line: what a terminal would obey, or show out of order, becomes U+FFFD, and a tab a blank.
    public static func line(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: \.isUnsafe) else { return text }
        var safe = ""
        for scalar in text.unicodeScalars {
            safe.unicodeScalars.append(scalar == "\t" ? " " : scalar.isUnsafe ? "\u{FFFD}" : scalar)
        }
        return safe
    }
}

extension Unicode.Scalar {
    /// Whether it is a control character (C0, DEL, C1), ends a line, or steers the bidirectional algorithm.
    package var isUnsafe: Bool {
        switch value {
        case 0x20..<0x7F: false
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
        // The marks, embeddings, overrides and isolates of the bidirectional algorithm.
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
