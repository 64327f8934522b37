import ClusterCore
import CommandCatalog
import Glibc
import Logging

/// A cluster in this process, with the files that tell others of it.
struct RunningCluster: Sendable {
    let server: Server
    let configuration: ServerConfiguration
    let logger: Logger
    private let files: [NumberFile]
    /// What `--load` has brought; nil without it.
    let loaded: Loaded?

    /// What was loaded.
    struct Loaded: Sendable {
        /// Where the data come from, a password masked.
        let source: String
        let summary: DataImport.Summary
    }

    /// Starts a cluster; nothing is left behind where that fails, or where a signal ends it.
    ///
    /// From when it listens on, signals are noted: a first one ends the loading.
    static func start(
        _ options: ClusterOptions, defaultPort: Int, defaultLevel: Logger.Level, _ signals: EndingSignals
    ) throws -> RunningCluster {
        let configuration = try options.configuration(defaultPort: defaultPort)
        let source = try options.load.map { text throws(Failure) in try DataSource(text) }
        let logger = options.logger(defaultLevel: defaultLevel)
        OpenFileLimit.raise(clients: configuration.maximumClients, loops: configuration.loops, logger)
        let clock = options.clock == .manual ? Clock(stoppedAt: Clock().now().milliseconds) : Clock()
        let server: Server
        do {
            server = try waitFor {
                try await Server.start(configuration, clock: clock, logger: logger) { signals.enter(.noting) }
            }
        } catch let error as StartError {
            throw Failure(error.description, error.isInput ? .unreachable : .usage)
        } catch {
            throw Failure("the cluster cannot start: \(error)")
        }
        do {
            signals.enter(.noting) { server.removeSocketFiles() }
            ReadingInterrupt.shared.patience = options.loadPatience
            let loaded = try source.map { source throws(Failure) in
                try load(source, server, configuration, isStrict: options.strict)
            }
            let files = try writeFiles(options, port: server.port ?? 0)
            let cluster = RunningCluster(
                server: server, configuration: configuration, logger: logger, files: files, loaded: loaded)
            signals.enter(.noting) { cluster.removeFiles() }
            cluster.logStart()
            return cluster
        } catch {
            try waitFor { await server.stop() }
            guard let first = signals.first else { throw error }
            throw Interrupted(first)
        }
    }

    /// Fills the cluster, as a client of it.
    private static func load(
        _ source: DataSource, _ server: Server, _ configuration: ServerConfiguration, isStrict: Bool
    ) throws(Failure) -> Loaded {
        let target = try ImportTarget(
            HostName.address(ofClusterOn: configuration.host, port: server.port ?? 0),
            password: configuration.password, limits: configuration.contract, isStrict: isStrict)
        let summary = try DataImport(source: source, target: target, purpose: .load).run()
        // None of it was an application's request.
        try? waitFor { await server.forgetCounts() }
        return Loaded(source: source.name, summary: summary)
    }

    private static func writeFiles(_ options: ClusterOptions, port: Int) throws(Failure) -> [NumberFile] {
        var files: [NumberFile] = []
        do throws(Failure) {
            if let path = options.pidFile {
                files.append(try NumberFile(path: path, number: Int(getpid()), option: "--pid-file"))
            }
            if let path = options.portFile {
                files.append(try NumberFile(path: path, number: port, option: "--port-file"))
            }
            return files
        } catch {
            for file in files { file.remove() }
            throw error
        }
    }

    private func logStart() {
        var metadata: Logger.Metadata = [
            "address": "\(address)", "shards": "\(configuration.shards)", "loops": "\(configuration.loops)",
            "replicas": "\(configuration.replicas)",
            "transaction-locks": "\(configuration.contract.keyLocks.rawValue)",
        ]
        if let port = server.metricsPort {
            metadata["metrics"] = "http://\(HostName.inURL(configuration.metricsHost)):\(port)/metrics"
        }
        if let path = configuration.directory { metadata["dir"] = "\(path)" }
        if let path = configuration.unixSocketPath { metadata["unix-socket"] = "\(path)" }
        if let path = server.adminSocketPath { metadata["admin-socket"] = "\(path)" }
        logger.info("the cluster accepts connections", metadata: metadata)
    }

    /// Where clients find it, as `HOST:PORT`.
    var address: String { "\(HostName.inURL(configuration.host)):\(server.port ?? 0)" }

    /// Ends the cluster in order.
    func stop() throws {
        try waitFor { await server.stop() }
        removeFiles()
    }

    /// Removes the files that tell others of the cluster, its sockets among them.
    func removeFiles() {
        for file in files { file.remove() }
        server.removeSocketFiles()
    }
}

extension RunningCluster.Loaded {
    /// What of the data could not be kept, a line each.
    var lines: [String] { summary.refusals.lines.map { "--load \(source): \($0)" } }
}
