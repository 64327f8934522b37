package import ClusterCore
import Logging

/// A cluster in the tests' own process.
package struct EmbeddedServer: Sendable {
    /// The server.
    package let server: Server
    /// Where it listens.
    package let endpoint: Endpoint
    /// What it has logged.
    package let log: LogRecorder
    /// Where its admin socket is.
    package let adminPath: String

    /// A new connection.
    package func connect(limit: Duration = .seconds(20), receiveBuffer: Int32? = nil) throws -> TestClient {
        try TestClient(endpoint, limit: limit, receiveBuffer: receiveBuffer)
    }

    /// How many keys transactions hold.
    package func heldKeys() throws -> Int {
        var admin = try AdminClient(path: adminPath)
        return try admin.shards().reduce(0) { $0 + $1.heldKeys }
    }

    /// What it has counted.
    package func counters() throws -> AdminReport.Counters {
        var admin = try AdminClient(path: adminPath)
        return try admin.counters()
    }

    /// How many clients are connected.
    package func clientCount() throws -> Int {
        var admin = try AdminClient(path: adminPath)
        return try admin.server().clients
    }
}

/// Runs `body` with a new cluster on a free port of 127.0.0.1 and stops it afterwards.
///
/// - Parameter configure: changes the configuration that it is started with.
package func withServer<Result>(
    clock: Clock = Clock(), _ configure: (inout ServerConfiguration) -> Void = { _ in },
    _ body: (EmbeddedServer) async throws -> Result
) async throws -> Result {
    var configuration = ServerConfiguration()
    configuration.port = 0
    let folder = try TemporaryFolder()
    let adminPath = folder.path(to: "admin.sock")
    configuration.adminSocket = .path(adminPath)
    configure(&configuration)
    let log = LogRecorder()
    let server = try await Server.start(configuration, clock: clock, logger: log.logger())
    guard let port = server.port else { throw ProcessFailure(description: "the server listens on no port") }
    do {
        let running = EmbeddedServer(server: server, endpoint: .port(port), log: log, adminPath: adminPath)
        let result = try await body(running)
        await server.stop()
        return result
    } catch {
        await server.stop()
        throw error
    }
}
