/// One reply of RESP2, read by the tests' own reader, which shares nothing with what they test.
package indirect enum TestReply: Sendable, Equatable {
    /// `+text\r\n`
    case status(String)
    /// `-text\r\n`
    case error(String)
    /// `:number\r\n`
    case integer(Int64)
    /// `$length\r\nbytes\r\n`
    case bulk([UInt8])
    /// `$-1\r\n`
    case null
    /// `*-1\r\n`
    case nullArray
    /// `*count\r\n` and so many replies
    case array([TestReply])

    /// The status OK.
    package static let ok = TestReply.status("OK")
    /// The status QUEUED.
    package static let queued = TestReply.status("QUEUED")

    /// A bulk with the bytes of a text.
    package static func text(_ text: String) -> TestReply { .bulk(Array(text.utf8)) }

    /// An array of bulks with the bytes of texts.
    package static func texts(_ texts: [String]) -> TestReply { .array(texts.map { .text($0) }) }

    /// The text of an error; nil for any other reply.
    package var errorText: String? { if case .error(let text) = self { text } else { nil } }

    /// The number of an integer; nil for any other reply.
    package var number: Int64? { if case .integer(let number) = self { number } else { nil } }

    /// The bytes of a bulk; nil for any other reply.
    package var bytes: [UInt8]? { if case .bulk(let bytes) = self { bytes } else { nil } }

    /// The elements of an array; nil for any other reply.
    package var elements: [TestReply]? { if case .array(let elements) = self { elements } else { nil } }
}

// MARK: - Reading

extension TestReply {
    /// Reads one whole reply.
    package init(parsing raw: [UInt8]) {
        var position = 0
        self.init(parsing: raw, &position)
    }

    private init(parsing raw: [UInt8], _ position: inout Int) {
        guard let end = raw[position...].firstIndex(of: UInt8(ascii: "\r")) else {
            preconditionFailure("a reply without a line")
        }
        let type = raw[position]
        let text = String(decoding: raw[(position + 1)..<end], as: UTF8.self)
        position = end + 2
        switch type {
        case UInt8(ascii: "+"): self = .status(text)
        case UInt8(ascii: "-"): self = .error(text)
        case UInt8(ascii: ":"): self = .integer(Int64(text) ?? .min)
        case UInt8(ascii: "$"):
            guard let count = Int(text), count >= 0 else {
                self = .null
                return
            }
            self = .bulk(Array(raw[position..<(position + count)]))
            position += count + 2
        default:
            guard let count = Int(text), count >= 0 else {
                self = .nullArray
                return
            }
            var elements: [TestReply] = []
            for _ in 0..<count { elements.append(TestReply(parsing: raw, &position)) }
            self = .array(elements)
        }
    }
}

// MARK: - Printing

extension TestReply: CustomStringConvertible {
    /// The reply as redis-cli would show it, on one line.
    package var description: String {
        switch self {
        case .status(let text): "+\(text)"
        case .error(let text): "-\(text)"
        case .integer(let number): ":\(number)"
        case .bulk(let bytes): bytes.quoted
        case .null: "(nil)"
        case .nullArray: "(nil array)"
        case .array(let elements): "[\(elements.map(\.description).joined(separator: ", "))]"
        }
    }
}

extension [UInt8] {
    /// The bytes between quotes, those that are not printable as `\xHH`, cut after 200.
    package var quoted: String {
        var text = "\""
        for byte in prefix(200) {
            switch byte {
            case UInt8(ascii: "\r"): text += "\\r"
            case UInt8(ascii: "\n"): text += "\\n"
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += "\\" + String(UnicodeScalar(byte))
            case 0x20..<0x7F: text.unicodeScalars.append(UnicodeScalar(byte))
            default: text += (byte < 16 ? "\\x0" : "\\x") + String(byte, radix: 16)
            }
        }
        return text + (count > 200 ? "\"… (\(count) bytes)" : "\"")
    }
}
