import Foundation

/// A TCP connection to a server on this machine.
struct Connection: ~Copyable {
    let descriptor: Int32

    /// Connects, or gives nil if nothing listens on the port.
    ///
    /// Reads and writes give up after ten seconds.
    init?(port: Int) {
        descriptor = Self.makeSocket()
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        let limitSize = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, limitSize)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, limitSize)
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        let socket = descriptor
        let connected = Self.withLoopbackAddress(port: port) { connect(socket, $0, $1) } == 0
        if !connected { return nil }
    }

    deinit { close(descriptor) }

    /// From now on a read or write that would wait moves nothing instead.
    func stopBlocking() {
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    /// Writes what fits and says how many bytes that were; 0 if the socket is full.
    func write(_ bytes: ArraySlice<UInt8>) throws(Failure) -> Int {
        let count = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        return try moved(count, "writing to")
    }

    /// Reads what is there, at most the buffer's size, and says how many bytes that were; 0 if there is nothing yet.
    func read(into buffer: inout [UInt8]) throws(Failure) -> Int {
        let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
        if count == 0 { throw Failure("the server closed the connection") }
        return try moved(count, "reading from")
    }

    private func moved(_ count: Int, _ action: String) throws(Failure) -> Int {
        if count >= 0 { return count }
        if errno == EAGAIN { return 0 }
        throw Failure("\(action) the server: \(String(cString: strerror(errno)))")
    }

    /// A port that nothing listens on.
    ///
    /// It lies below the range from which Linux takes the ports of outgoing connections: a connection attempt to a
    /// free port of that range can meet itself and succeed.
    static func freePort() throws(Failure) -> Int {
        for _ in 0..<100 {
            let port = Int.random(in: 20_000..<32_000)
            let socket = makeSocket()
            defer { close(socket) }
            if withLoopbackAddress(port: port, { bind(socket, $0, $1) }) == 0 { return port }
        }
        throw Failure("found no free port between 20000 and 31999")
    }

    private static func makeSocket() -> Int32 {
        socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    }

    private static func withLoopbackAddress(
        port: Int,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }
}
