import Compatibility
import Presentation
import WireFormats

/// Replies as JSON: valid for every reply, RESP2 alone.
///
///     status, bulk      "text", or {"base64": "…"} where the bytes are no UTF-8
///     integer           1
///     nil               null
///     array             […], or an object where the request asked for names with values
///     error             {"error": "ERR …"}
enum ReplyJSON {
    /// The value of a reply to a request.
    static func value(of reply: Reply, to request: [[UInt8]]) -> JSON {
        if case .array(let elements) = reply, let form = pairs(in: request), let object = object(elements, form) {
            return object
        }
        return value(of: reply)
    }

    private static func value(of reply: Reply) -> JSON {
        switch reply {
        case .status(let bytes), .bulk(let bytes): string(bytes)
        case .error(let text): .object([("error", string(text))])
        case .integer(let number): .integer(Int(number))
        case .nullBulk, .nullArray: .null
        case .array(let elements): .array(elements.map(value))
        }
    }

    private static func string(_ bytes: [UInt8]) -> JSON {
        if let text = String(validating: bytes, as: UTF8.self) { return .string(text) }
        return .object([("base64", .string(Base64.encode(bytes)))])
    }

    /// What the elements behind the names are.
    private enum Pairs { case values, scores }

    private static func pairs(in request: [[UInt8]]) -> Pairs? {
        let words = request.map { String(decoding: $0.prefix(32), as: UTF8.self).lowercased() }
        switch words.first {
        case "hgetall": return .values
        case "config" where words.dropFirst().first == "get": return .values
        case "zrange", "zrevrange", "zrangebyscore", "zrevrangebyscore":
            return words.dropFirst(4).contains("withscores") ? .scores : nil
        default: return nil
        }
    }

    /// The elements as an object; nil where a name is no text or comes twice, so that nothing is lost.
    private static func object(_ elements: [Reply], _ form: Pairs) -> JSON? {
        guard elements.count.isMultiple(of: 2) else { return nil }
        var names: Set<String> = []
        var members: [(name: String, value: JSON)] = []
        for index in stride(from: 0, to: elements.count, by: 2) {
            guard case .bulk(let bytes) = elements[index], let name = String(validating: bytes, as: UTF8.self),
                names.insert(name).inserted
            else { return nil }
            let value = value(of: elements[index + 1])
            members.append((name, form == .scores ? score(value) : value))
        }
        return .object(members)
    }

    /// A score as a number; as text where JSON has no such number.
    private static func score(_ value: JSON) -> JSON {
        guard case .string(let text) = value else { return value }
        if let integer = Int(text), abs(integer) < 1 << 53 { return .integer(integer) }
        if let number = Double(text), number.isFinite, number.magnitude < 1e15 { return .number(number) }
        return value
    }
}
