import NIOCore

extension SocketAddress {
    /// The address as reports name a client: `127.0.0.1:50314`, `[::1]:50314`; nil for a Unix socket.
    var clientName: String? {
        guard let ipAddress, let port else { return nil }
        return ipAddress.contains(":") ? "[\(ipAddress)]:\(port)" : "\(ipAddress):\(port)"
    }
}
