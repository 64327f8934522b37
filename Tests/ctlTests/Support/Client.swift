import Glibc
import TestSupport
import Testing
import WireFormats

/// A client of a cluster, blocking, with patience.
final class Client {
    private let descriptor: CInt
    private var decoder = ReplyDecoder()

    init(port: Int) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        descriptor = try Self.connect(AF_INET, address)
    }

    init(path: String) throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        descriptor = try Self.connect(AF_UNIX, address)
    }

    deinit {
        close(descriptor)
    }

    private static func connect<Address>(_ family: CInt, _ address: Address) throws -> CInt {
        let descriptor = socket(family, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        var limit = timeval(tv_sec: Int(patience.components.seconds), tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let status = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
        guard status == 0 else {
            let code = errno
            close(descriptor)
            throw Failure(description: "connect: \(String(cString: strerror(code)))")
        }
        return descriptor
    }

    struct Failure: Error, CustomStringConvertible { let description: String }

    func send(_ words: String...) {
        let bytes = RequestEncoder.encode(words.map { Array($0.utf8) })
        _ = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
    }

    /// The next reply, read from the socket.
    func receive() throws -> Reply {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let reply = try decoder.next() { return reply }
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { throw Failure(description: count == 0 ? "closed" : "no reply") }
            decoder.append(chunk.prefix(count))
        }
    }

    /// A request's reply as a line: `OK`, `1`, `ERR …`, `nil`.
    func ask(_ words: String...) throws -> String {
        let bytes = RequestEncoder.encode(words.map { Array($0.utf8) })
        _ = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
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
