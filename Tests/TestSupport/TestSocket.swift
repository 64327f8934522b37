import Glibc

/// A blocking socket whose every wait ends.
package final class TestSocket {
    private let descriptor: Int32

    /// Connects.
    ///
    /// - Parameter receiveBuffer: the bytes that the kernel may hold for a client that does not read; nil for its own
    ///   choice.
    package init(_ endpoint: Endpoint, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(endpoint.family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SocketFailure.system(call: "socket", code: errno) }
        if let receiveBuffer { set(SOL_SOCKET, SO_RCVBUF, receiveBuffer) }
        if case .port = endpoint { set(Int32(IPPROTO_TCP), TCP_NODELAY, 1) }
        let status = endpoint.withAddress { Glibc.connect(descriptor, $0, $1) }
        guard status == 0 else { throw SocketFailure.system(call: "connect", code: errno) }
    }

    deinit { close(descriptor) }

    private func set<Value>(_ level: Int32, _ option: Int32, _ value: Value) {
        withUnsafeBytes(of: value) { _ = setsockopt(descriptor, level, option, $0.baseAddress, socklen_t($0.count)) }
    }

    /// Waits until the socket is ready for one of `events`.
    private func wait(for events: Int32, _ limit: Duration) throws {
        var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        let milliseconds = limit.components.seconds * 1000 + limit.components.attoseconds / 1_000_000_000_000_000
        let deadline = ContinuousClock.now + limit
        repeat {
            let count = poll(&entry, 1, Int32(clamping: milliseconds))
            if count > 0 { return }
            if count < 0, errno != EINTR { throw SocketFailure.system(call: "poll", code: errno) }
        } while ContinuousClock.now < deadline
        throw SocketFailure.timedOut
    }

    /// Sends all bytes.
    package func send(_ bytes: [UInt8], within limit: Duration = patience) throws {
        var sent = 0
        while sent < bytes.count {
            let count = sendAtOnce(bytes[sent...])
            if count < 0, errno != EAGAIN, errno != EINTR {
                throw errno == EPIPE || errno == ECONNRESET
                    ? SocketFailure.closed : SocketFailure.system(call: "send", code: errno)
            }
            sent += max(0, count)
            if count < 0 { try wait(for: POLLOUT, limit) }
        }
    }

    /// Sends what the kernel takes without waiting; -1 and `errno` where it takes nothing.
    package func sendAtOnce(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.withUnsafeBytes {
            Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
        }
    }

    /// Receives at most 64 KiB and appends them; false where the server has closed the connection.
    package func receive(into bytes: inout [UInt8], within limit: Duration) throws -> Bool {
        try wait(for: POLLIN, limit)
        let count = withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { buffer in
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count > 0 { bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
            return count
        }
        if count < 0, errno == ECONNRESET { return false }
        if count < 0 { throw SocketFailure.system(call: "recv", code: errno) }
        return count > 0
    }

    /// Tells the server that nothing more will be sent; its replies can still be read.
    package func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Lets the connection end with a reset instead of an orderly close when it is let go: as a killed client's does.
    package func resetOnClose() { set(SOL_SOCKET, SO_LINGER, linger(l_onoff: 1, l_linger: 0)) }
}
