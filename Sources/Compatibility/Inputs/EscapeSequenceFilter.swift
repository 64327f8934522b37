/// Leaves out of a text what moves a terminal's cursor or changes its colours: the sequences that begin with ESC.
///
///     ESC [ 0 1 ; 3 1 m          ends with a letter or another byte from 0x40 on
///     ESC ] 0 ; title BEL        ends with BEL, or with ESC \
///     ESC ( B                    two bytes and the one between
struct EscapeSequenceFilter {
    private enum State {
        case text
        case escape
        case control
        /// A text for the terminal itself, as a window's title.
        case string
        /// ESC within such a text, which `\` ends.
        case stringEscape
        case character
    }

    private var state = State.text
    private static let escape: UInt8 = 0x1B

    /// Whether a text has such sequences: ESC and what may follow it.
    static func isNeeded(for head: UnsafeRawBufferPointer) -> Bool {
        var position = 0
        while let found = head[position...].firstIndex(of: escape) {
            guard found + 1 < head.count else { return false }
            if head[found + 1] == UInt8(ascii: "[") || head[found + 1] == UInt8(ascii: "]") { return true }
            position = found + 1
        }
        return false
    }

    /// Appends the bytes that are text.
    mutating func append(_ bytes: some Sequence<UInt8>, to output: inout [UInt8]) {
        for byte in bytes {
            switch state {
            case .text: if byte == Self.escape { state = .escape } else { output.append(byte) }
            case .escape: state = Self.after(byte)
            case .control: if byte >= 0x40 { state = .text }
            case .string:
                if byte == 7 || byte == 10 { state = .text } else if byte == Self.escape { state = .stringEscape }
                if byte == 10 { output.append(byte) }
            case .stringEscape: state = byte == UInt8(ascii: "\\") ? .text : .string
            case .character: state = .text
            }
        }
    }

    private static func after(_ byte: UInt8) -> State {
        switch byte {
        case UInt8(ascii: "["): .control
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"): .string
        case 0x20...0x2F: .character
        default: .text
        }
    }
}
