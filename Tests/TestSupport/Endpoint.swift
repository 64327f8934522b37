import Glibc

/// Where a server listens.
package enum Endpoint: Sendable, Hashable {
    /// A TCP port of 127.0.0.1.
    case port(Int)
    /// The path of a Unix socket.
    case path(String)
}

/// Why a socket did not do what a test asked of it.
package enum SocketFailure: Error, CustomStringConvertible {
    /// A system call failed.
    case system(call: String, code: Int32)
    /// Nothing arrived, or nothing could be sent, for as long as the test was ready to wait.
    case timedOut
    /// The server closed the connection.
    case closed

    /// One line for the person who reads the failure.
    package var description: String {
        switch self {
        case .system(let call, let code): "\(call): \(String(cString: strerror(code)))"
        case .timedOut: "nothing arrived in time"
        case .closed: "the server closed the connection"
        }
    }
}

extension Endpoint {
    /// Calls `body` with the address as the system wants it.
    func withAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        switch self {
        case .port(let port):
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(UInt16(port)).bigEndian
            address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
            return withUnsafeBytes(of: &address) { Self.call(body, $0) }
        case .path(let path):
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
            return withUnsafeBytes(of: &address) { Self.call(body, $0) }
        }
    }

    private static func call<Result>(
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result, _ address: UnsafeRawBufferPointer
    ) -> Result {
        guard let start = address.baseAddress else { preconditionFailure("an address without bytes") }
        return body(start.assumingMemoryBound(to: sockaddr.self), socklen_t(address.count))
    }

    var family: Int32 {
        switch self {
        case .port: AF_INET
        case .path: AF_UNIX
        }
    }
}
