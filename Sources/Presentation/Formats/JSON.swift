/// A value to be written as JSON (RFC 8259).
///
/// Objects keep the order of their members.
package indirect enum JSON {
    case null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([(name: String, value: JSON)])

    /// The text; over several lines with two spaces a level, or on one line.
    package func text(isCompact: Bool = false) -> String {
        ByteSink.text { write(to: &$0, indent: isCompact ? nil : 0) }
    }

    /// Writes the text: on one line where `indent` is nil; else over several lines, the first of them where the sink
    /// stands and the others `indent` levels of two spaces in.
    package func write(to sink: inout ByteSink, indent: Int?) {
        switch self {
        case .null: sink.write("null")
        case .boolean(let truth): sink.write(truth ? "true" : "false")
        case .integer(let number): sink.write(String(number))
        case .number(let number): sink.write(number.isFinite ? "\(number)" : "null")
        case .string(let string): sink.write(Self.quoted(string))
        case .array(let elements):
            Self.write(elements, "[", "]", to: &sink, indent: indent) { element, inner, sink in
                element.write(to: &sink, indent: inner)
            }
        case .object(let members):
            Self.write(members, "{", "}", to: &sink, indent: indent) { member, inner, sink in
                sink.write(Self.quoted(member.name) + (inner == nil ? ":" : ": "))
                member.value.write(to: &sink, indent: inner)
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element], _ open: String, _ close: String, to sink: inout ByteSink, indent: Int?,
        _ one: (Element, Int?, inout ByteSink) -> Void
    ) {
        sink.write(open)
        for (index, element) in elements.enumerated() {
            if index > 0 { sink.write(",") }
            lineBreak(indent.map { $0 + 1 }, to: &sink)
            one(element, indent.map { $0 + 1 }, &sink)
        }
        if !elements.isEmpty { lineBreak(indent, to: &sink) }
        sink.write(close)
    }

    private static func lineBreak(_ indent: Int?, to sink: inout ByteSink) {
        if let indent { sink.write("\n" + String(repeating: "  ", count: indent)) }
    }
}

// MARK: - Strings

extension JSON {
    /// A string in quotes, its special characters escaped.
    package static func quoted(_ string: String) -> String {
        var text = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            // Programs read the same; a terminal or a log that shows the text obeys nothing in it.
            case _ where scalar.isUnsafe: for unit in String(scalar).utf16 { text += escaped(unit) }
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }

    private static func escaped(_ value: UInt16) -> String {
        let digits = String(value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}

// MARK: - Values

extension JSON {
    /// A string, or null.
    package static func string(ifAny string: String?) -> JSON { string.map(JSON.string) ?? .null }

    /// A whole number, or null.
    package static func integer(ifAny number: Int?) -> JSON { number.map(JSON.integer) ?? .null }

    /// An array of strings.
    package static func strings(_ strings: [String]) -> JSON { .array(strings.map(JSON.string)) }

    /// Bytes as the member `name`: as text where they are UTF-8; else each byte as the character of its number, and the
    /// bytes themselves in `name_base64`.
    package static func members(_ name: String, bytes: [UInt8]) -> [(name: String, value: JSON)] {
        if let text = String(validating: bytes, as: UTF8.self) { return [(name, .string(text))] }
        var text = ""
        for byte in bytes { text.unicodeScalars.append(Unicode.Scalar(byte)) }
        return [(name, .string(text)), ("\(name)_base64", .string(Base64.encode(bytes)))]
    }
}

/// Base64 (RFC 4648, section 4).
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text of some bytes, padded with `=`.
    package static func encode(_ bytes: [UInt8]) -> String {
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
