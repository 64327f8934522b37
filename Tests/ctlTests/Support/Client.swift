import TestSupport
import WireFormats

/// A client of a cluster, blocking, with patience.
final class Client {
    private let socket: TestSocket
    private var decoder = ReplyDecoder()

    init(port: Int) throws { socket = try TestSocket(.port(port)) }

    init(path: String) throws { socket = try TestSocket(.path(path)) }

    /// Sends a request without waiting for its reply.
    func send(_ words: String...) throws { try send(words) }

    private func send(_ words: [String]) throws {
        try socket.send(RequestEncoder.encode(words.map { Array($0.utf8) }))
    }

    /// The next reply, read from the socket.
    func receive() throws -> Reply {
        while true {
            if let reply = try decoder.next() { return reply }
            var bytes: [UInt8] = []
            guard try socket.receive(into: &bytes, within: patience) else { throw SocketFailure.closed }
            decoder.append(bytes)
        }
    }

    /// A request's reply as a line: `OK`, `1`, `ERR …`, `nil`.
    func ask(_ words: String...) throws -> String {
        try send(words)
        return try receive().line
    }
}

extension Reply {
    var line: String {
        switch self {
        case .status(let bytes), .error(let bytes), .bulk(let bytes): String(decoding: bytes, as: UTF8.self)
        case .integer(let number): String(number)
        case .nullBulk, .nullArray: "nil"
        case .array(let elements): elements.map(\.line).joined(separator: " ")
        }
    }
}
