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

    /// How somebody who does not want to wait any longer says so; what waits then fails with ECANCELED.
    public struct Cancellation {
        let descriptor: Int32
        let isWanted: () -> Bool

        /// - Parameters:
        ///   - descriptor: becomes readable when `isWanted` is to be asked.
        ///   - isWanted: whether the wait is to end; it leaves the descriptor unreadable.
        public init(descriptor: Int32, isWanted: @escaping () -> Bool) {
            self.descriptor = descriptor
            self.isWanted = isWanted
        }
    }

    /// The socket, for `poll`.
    public let descriptor: Int32
    private let name: String
    private let patience: Patience

    /// Connects to a server.
    ///
    /// A host with several addresses is tried at each of them in turn.
    ///
    /// - Parameters:
    ///   - address: where; its user, password and database are the caller's business.
    ///   - patience: how many seconds connecting, and later each receipt, may take, and sending without progress.
    ///   - cancellation: what ends connecting, sending and receiving early.
    public init(_ address: ServerAddress, patience: Int = 30, cancellation: Cancellation? = nil) throws(Failure) {
        name = address.name
        let patience = Patience(seconds: patience, cancellation: cancellation)
        self.patience = patience
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
                Glibc.send(
                    descriptor, buffer.baseAddress.map { $0 + sent }, buffer.count - sent,
                    Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            if count > 0 { sent += count } else if errno != EINTR { try waitForRoom(errno) }
        }
    }

    /// Waits until more can be sent, where that is all that was wrong.
    private func waitForRoom(_ reason: Int32) throws(Failure) {
        guard reason == EAGAIN else { throw failure("cannot send to", reason) }
        let code = patience.wait(for: descriptor, POLLOUT, until: patience.end)
        guard code == 0 else { throw failure("cannot send to", code) }
    }

    /// Receives what is there, or waits for the next bytes.
    ///
    /// - Returns: how many bytes, at least one.
    /// - Throws: `Failure` where the other end has closed the connection, or nothing comes in time.
    public func receive(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
        let flags = patience.cancellation == nil ? 0 : Int32(MSG_DONTWAIT)
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, flags)
            if count > 0 { return count }
            if count == 0 { throw Failure(description: "\(name) has closed the connection", code: 0) }
            let code = errno
            if code == EAGAIN, flags != 0 {
                let outcome = patience.wait(for: descriptor, POLLIN, until: patience.end)
                guard outcome == 0 else { throw failure("cannot receive from", outcome) }
            } else if code != EINTR {
                throw failure("cannot receive from", code)
            }
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
        if code == EAGAIN || code == ETIMEDOUT {
            return Failure(description: "\(name) does not answer", code: code)
        }
        return Failure(description: "\(what) \(name): \(Self.message(code))", code: code)
    }

    // MARK: Connecting

    private static func connect(path: String, patience: Patience) throws(Failure) -> Int32 {
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

    private static func connect(host: String, port: UInt16, patience: Patience) throws(Failure) -> Int32 {
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
            if code == ECANCELED { break }
            next = entry.pointee.ai_next
        }
        throw Failure(description: "cannot connect to \(host):\(port): \(message(code))", code: code)
    }

    /// A connected socket, or the system's number for what went wrong as a negative number.
    private static func open(
        _ family: Int32, _ address: UnsafePointer<sockaddr>?, _ length: socklen_t, _ patience: Patience
    ) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(family, kind, 0)
        guard descriptor >= 0 else { return -errno }
        let code = connect(descriptor, family, address, length, patience)
        guard code == 0 else {
            close(descriptor)
            return -code
        }
        var time = timeval(tv_sec: patience.seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
        return descriptor
    }

    /// Connects a socket that does not block; 0, or the system's number for what went wrong.
    private static func connect(
        _ descriptor: Int32, _ family: Int32, _ address: UnsafePointer<sockaddr>?, _ length: socklen_t,
        _ patience: Patience
    ) -> Int32 {
        let end = patience.end
        while Glibc.connect(descriptor, address, length) != 0 {
            let reason = errno
            if reason == EINPROGRESS {
                let code = patience.wait(for: descriptor, POLLOUT, until: end)
                return code == 0 ? outcome(descriptor) : code
            }
            // The queue of a Unix socket is full: there is nothing to wait for but a little time.
            guard reason == EAGAIN, family == AF_UNIX else { return reason }
            let code = patience.wait(for: -1, 0, until: min(end, .now + .milliseconds(10)))
            guard code == ETIMEDOUT, .now < end else { return code }
        }
        return 0
    }

    /// How a connection that was being made has ended: 0, or the system's number for what went wrong.
    private static func outcome(_ descriptor: Int32) -> Int32 {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { return errno }
        return code
    }

    private static func message(_ code: Int32) -> String { String(cString: strerror(code)) }
}

/// How long something is waited for, and who may end that.
private struct Patience {
    let seconds: Int
    let cancellation: ServerConnection.Cancellation?

    /// When it is over, counted from now.
    var end: ContinuousClock.Instant { .now + .seconds(seconds) }

    /// Waits for what `poll` tells of a descriptor, however many signals come; 0, or the system's number for what went wrong.
    func wait(for descriptor: Int32, _ events: Int32, until end: ContinuousClock.Instant) -> Int32 {
        while true {
            var waiting = [
                pollfd(fd: descriptor, events: Int16(events), revents: 0),
                pollfd(fd: cancellation?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
            ]
            let left = ContinuousClock.now.duration(to: end) / .milliseconds(1)
            let count = poll(&waiting, 2, Int32(max(0, left.rounded(.up))))
            let code = errno
            if cancellation?.isWanted() ?? false { return ECANCELED }
            if count == 0 { return ETIMEDOUT }
            if count < 0, code != EINTR { return code }
            if count > 0, waiting[0].revents != 0 { return 0 }
        }
    }
}
