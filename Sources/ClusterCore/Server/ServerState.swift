import CommandCatalog
import Logging
import Synchronization

/// What all event loops of a server share; everything in it may be used from any of them.
final class ServerState: Sendable {
    let configuration: ServerConfiguration
    let cluster: EmbeddedCluster
    let gate: Gate
    let clock: Clock
    let logger: Logger
    let ledger = RefusalLedger()
    private let lastConnection = Atomic<UInt64>(0)
    private let connected = Atomic<Int>(0)

    init(configuration: ServerConfiguration, clock: Clock, logger: Logger) {
        self.configuration = configuration
        self.clock = clock
        self.logger = logger
        gate = Gate(contract: configuration.contract)
        cluster = EmbeddedCluster(
            shards: configuration.shards, maximumValueBytes: configuration.contract.maxValueBytes
        )
    }

    deinit {
        cluster.shards.destroy()
    }

    /// A number that no connection before had; it names the holder of key locks.
    func nextConnectionNumber() -> UInt64 { lastConnection.add(1, ordering: .relaxed).newValue }

    /// How many clients are connected.
    var connectedClients: Int { connected.load(ordering: .relaxed) }

    /// Counts a client in; false, and it is not counted, where there are as many as there may be.
    func admitClient() -> Bool {
        if connected.add(1, ordering: .relaxed).newValue <= configuration.maximumClients { return true }
        dismissClient()
        return false
    }

    /// Counts a client out.
    func dismissClient() { connected.subtract(1, ordering: .relaxed) }
}
