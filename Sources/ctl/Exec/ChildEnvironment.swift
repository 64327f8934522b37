import ClusterCore
import Glibc

/// The environment of a command that runs against a cluster.
enum ChildEnvironment {
    /// This process' environment with the cluster's address in place of any other, and the variables that --env asks for.
    static func make(for address: ClientAddress, adding variables: [EnvironmentVariable]) -> [String] {
        var added = [("REDIS_URL", address.url), ("REDIS_HOST", address.host), ("REDIS_PORT", "\(address.port)")]
        if let password = address.password { added.append(("REDIS_PASSWORD", password)) }
        for variable in variables {
            guard let value = variable.value(address) else { continue }
            added.removeAll { $0.0 == variable.name }
            added.append((variable.name, value))
        }
        let replaced = Set(["REDIS_URL", "REDIS_HOST", "REDIS_PORT", "REDIS_PASSWORD"] + variables.map(\.name))
        return inherited().filter { entry in !replaced.contains(String(entry.prefix { $0 != "=" })) }
            + added.map { "\($0.0)=\($0.1)" }
    }

    /// Where a command finds a cluster.
    static func address(of cluster: RunningCluster) -> ClientAddress {
        let host = HostName.forClient(of: cluster.configuration.host)
        let port = cluster.server.port ?? 0
        let password = cluster.configuration.password
        let login = password.map { ":\(percentEncoded($0))@" } ?? ""
        return ClientAddress(
            host: host, port: port, password: password.map { String(decoding: $0, as: UTF8.self) },
            url: "redis://\(login)\(HostName.inURL(host)):\(port)")
    }

    private static func inherited() -> [String] {
        var entries: [String] = []
        var place = environ
        while let entry = place.pointee {
            entries.append(String(cString: entry))
            place += 1
        }
        return entries
    }

    /// A password as a URL has it (RFC 3986): everything but the unreserved characters encoded.
    private static func percentEncoded(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF")
        return bytes.reduce(into: "") { text, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                text.append("%")
                text.append(digits[Int(byte >> 4)])
                text.append(digits[Int(byte & 0xF)])
            }
        }
    }
}
