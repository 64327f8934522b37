import Glibc
import WireFormats

/// The RDB file that a running server sends to a replica: all its keys at one instant.
final class LiveSource: ByteSource {
    let name: String
    private(set) var total: Int?
    private let connection: TCPConnection
    private var pending: [UInt8] = []
    private var left = 0

    /// Connects to a server named by a URL, `redis://[[user]:password@]host[:port]`, and asks it for its keys.
    init(url: String) throws(Failure) {
        let place = try ServerURL(url)
        name = "redis://\(HostName.inURL(place.host)):\(place.port)"
        connection = try TCPConnection(host: place.host, port: place.port)
        if let password = place.password {
            let words = place.user.map { ["AUTH", $0, password] } ?? ["AUTH", password]
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
                let bytes = try connection.receive()
                guard !bytes.isEmpty else { throw Failure("\(name) has closed the connection", .unreachable) }
                pending += bytes
            }
        }
    }

    func read() throws(Failure) -> [UInt8] {
        guard left > 0 else { return [] }
        var bytes = pending.isEmpty ? try connection.receive() : pending
        pending = []
        guard !bytes.isEmpty else {
            throw Failure("\(name) has closed the connection in the middle of its keys", .unreachable)
        }
        if bytes.count > left { bytes.removeLast(bytes.count - left) }
        left -= bytes.count
        return bytes
    }
}

/// Where a server is, as a URL says it.
struct ServerURL {
    let host: String
    let port: Int
    let user: String?
    let password: String?

    init(_ text: String) throws(Failure) {
        let scheme = "redis://"
        let unusable = Failure("\(Self.masked(text)): write redis://[:password@]host[:port]")
        guard text.hasPrefix(scheme) else { throw unusable }
        var rest = text.dropFirst(scheme.count)
        if let slash = rest.firstIndex(of: "/") { rest = rest[..<slash] }
        var credentials: Substring?
        if let at = rest.lastIndex(of: "@") {
            credentials = rest[..<at]
            rest = rest[rest.index(after: at)...]
        }
        let colon = rest.hasSuffix("]") ? nil : rest.lastIndex(of: ":")
        let name = (colon.map { rest[..<$0] } ?? rest).filter { $0 != "[" && $0 != "]" }
        guard let port = colon.map({ Int(rest[rest.index(after: $0)...]) }) ?? 6379, (1...65_535).contains(port)
        else { throw unusable }
        host = name.isEmpty ? "127.0.0.1" : String(name)
        self.port = port
        let split = credentials?.firstIndex(of: ":")
        if let credentials, let split {
            let given = String(credentials[..<split])
            user = given.isEmpty ? nil : given
            password = String(credentials[credentials.index(after: split)...])
        } else {
            user = nil
            password = credentials.map(String.init)
        }
    }

    /// The URL without what must not be shown.
    static func masked(_ text: String) -> String {
        guard let at = text.lastIndex(of: "@"), let start = text.range(of: "://")?.upperBound, start < at else {
            return text
        }
        return text[..<start] + "***" + text[at...]
    }
}

extension String {
    /// Where a text stands first.
    fileprivate func range(of text: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
