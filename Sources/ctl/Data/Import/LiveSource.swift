import ServerClient
import WireFormats

/// The RDB file that a running server sends to a replica: all its keys at one instant.
final class LiveSource: ByteSource {
    let name: String
    private(set) var total: Int?
    private let connection: RequestConnection
    private var pending: [UInt8] = []
    private var left = 0

    /// What a server does when it is asked for its keys.
    enum Answer {
        case keys(LiveSource)
        /// It does not know SYNC, or not for everybody; why, in its own words.
        case refused(String)
    }

    /// Connects to a server and asks it for its keys.
    static func open(_ address: ServerAddress) throws(Failure) -> Answer {
        let connection = try RequestConnection(address)
        try connection.authenticate(address)
        let source = LiveSource(address, connection)
        try connection.send(RequestEncoder.encode("SYNC"))
        let line: String
        do {
            line = try source.readLine()
        } catch {
            // Proxies close the connection at what they do not know.
            return .refused(error.message)
        }
        if let count = line.hasPrefix("$") ? Int(line.dropFirst()) : nil {
            source.total = count
            source.left = count
            return .keys(source)
        }
        guard !RequestConnection.asksForPassword(line.dropFirst()) else {
            throw Failure("\(source.name) \(RequestConnection.passwordAdvice)", .unreachable)
        }
        return .refused(Quantity.printable(Array(line.dropFirst().utf8), longest: 80))
    }

    private init(_ address: ServerAddress, _ connection: RequestConnection) {
        name = ServerAddress(address.endpoint).description
        self.connection = connection
    }

    /// The next line that is not empty: a server that is still saving sends line feeds meanwhile.
    private func readLine() throws(Failure) -> String {
        while true {
            if let end = pending.firstIndex(of: 0x0A) {
                let line = pending[..<end].filter { $0 != 0x0D }
                pending.removeFirst(end + 1)
                if !line.isEmpty { return String(decoding: line, as: UTF8.self) }
            } else {
                pending += try connection.receive()
            }
        }
    }

    func read() throws(Failure) -> [UInt8] {
        guard left > 0 else { return [] }
        var bytes = pending.isEmpty ? try connection.receive() : pending
        pending = []
        if bytes.count > left { bytes.removeLast(bytes.count - left) }
        left -= bytes.count
        return bytes
    }
}
