/// The folder that a report's paths are relative to.
public struct BasePath: Sendable, Hashable {
    /// The folder's absolute path in its parts, without `.` and `..`.
    let parts: [String]
    /// The working directory in its parts, from which the paths of an input start.
    private let workingParts: [String]

    /// The folder `path`; both paths are absolute.
    public init(_ path: String, workingFolder: String) {
        parts = Self.normalized(path)
        workingParts = Self.normalized(workingFolder)
    }

    /// The absolute path of an input, without `.` and `..`; links are not followed.
    public func absolute(_ path: String) -> String { "/" + absoluteParts(path).joined(separator: "/") }

    /// The path of an input from the folder; nil where it is not below it.
    public func relative(_ path: String) -> String? {
        let whole = absoluteParts(path)
        guard whole.starts(with: parts), whole.count > parts.count else { return nil }
        return whole.dropFirst(parts.count).joined(separator: "/")
    }

    /// The path to show in a report for CI: from the folder where it is below it, else absolute.
    ///
    /// Standard input is `stdin`.
    public func shown(_ path: String) -> String {
        path == "-" ? "stdin" : relative(path) ?? absolute(path)
    }

    /// The reference of a file as a URI (RFC 3986), and whether it is relative to the folder.
    func reference(_ path: String) -> (uri: String, isRelative: Bool) {
        if path == "-" { return ("stdin", true) }
        if let relative = relative(path) { return (Self.percentEncoded(relative), true) }
        return ("file://" + Self.percentEncoded(absolute(path)), false)
    }

    private func absoluteParts(_ path: String) -> [String] {
        path.hasPrefix("/")
            ? Self.normalized(path)
            : Self.normalized("/" + (workingParts + [path]).joined(separator: "/"))
    }

    private static func normalized(_ path: String) -> [String] {
        path.split(separator: "/").reduce(into: []) { parts, part in
            switch part {
            case ".": break
            case "..": _ = parts.popLast()
            default: parts.append(String(part))
            }
        }
    }

    /// A path with every byte escaped that a URI's path does not have as it is.
    private static func percentEncoded(_ path: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
        return path.utf8.reduce(into: "") { text, byte in
            if plain.contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
}
