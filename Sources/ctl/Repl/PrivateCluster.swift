import CEditLine
import ClusterCore
import Glibc
import Logging
import ServerClient

/// A cluster inside this process, for one session: nobody else reaches it, and it is gone with the session.
struct PrivateCluster {
    private let server: Server
    private let folder: String
    /// Where the session connects.
    let address: ServerAddress

    /// Starts a cluster on a socket in a folder that only this user may enter.
    static func start() throws -> PrivateCluster {
        let runtime = environmentVariable("XDG_RUNTIME_DIR").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
        var template = Array("\(runtime)/clusterctl-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Failure("\(runtime): \(systemError()): the cluster in this process needs a folder there")
        }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let path = "\(folder)/cluster.sock"
        editline_remove_at_end(path, folder)
        var configuration = ServerConfiguration()
        configuration.port = nil
        configuration.unixSocketPath = path
        configuration.adminSocket = nil
        let chosen = configuration
        do {
            let logger = Logger(label: "clusterctl") { _ in LineLogHandler(level: .error, format: .text) }
            let server = try waitFor { try await Server.start(chosen, logger: logger) }
            return PrivateCluster(server: server, folder: folder, address: ServerAddress(.unix(path: path)))
        } catch {
            rmdir(folder)
            throw Failure("the cluster in this process cannot start: \(error)")
        }
    }

    /// Ends the cluster and removes its folder.
    func stop() throws {
        try waitFor { [server] in await server.stop() }
        unlink("\(folder)/cluster.sock")
        rmdir(folder)
    }
}
