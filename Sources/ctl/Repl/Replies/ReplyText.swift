import Compatibility
import Presentation
import WireFormats

/// Replies as redis-cli writes them, byte for byte; but in statuses and errors, which redis-cli writes as they came, what a
/// terminal would obey is shown as `\xHH`, and so it is in reports for people.
struct ReplyText {
    let mode: ReplSettings.Mode
    let dialect: ReplSettings.Dialect
    let showsUTF8: Bool

    init(_ settings: ReplSettings) {
        mode = settings.mode
        dialect = settings.dialect
        showsUTF8 = settings.showsUTF8
    }

    /// The bytes of a reply, the line's end included.
    ///
    /// - Parameter request: the request that it answers: a report such as INFO's is written as it is, and names with
    ///   values become an object of JSON.
    func bytes(_ reply: Reply, to request: [[UInt8]]) -> [UInt8] {
        if mode != .json, Self.isReport(request) {
            return mode == .raw ? raw(reply) : SafeText.bytes(raw(reply), keepsLines: true)
        }
        switch mode {
        case .tty: return people(reply, prefix: "")
        case .raw: return raw(reply) + [Self.newline]
        case .csv: return commaSeparated(reply) + [Self.newline]
        case .json: return Array((ReplyJSON.value(of: reply, to: request).text(isCompact: true) + "\n").utf8)
        }
    }

    private static let newline = UInt8(ascii: "\n")

    private static func safe(_ line: [UInt8]) -> [UInt8] { SafeText.bytes(line, keepsLines: false) }

    // MARK: For people

    private func people(_ reply: Reply, prefix: String) -> [UInt8] {
        switch reply {
        case .status(let text): return Self.safe(text) + [Self.newline]
        case .error(let text): return Array("(error) ".utf8) + Self.safe(text) + [Self.newline]
        case .integer(let number): return Array("(integer) \(number)\n".utf8)
        case .bulk(let bytes): return quoted(bytes) + [Self.newline]
        case .nullBulk, .nullArray: return Array("(nil)\n".utf8)
        case .array(let elements): return list(elements, prefix: prefix)
        }
    }

    /// A numbered list; what is nested stands on the line of its number and is indented behind.
    private func list(_ elements: [Reply], prefix: String) -> [UInt8] {
        guard !elements.isEmpty else {
            return Array((dialect == .redis28 ? "(empty list or set)\n" : "(empty array)\n").utf8)
        }
        let width = String(elements.count).count
        let inner = prefix + String(repeating: " ", count: width + 2)
        var bytes: [UInt8] = []
        for (index, element) in elements.enumerated() {
            let number = String(index + 1)
            if index > 0 { bytes += prefix.utf8 }
            bytes += (String(repeating: " ", count: width - number.count) + number + ") ").utf8
            bytes += people(element, prefix: inner)
        }
        return bytes
    }

    /// Bytes in double quotes, as a line of redis-cli would take them back.
    func quoted(_ bytes: [UInt8]) -> [UInt8] {
        guard showsUTF8, String(validating: bytes, as: UTF8.self) != nil else { return quoted(bytes) { _ in false } }
        var isShown = [Bool](repeating: false, count: bytes.count)
        var pieces = UTF8Pieces(bytes)
        while let piece = pieces.next() {
            for index in piece.range { isShown[index] = piece.scalar?.isUnsafe == false }
        }
        return quoted(bytes) { isShown[$0] }
    }

    /// - Parameter isShown: whether a byte that is no ASCII stays as it is.
    private func quoted(_ bytes: [UInt8], _ isShown: (Int) -> Bool) -> [UInt8] {
        var quoted = [UInt8(ascii: "\"")]
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "\\"), UInt8(ascii: "\""): quoted += [UInt8(ascii: "\\"), byte]
            case 10: quoted += "\\n".utf8
            case 13: quoted += "\\r".utf8
            case 9: quoted += "\\t".utf8
            case 7: quoted += "\\a".utf8
            case 8: quoted += "\\b".utf8
            case 0x20...0x7E: quoted.append(byte)
            case 0x80... where isShown(index): quoted.append(byte)
            default: quoted += [92, 120, Self.digits[Int(byte >> 4)], Self.digits[Int(byte & 15)]]
            }
        }
        return quoted + [UInt8(ascii: "\"")]
    }

    private static let digits = Array("0123456789abcdef".utf8)

    // MARK: For programs

    private func raw(_ reply: Reply) -> [UInt8] {
        switch reply {
        case .bulk(let bytes): return bytes
        case .status(let text): return Self.safe(text)
        case .error(let text): return Self.safe(text) + [Self.newline]
        case .integer(let number): return Array(String(number).utf8)
        case .nullBulk, .nullArray: return []
        case .array(let elements): return Array(elements.map(raw).joined(separator: [Self.newline]))
        }
    }

    private func commaSeparated(_ reply: Reply) -> [UInt8] {
        switch reply {
        case .status(let bytes), .bulk(let bytes): return quoted(bytes)
        case .error(let text): return Array("ERROR,".utf8) + quoted(text)
        case .integer(let number): return Array(String(number).utf8)
        case .nullBulk, .nullArray: return Array((dialect == .redis28 ? "NIL" : "NULL").utf8)
        case .array(let elements): return Array(elements.map(commaSeparated).joined(separator: [UInt8(ascii: ",")]))
        }
    }

    /// Whether the reply is a text with lines of its own, which redis-cli never puts in quotes.
    private static func isReport(_ request: [[UInt8]]) -> Bool {
        let words = request.prefix(2).map { String(decoding: $0, as: UTF8.self).lowercased() }
        guard let name = words.first else { return false }
        if name == "info" { return true }
        guard words.count == 2 else { return false }
        switch name {
        case "cluster": return ["nodes", "info"].contains(words[1])
        case "client": return ["list", "info"].contains(words[1])
        case "memory": return ["malloc-stats", "doctor"].contains(words[1])
        case "latency": return ["graph", "doctor"].contains(words[1])
        case "debug": return ["htstats", "htstats-key"].contains(words[1])
        case "proxy": return words[1] == "info"
        default: return false
        }
    }
}
