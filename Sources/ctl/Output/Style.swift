import ArgumentParser

/// When to write in colour.
enum ColorMode: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never

    /// Whether to write in colour to a stream: as asked, else as NO_COLOR and CLICOLOR_FORCE say, else on a terminal.
    func isOn(onTerminal isTerminal: Bool) -> Bool {
        switch self {
        case .always: return true
        case .never: return false
        case .auto:
            if let value = environmentVariable("NO_COLOR"), !value.isEmpty { return false }
            if let value = environmentVariable("CLICOLOR_FORCE"), !value.isEmpty, value != "0" { return true }
            return isTerminal && environmentVariable("TERM") != "dumb"
        }
    }
}

/// Colours of a terminal, or none.
struct Style {
    let isColored: Bool

    static let plain = Style(isColored: false)

    func bold(_ text: String) -> String { wrap(text, "1") }
    func dim(_ text: String) -> String { wrap(text, "2") }

    func warning(_ text: String) -> String { wrap(text, "33") }

    /// A verdict in the colour of its weight.
    func verdict(_ label: String, _ text: String) -> String {
        switch label {
        case "supported": wrap(text, "32")
        case "refused", "unlisted", "unknown": wrap(text, "31")
        default: wrap(text, "33")
        }
    }

    private func wrap(_ text: String, _ code: String) -> String {
        isColored && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
