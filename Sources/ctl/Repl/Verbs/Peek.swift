import CommandCatalog
import Compatibility
import Presentation
import WireFormats

/// `:peek KEY`: what a key holds, how long it lives, and how near its value is to the limit.
///
/// Asks the server as a person would, with commands that the Cluster edition supports.
struct Peek {
    let session: ReplSession
    let key: [UInt8]

    /// How many elements are shown.
    private static let shown = 10
    /// How many elements are counted in one request.
    private static let page = 1000

    /// The lines about the key; nil where the server did not answer, which is said.
    func lines() -> [String]? {
        guard let type = text(ask([Array("TYPE".utf8), key])) else { return nil }
        guard type != "none" else { return ["\(Printable.argument(key)): there is no such key"] }
        guard let ttl = ask([Array("PTTL".utf8), key]) else { return nil }
        guard let (bytes, elements, first) = content(of: type) else { return nil }
        let count = elements.map { ", \(Quantity.count($0, "element"))" } ?? ""
        var lines = [
            "type   \(type)\(count)", "ttl    \(lifetime(ttl))", "size   \(size(bytes))",
            "slot   \(HashSlot(ofKey: key.span).number)",
        ]
        lines += first.map { "       \($0)" }
        if let elements, elements > Self.shown {
            lines.append("       … and \(Quantity.count(elements - Self.shown)) more")
        }
        return lines
    }

    private func lifetime(_ reply: Reply) -> String {
        guard case .integer(let milliseconds) = reply, milliseconds >= 0 else { return "none" }
        return Quantity.time(milliseconds: Int(milliseconds))
    }

    private func size(_ bytes: Int) -> String {
        let limit = session.settings.contract.maxValueBytes
        guard bytes <= limit else {
            return "more than the \(Quantity.count(limit)) bytes that a value may have: \(Quantity.count(bytes)) so far"
        }
        let percent = bytes * 100 / limit
        return "\(Quantity.count(bytes, "byte")), \(percent) % of the limit of \(Quantity.count(limit))"
    }

    private typealias Content = (bytes: Int, elements: Int?, first: [String])

    private func content(of type: String) -> Content? {
        switch type {
        case "string": string()
        case "list": pages { ["LRANGE", "\($0)", "\($0 + Self.page - 1)"] }
        case "zset": pages(scoreBytes: 8) { ["ZRANGE", "\($0)", "\($0 + Self.page - 1)", "WITHSCORES"] }
        case "hash": scan("HSCAN", perElement: 2)
        case "set": scan("SSCAN", perElement: 1)
        default: (0, nil, ["values of the type \(type) are not looked into"])
        }
    }

    private func string() -> Content? {
        guard case .integer(let bytes)? = ask([Array("STRLEN".utf8), key]),
            case .bulk(let start)? = ask([Array("GETRANGE".utf8), key, Array("0".utf8), Array("199".utf8)])
        else { return nil }
        return (Int(bytes), nil, [Printable.argument(start) + (bytes > 200 ? " …" : "")])
    }

    /// Goes through a list or sorted set, until its end or the limit.
    private func pages(scoreBytes: Int = 0, _ request: (Int) -> [String]) -> Content? {
        var content: Content = (0, 0, [])
        var position = 0
        while content.bytes <= session.settings.contract.maxValueBytes {
            var words = request(position).map { Array($0.utf8) }
            words.insert(key, at: 1)
            guard case .array(let elements)? = ask(words) else { return nil }
            if elements.isEmpty { break }
            take(elements, perElement: scoreBytes > 0 ? 2 : 1, scoreBytes: scoreBytes, into: &content)
            position += Self.page
        }
        return content
    }

    private func scan(_ command: String, perElement: Int) -> Content? {
        var content: Content = (0, 0, [])
        var cursor = Array("0".utf8)
        repeat {
            let words = [Array(command.utf8), key, cursor, Array("COUNT".utf8), Array("\(Self.page)".utf8)]
            guard case .array(let reply)? = ask(words), reply.count == 2, case .bulk(let next) = reply[0],
                case .array(let elements) = reply[1]
            else { return nil }
            take(elements, perElement: perElement, scoreBytes: 0, into: &content)
            cursor = next
        } while cursor != Array("0".utf8) && content.bytes <= session.settings.contract.maxValueBytes
        return content
    }

    private func take(_ elements: [Reply], perElement: Int, scoreBytes: Int, into content: inout Content) {
        for index in stride(from: 0, to: elements.count - perElement + 1, by: perElement) {
            let parts = elements[index..<index + perElement].map { element in
                if case .bulk(let bytes) = element { bytes } else { [UInt8]() }
            }
            content.bytes += scoreBytes > 0 ? parts[0].count + scoreBytes : parts.reduce(0) { $0 + $1.count }
            if content.first.count < Self.shown {
                content.first.append(parts.map { Printable.argument($0.prefix(80)) }.joined(separator: "  "))
            }
            content.elements = (content.elements ?? 0) + 1
        }
    }

    private func text(_ reply: Reply?) -> String? {
        if case .status(let bytes)? = reply { SafeText.line(String(decoding: bytes, as: UTF8.self)) } else { nil }
    }

    /// A reply; nil where there is none, or it is an error, which is said.
    private func ask(_ request: [[UInt8]]) -> Reply? {
        let reply = session.ask(request)
        guard case .error(let text)? = reply else { return reply }
        session.talk("(error) " + String(decoding: text, as: UTF8.self))
        return nil
    }
}
