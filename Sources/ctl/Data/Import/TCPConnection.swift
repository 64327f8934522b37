import Glibc

/// A blocking connection to a server.
final class TCPConnection {
    private let descriptor: CInt
    let address: String

    /// Connects to the first address of a name that answers.
    init(host: String, port: Int) throws(Failure) {
        address = "\(HostName.inURL(host)):\(port)"
        var hints = addrinfo()
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, String(port), &hints, &list)
        guard status == 0 else {
            throw Failure("\(address): \(String(cString: gai_strerror(status))): name another host", .unreachable)
        }
        defer { freeaddrinfo(list) }
        var entry = list
        var reason = "no address"
        while let candidate = entry?.pointee {
            let descriptor = socket(candidate.ai_family, candidate.ai_socktype | CInt(SOCK_CLOEXEC.rawValue), 0)
            if descriptor >= 0, connect(descriptor, candidate.ai_addr, candidate.ai_addrlen) == 0 {
                self.descriptor = descriptor
                return
            }
            reason = systemError()
            if descriptor >= 0 { close(descriptor) }
            entry = candidate.ai_next
        }
        throw Failure("\(address): \(reason): is a server running there?", .unreachable)
    }

    deinit {
        close(descriptor)
    }

    func send(_ bytes: [UInt8]) throws(Failure) {
        guard FileDescriptor.write(bytes, to: descriptor) else {
            throw Failure("\(address): \(systemError()): the server is gone", .unreachable)
        }
    }

    /// Some bytes more; empty at the end of the connection.
    func receive() throws(Failure) -> [UInt8] {
        var code: CInt = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: 256 * 1024) { buffer, count in
            var received = 0
            repeat {
                received = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            } while received < 0 && errno == EINTR
            if received < 0 { code = errno }
            count = max(0, received)
        }
        guard code == 0 else {
            throw Failure("\(address): \(String(cString: strerror(code))): the server is gone", .unreachable)
        }
        return bytes
    }
}
