/// A value to be written as JSON (RFC 8259).
///
/// Objects keep the order of their members.
indirect enum JSON {
    case null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([(name: String, value: JSON)])

    /// The text; over several lines with two spaces a level, or on one line.
    func text(isCompact: Bool = false) -> String {
        var text = ""
        write(to: &text, indent: isCompact ? nil : 0)
        return text
    }
}

// MARK: - Writing

extension JSON {
    private func write(to text: inout String, indent: Int?) {
        switch self {
        case .null: text += "null"
        case .boolean(let truth): text += truth ? "true" : "false"
        case .integer(let number): text += String(number)
        case .number(let number): text += number.isFinite ? "\(number)" : "null"
        case .string(let string): Self.write(string, to: &text)
        case .array(let elements):
            Self.write(elements, "[", "]", to: &text, indent: indent) { element, inner, text in
                element.write(to: &text, indent: inner)
            }
        case .object(let members):
            Self.write(members, "{", "}", to: &text, indent: indent) { member, inner, text in
                Self.write(member.name, to: &text)
                text += inner == nil ? ":" : ": "
                member.value.write(to: &text, indent: inner)
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element], _ open: String, _ close: String, to text: inout String, indent: Int?,
        _ one: (Element, Int?, inout String) -> Void
    ) {
        text += open
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            lineBreak(indent.map { $0 + 1 }, to: &text)
            one(element, indent.map { $0 + 1 }, &text)
        }
        if !elements.isEmpty { lineBreak(indent, to: &text) }
        text += close
    }

    private static func lineBreak(_ indent: Int?, to text: inout String) {
        if let indent { text += "\n" + String(repeating: "  ", count: indent) }
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F || scalar == "\u{2028}" || scalar == "\u{2029}":
                text += escaped(scalar.value)
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }

    private static func escaped(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}

// MARK: - Values

extension JSON {
    static func string(ifAny string: String?) -> JSON { string.map(JSON.string) ?? .null }

    static func integer(ifAny number: Int?) -> JSON { number.map(JSON.integer) ?? .null }

    /// Bytes as the member `name`: as text where they are UTF-8; else each byte as the character of its number, and the
    /// bytes themselves in `name_base64`.
    static func members(_ name: String, bytes: [UInt8]) -> [(name: String, value: JSON)] {
        if let text = String(validating: bytes, as: UTF8.self) { return [(name, .string(text))] }
        var text = ""
        for byte in bytes { text.unicodeScalars.append(Unicode.Scalar(byte)) }
        return [(name, .string(text)), ("\(name)_base64", .string(Base64.encode(bytes)))]
    }
}

/// Base64 (RFC 4648, section 4).
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                let digit = alphabet[Int(bits >> UInt32(18 - 6 * place) & 0x3F)]
                text.append(place <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
