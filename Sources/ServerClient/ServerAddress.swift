import Presentation

/// Where a server of Redis is, as a URL or a path names it.
///
///     redis://[[user]:password@]host[:port][/database]
///     redis+unix:///path/of/socket[?db=database]      unix:///path/of/socket[?db=database]
///     /path/of/socket
///
/// Percent signs in the user, the password and the path are decoded (RFC 3986). A password without a user may also stand
/// alone before the `@`, as redis-cli 2.8 writes it.
public struct ServerAddress: Sendable, Equatable {
    /// What is connected to.
    public enum Endpoint: Sendable, Equatable {
        /// A host's name or number, and a port.
        case tcp(host: String, port: UInt16)
        /// The path of a Unix socket.
        case unix(path: String)
    }

    /// Why a text is no address: one sentence that says what to write.
    public struct Malformed: Error, Sendable, Equatable, CustomStringConvertible {
        /// The sentence, without the text, which may hold a password.
        public let description: String
    }

    /// What is connected to.
    public var endpoint: Endpoint
    /// The user for AUTH; nil for the default one.
    public var user: String?
    /// The password for AUTH; nil for none.
    public var password: String?
    /// The database for SELECT.
    public var database = 0

    /// Redis's own port.
    public static let defaultPort: UInt16 = 6379

    /// An address without user and password.
    public init(_ endpoint: Endpoint) {
        self.endpoint = endpoint
    }

    /// Whether a text has the form of an address: a URL of one of the schemes.
    public static func isURL(_ text: String) -> Bool {
        ["redis://", "rediss://", "redis+unix://", "unix://"].contains { text.lowercased().hasPrefix($0) }
    }

    /// What to say of a text that has the form of an address of something else than Redis; nil for any other text.
    ///
    /// The text itself may hold a password.
    public static func adviceOnOther(_ text: String) -> String? {
        guard !isURL(text), let mark = text.firstRange(of: "://") else { return nil }
        let scheme = text[..<mark.lowerBound]
        let isScheme =
            scheme.first?.isASCII ?? false && scheme.first?.isLetter ?? false
            && scheme.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+.-".contains($0)) }
        guard isScheme, scheme.count <= 20 else { return nil }
        return "an address with \(scheme):// is not read: name a file, or a server as redis://host:port or unix:///path"
    }

    /// The address that a URL or a path names.
    ///
    /// - Throws: `Malformed` where a part cannot be; `rediss://` is refused, because there is no TLS here.
    public init(_ text: String) throws(Malformed) {
        if text.hasPrefix("/") {
            self.init(.unix(path: text))
            return
        }
        guard let mark = text.firstRange(of: "://") else {
            throw Malformed(description: "write redis://host:port, or the path of a Unix socket")
        }
        let rest = text[mark.upperBound...]
        switch text[..<mark.lowerBound].lowercased() {
        case "redis": self = try Self.tcp(rest)
        case "unix", "redis+unix": self = try Self.unix(rest)
        case "rediss":
            throw Malformed(description: "TLS (rediss://) is not supported: put a TLS proxy such as stunnel before it")
        default: throw Malformed(description: "the scheme must be redis:// or unix://")
        }
    }

    private static func tcp(_ text: Substring) throws(Malformed) -> ServerAddress {
        let slash = text.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? text.endIndex
        let authority = text[..<slash]
        let at = authority.lastIndex(of: "@")
        let place = at.map { authority[authority.index(after: $0)...] } ?? authority
        var address = ServerAddress(try hostAndPort(place))
        if let at { try address.take(userInformation: authority[..<at]) }
        let path = text[slash...].prefix { $0 != "?" && $0 != "#" }.drop { $0 == "/" }
        if !path.isEmpty { address.database = try database(path) }
        return address
    }

    private static func unix(_ text: Substring) throws(Malformed) -> ServerAddress {
        var rest = text
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let at = rest[..<slash].lastIndex(of: "@")
        let information = at.map { rest[..<$0] }
        if let at { rest = rest[rest.index(after: at)...] }
        let path = rest.prefix { $0 != "?" }
        guard path.first == "/" else {
            throw Malformed(description: "a Unix socket has an absolute path: unix:///path/of/socket")
        }
        var address = ServerAddress(.unix(path: try decoded(path)))
        if let information { try address.take(userInformation: information) }
        for pair in rest[path.endIndex...].dropFirst().split(separator: "&") where pair.hasPrefix("db=") {
            address.database = try database(pair.dropFirst(3))
        }
        return address
    }

    private mutating func take(userInformation text: Substring) throws(Malformed) {
        guard let colon = text.firstIndex(of: ":") else {
            password = try Self.decoded(text)
            return
        }
        let name = try Self.decoded(text[..<colon])
        user = name.isEmpty ? nil : name
        password = try Self.decoded(text[text.index(after: colon)...])
    }

    private static func hostAndPort(_ text: Substring) throws(Malformed) -> Endpoint {
        var host = text
        var port: Substring?
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else {
                throw Malformed(description: "the bracket of the IPv6 address is not closed")
            }
            host = text[text.index(after: text.startIndex)..<end]
            let behind = text[text.index(after: end)...]
            guard behind.isEmpty || behind.first == ":" else {
                throw Malformed(description: "only a port may follow the IPv6 address")
            }
            port = behind.isEmpty ? nil : behind.dropFirst()
        } else if let colon = text.lastIndex(of: ":") {
            host = text[..<colon]
            port = text[text.index(after: colon)...]
            guard !host.contains(":") else {
                throw Malformed(description: "an IPv6 address stands in brackets: redis://[::1]:6379")
            }
        }
        return .tcp(host: host.isEmpty ? "127.0.0.1" : String(host), port: try number(ofPort: port))
    }

    private static func number(ofPort text: Substring?) throws(Malformed) -> UInt16 {
        guard let text, !text.isEmpty else { return defaultPort }
        guard let port = UInt16(text), port > 0 else {
            throw Malformed(description: "a port is a number from 1 to 65535")
        }
        return port
    }

    private static func database(_ text: Substring) throws(Malformed) -> Int {
        guard let number = Int(text), number >= 0, number <= Int32.max else {
            throw Malformed(description: "what follows the port is the number of a database")
        }
        return number
    }

    private static func decoded(_ text: Substring) throws(Malformed) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, let value = UInt8(String(Substring(digits)), radix: 16) else {
                throw Malformed(description: "two hexadecimal digits follow each %")
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

// MARK: - Text

extension ServerAddress: CustomStringConvertible {
    /// The address as a URL, the user and the password masked.
    public var description: String {
        let secret = password == nil ? "" : "\(Secrets.mask)@"
        switch endpoint {
        case .tcp(let host, let port):
            let name = host.contains(":") ? "[\(host)]" : host
            return "redis://\(secret)\(name):\(port)\(database == 0 ? "" : "/\(database)")"
        case .unix(let path):
            return "unix://\(secret)\(path)\(database == 0 ? "" : "?db=\(database)")"
        }
    }

    /// Host and port, or the path: what a person calls the server.
    public var name: String {
        switch endpoint {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): path
        }
    }
}
