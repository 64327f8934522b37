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
    private let folder: TemporaryFolder

    /// Where its admin socket is.
    package var adminPath: String { folder.path(to: "admin.sock") }

    /// A new connection.
    package func connect(limit: Duration = patience, receiveBuffer: Int32? = nil) throws -> TestClient {
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

    /// Compares each replica with its primary, value by value.
    package func expectEqualReplicas() throws {
        // A test may have made the socket unusable, or the server one that has ended.
        guard var admin = try? AdminClient(path: adminPath) else { return }
        do {
            _ = try admin.number("COMPARE")
        } catch  where error.isAnswer {
            throw error
        } catch {}
    }

    /// How many clients are connected.
    package func clientCount() throws -> Int {
        var admin = try AdminClient(path: adminPath)
        return try admin.server().clients
    }
}

extension EmbeddedServer {
    /// Starts a cluster on a free port of 127.0.0.1; it runs until its server is stopped.
    ///
    /// - Parameter configure: changes the configuration that it is started with.
    package static func start(
        clock: Clock = Clock(), _ configure: (inout ServerConfiguration) -> Void = { _ in }
    ) async throws -> EmbeddedServer {
        var configuration = ServerConfiguration()
        configuration.port = 0
        let folder = try TemporaryFolder()
        configuration.adminSocket = .path(folder.path(to: "admin.sock"))
        configure(&configuration)
        let log = LogRecorder()
        let server = try await Server.start(configuration, clock: clock, logger: log.logger())
        guard let port = server.port else { throw ProcessFailure(description: "the server listens on no port") }
        return EmbeddedServer(server: server, endpoint: .port(port), log: log, folder: folder)
    }
}

/// Runs `body` with a new cluster on a free port of 127.0.0.1 and stops it afterwards.
///
/// - Parameter configure: changes the configuration that it is started with.
package func withServer<Result>(
    clock: Clock = Clock(), _ configure: (inout ServerConfiguration) -> Void = { _ in },
    run body: (EmbeddedServer) async throws -> Result
) async throws -> Result {
    let running = try await EmbeddedServer.start(clock: clock, configure)
    do {
        let result = try await body(running)
        try running.expectEqualReplicas()
        await running.server.stop()
        return result
    } catch {
        await running.server.stop()
        throw error
    }
}
