import WireFormats

extension Reply {
    /// Appends the reply in the bytes of RESP 2.
    func append(to bytes: inout [UInt8]) {
        switch self {
        case .status(let line): Self.append("+", line, to: &bytes)
        case .error(let line): Self.append("-", line, to: &bytes)
        case .integer(let number): Self.append(":", Array(String(number).utf8), to: &bytes)
        case .bulk(let content):
            Self.append("$", Array(String(content.count).utf8), to: &bytes)
            Self.append("", content, to: &bytes)
        case .nullBulk: bytes += Array("$-1\r\n".utf8)
        case .nullArray: bytes += Array("*-1\r\n".utf8)
        case .array(let elements):
            Self.append("*", Array(String(elements.count).utf8), to: &bytes)
            for element in elements { element.append(to: &bytes) }
        }
    }

    private static func append(_ marker: String, _ content: [UInt8], to bytes: inout [UInt8]) {
        bytes += Array(marker.utf8)
        bytes += content
        bytes += [0x0D, 0x0A]
    }

    /// An error in one line.
    static func failure(_ message: String) -> Reply { .error(Array("ERR \(message)".utf8)) }

    static let ok = Reply.status(Array("OK".utf8))
}
