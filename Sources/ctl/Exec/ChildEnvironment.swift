import ClusterCore
import Glibc

/// The environment of a command that runs against a cluster.
enum ChildEnvironment {
    /// This process' environment with the cluster's address in place of any other.
    static func make(for cluster: RunningCluster) -> [String] {
        let host = HostName.forClient(of: cluster.configuration.host)
        let port = cluster.server.port ?? 0
        let password = cluster.configuration.password
        let login = password.map { ":\(percentEncoded($0))@" } ?? ""
        var added = [
            ("REDIS_URL", "redis://\(login)\(HostName.inURL(host)):\(port)"), ("REDIS_HOST", host),
            ("REDIS_PORT", "\(port)"),
        ]
        if let password { added.append(("REDIS_PASSWORD", String(decoding: password, as: UTF8.self))) }
        let replaced = ["REDIS_URL=", "REDIS_HOST=", "REDIS_PORT=", "REDIS_PASSWORD="]
        return inherited().filter { entry in !replaced.contains { entry.hasPrefix($0) } }
            + added.map { "\($0.0)=\($0.1)" }
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
