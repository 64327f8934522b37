import ServerClient
import WireFormats

/// The RDB file that a running server sends to a replica: all its keys at one instant.
final class LiveSource: ByteSource {
    let name: String
    private(set) var total: Int?
    private let connection: RequestConnection
    private var pending: [UInt8] = []
    private var left = 0

    /// Connects to a server and asks it for its keys.
    init(_ address: ServerAddress) throws(Failure) {
        name = ServerAddress(address.endpoint).description
        connection = try RequestConnection(address)
        if let password = address.password {
            let words = address.user.map { ["AUTH", $0, password] } ?? ["AUTH", password]
            try connection.send(RequestEncoder.encode(words.map { Array($0.utf8) }))
            let line = try readLine()
            guard line.hasPrefix("+OK") else {
                throw Failure("\(name) does not accept the password: \(line.dropFirst())", .unreachable)
            }
        }
        try connection.send(RequestEncoder.encode("SYNC"))
        let line = try readLine()
        guard line.hasPrefix("$"), let count = Int(line.dropFirst()) else {
            throw Failure(
                "\(name) does not send its keys: \(line.dropFirst()): give a file that it has saved instead",
                .unreachable)
        }
        total = count
        left = count
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
