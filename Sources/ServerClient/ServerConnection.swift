import Glibc

/// A connection to a server, blocking: bytes out, bytes in.
///
/// For a program that does nothing else meanwhile. A value that closes its connection at its end.
public struct ServerConnection: ~Copyable {
    /// Why nothing can be sent or received: one sentence without a full stop.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        /// What is wrong, and where.
        public let description: String
        /// The system's number for it; 0 where the other end has closed the connection.
        public let code: Int32
    }

    /// The socket, for `poll`.
    public let descriptor: Int32
    private let name: String

    /// Connects to a server.
    ///
    /// A host with several addresses is tried at each of them in turn.
    ///
    /// - Parameters:
    ///   - address: where; its user, password and database are the caller's business.
    ///   - patience: how many seconds connecting, and later each receipt, may take.
    public init(_ address: ServerAddress, patience: Int = 30) throws(Failure) {
        name = address.name
        switch address.endpoint {
        case .unix(let path): descriptor = try Self.connect(path: path, patience: patience)
        case .tcp(let host, let port): descriptor = try Self.connect(host: host, port: port, patience: patience)
        }
    }

    deinit { close(descriptor) }

    // MARK: Bytes

    /// Sends all of some bytes.
    public func send(_ bytes: [UInt8]) throws(Failure) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.send(descriptor, buffer.baseAddress.map { $0 + sent }, buffer.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("cannot send to", errno) }
            sent += count
        }
    }

    /// Receives what is there, or waits for the next bytes.
    ///
    /// - Returns: how many bytes, at least one.
    /// - Throws: `Failure` where the other end has closed the connection, or nothing comes in time.
    public func receive(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count > 0 { return count }
            if count == 0 { throw Failure(description: "\(name) has closed the connection", code: 0) }
            guard errno == EINTR else { throw failure("cannot receive from", errno) }
        }
    }

    /// Receives what is there, or waits for the next bytes: one piece, never empty.
    public func receive(atMost size: Int = 256 << 10) throws(Failure) -> [UInt8] {
        var failure: Failure?
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            do throws(Failure) {
                count = try receive(
                    into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<size]))
            } catch let reason {
                failure = reason
            }
        }
        if let failure { throw failure }
        return bytes
    }

    private func failure(_ what: String, _ code: Int32) -> Failure {
        if code == EAGAIN || code == EWOULDBLOCK {
            return Failure(description: "\(name) does not answer", code: code)
        }
        return Failure(description: "\(what) \(name): \(Self.message(code))", code: code)
    }

    // MARK: Connecting

    private static func connect(path: String, patience: Int) throws(Failure) -> Int32 {
        let bytes = Array(path.utf8)
        var address = sockaddr_un()
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path), !bytes.contains(0) else {
            throw Failure(description: "\(path): no path of a socket has more than 107 bytes", code: ENAMETOOLONG)
        }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let code = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                open(AF_UNIX, generic, socklen_t(MemoryLayout<sockaddr_un>.size), patience)
            }
        }
        guard code >= 0 else { throw Failure(description: "cannot connect to \(path): \(message(-code))", code: -code) }
        return code
    }

    private static func connect(host: String, port: UInt16, patience: Int) throws(Failure) -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, String(port), &hints, &list)
        guard status == 0 else {
            throw Failure(description: "\(host): \(String(cString: gai_strerror(status)))", code: EADDRNOTAVAIL)
        }
        defer { freeaddrinfo(list) }
        var code = EADDRNOTAVAIL
        var next = list
        while let entry = next {
            let opened = open(entry.pointee.ai_family, entry.pointee.ai_addr, entry.pointee.ai_addrlen, patience)
            if opened >= 0 {
                var one: Int32 = 1
                setsockopt(
                    opened, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
                return opened
            }
            code = -opened
            next = entry.pointee.ai_next
        }
        throw Failure(description: "cannot connect to \(host):\(port): \(message(code))", code: code)
    }

    /// A connected socket, or the system's number for what went wrong as a negative number.
    private static func open(
        _ family: Int32, _ address: UnsafePointer<sockaddr>?, _ length: socklen_t, _ patience: Int
    ) -> Int32 {
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return -errno }
        // The time to send also bounds `connect`.
        var time = timeval(tv_sec: patience, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, size)
        var code: Int32
        repeat {
            code = Glibc.connect(descriptor, address, length) == 0 ? 0 : errno
            // Only on a Unix socket has a call that a signal ended left nothing behind, so that it is to be repeated.
        } while code == EINTR && family == AF_UNIX
        if code == EINTR { code = outcome(descriptor, patience) }
        if code == EINPROGRESS { code = ETIMEDOUT }
        guard code == 0 else {
            close(descriptor)
            return -code
        }
        return descriptor
    }

    /// Waits for the end of a connection that is being made, where a signal has interrupted the call.
    ///
    /// It goes on in the system; to call again would answer EALREADY (POSIX), or begin the wait anew with each signal
    /// (Linux).
    ///
    /// - Returns: 0, or the system's number for what went wrong.
    private static func outcome(_ descriptor: Int32, _ patience: Int) -> Int32 {
        let end = ContinuousClock.now + .seconds(patience)
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        while true {
            let left = ContinuousClock.now.duration(to: end) / .milliseconds(1)
            let count = poll(&waiting, 1, Int32(max(0, left.rounded(.up))))
            if count == 0 { return ETIMEDOUT }
            if count > 0 { break }
            guard errno == EINTR else { return errno }
        }
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { return errno }
        return code
    }

    private static func message(_ code: Int32) -> String { String(cString: strerror(code)) }
}
