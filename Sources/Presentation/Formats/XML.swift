/// Text in XML 1.0.
package enum XML {
    package static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"

    /// Text as content or as an attribute's value in double quotes.
    ///
    /// A character that XML cannot hold at all becomes U+FFFD.
    package static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            // A reader makes white space in an attribute a blank unless it is written by number.
            case "\t", "\n", "\r": escaped += "&#\(scalar.value);"
            case _ where !isCharacter(scalar): escaped += "\u{FFFD}"
            // A log that shows the text obeys nothing in it.
            case _ where scalar.isUnsafe: escaped += "&#\(scalar.value);"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// Attributes with a blank before each.
    package static func attributes(_ attributes: [(name: String, value: String)]) -> String {
        attributes.map { " \($0.name)=\"\(escaped($0.value))\"" }.joined()
    }

    /// Whether XML 1.0 has the character (its production `Char`).
    private static func isCharacter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 && scalar != "\u{FFFE}" && scalar != "\u{FFFF}"
    }
}
