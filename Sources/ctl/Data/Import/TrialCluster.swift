import ClusterCore
import CommandCatalog
import Glibc
import Logging
import ServerClient

/// A cluster in this process without keys, on which it is tried whether data can be kept.
struct TrialCluster {
    private let server: Server
    /// Where it listens.
    let address: ServerAddress
    /// Nobody else knows it.
    let password: [UInt8]

    /// Starts a cluster with the limits of another one.
    init(_ contract: Contract) throws(Failure) {
        var generator = SystemRandomNumberGenerator()
        let password = (0..<4).map { _ in String(generator.next(), radix: 36) }.joined()
        var configuration = ServerConfiguration()
        configuration.port = 0
        configuration.adminSocket = nil
        configuration.replicas = 0
        configuration.password = Array(password.utf8)
        configuration.contract = contract
        let chosen = configuration
        do {
            let logger = Logger(label: "clusterctl") { _ in LineLogHandler(level: .error, format: .text) }
            server = try waitFor { try await Server.start(chosen, logger: logger) }
        } catch {
            throw Failure("no cluster to try the data on: \(error)")
        }
        address = HostName.address(ofClusterOn: configuration.host, port: server.port ?? 0)
        self.password = Array(password.utf8)
    }

    /// Ends the cluster.
    func stop() {
        try? waitFor { [server] in await server.stop() }
    }
}
