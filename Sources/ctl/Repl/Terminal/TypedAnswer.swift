import CEditLine

/// What a person at the terminal types when asked.
enum TypedAnswer: Equatable {
    case line([UInt8])
    /// Ctrl-C.
    case interrupted
    /// Ctrl-D, or the terminal is gone.
    case none
    /// There is no terminal to ask at.
    case noTerminal

    /// An answer of more bytes is none.
    private static let longest = 4096

    /// Asks between two lines of the editor.
    init(to question: String) { self.init { editline_ask(question, $0, $1) } }

    /// Asks for what is not shown.
    init(toSecret prompt: String) { self.init { editline_read_secret(prompt, $0, $1) } }

    var isYes: Bool {
        guard case .line(let bytes) = self else { return false }
        return ["y", "yes"].contains(String(decoding: bytes, as: UTF8.self).lowercased())
    }

    private init(_ ask: (UnsafeMutablePointer<CChar>?, Int) -> editline_outcome) {
        var buffer = [CChar](repeating: 0, count: Self.longest)
        switch buffer.withUnsafeMutableBufferPointer({ ask($0.baseAddress, $0.count) }) {
        case EDITLINE_LINE: self = .line(buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) })
        case EDITLINE_INTERRUPTED: self = .interrupted
        case EDITLINE_END: self = .none
        default: self = .noTerminal
        }
    }
}
