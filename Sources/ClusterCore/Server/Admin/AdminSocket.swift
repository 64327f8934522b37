import Glibc

/// Where a server's admin socket is.
public enum AdminSocket: Sendable {
    /// At this path.
    case path(String)
    /// In this folder, which must be there, under the number of the port: `6379.sock`.
    case inFolder(String)

    /// The longest path that a socket may have, in bytes.
    public static let longestPath = UnixSocketFile.longestPath

    /// The path of the admin socket of the server on `port` in a folder.
    public static func path(inFolder folder: String, port: Int) -> String { "\(folder)/\(port).sock" }

    /// The path for a server on `port`; one without a port has its socket under the process' number.
    func path(port: Int?) -> String {
        switch self {
        case .path(let path): path
        case .inFolder(let folder): Self.path(inFolder: folder, port: port ?? Int(getpid()))
        }
    }
}
