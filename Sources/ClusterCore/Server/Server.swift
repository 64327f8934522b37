import Glibc
public import Logging
import NIOCore
import NIOPosix

/// A running cluster: its listeners, its event loops, and its end.
public final class Server: Sendable {
    private let state: ServerState
    private let group: MultiThreadedEventLoopGroup
    private let loops: [NIOLoopBound<LoopState>]
    private let listeners: [any Channel]
    private let socketFiles: [UnixSocketFile]
    private let admin: AdminListener?
    private let metrics: MetricsListener?

    /// The port that clients connect to; nil where the server listens on none.
    public let port: Int?

    private init(
        state: ServerState, group: MultiThreadedEventLoopGroup, loops: [NIOLoopBound<LoopState>],
        listeners: [any Channel], socketFiles: [UnixSocketFile], admin: AdminListener?,
        metrics: MetricsListener?
    ) {
        self.state = state
        self.group = group
        self.loops = loops
        self.listeners = listeners
        self.socketFiles = socketFiles
        self.admin = admin
        self.metrics = metrics
        port = Self.port(of: listeners)
    }

    private static func port(of listeners: [any Channel]) -> Int? {
        listeners.lazy.compactMap { $0.localAddress?.port }.first
    }

    /// The path of the admin socket; nil where there is none.
    public var adminSocketPath: String? { admin?.path }

    /// The port on which Prometheus is answered; nil where there is none.
    public var metricsPort: Int? { metrics?.port }

    /// What the contract refused so far.
    public var ledger: RefusalLedger { state.ledger }

    /// What the event loops have counted since the start.
    ///
    /// Not to be asked once the server is being stopped.
    public func counters() async -> AdminReport.Counters {
        var sum = WorkerCounters()
        for loop in loops {
            let counters = try? await loop.eventLoop.submit { loop.value.worker.counters }.get()
            if let counters { sum.add(counters) }
        }
        return AdminReport.Counters(sum)
    }
}

extension Server {
    /// Forgets what was refused and counted so far: what is asked for while the data are loaded is no client's doing.
    public func forgetCounts() async {
        state.ledger.removeAll()
        for loop in loops {
            try? await loop.eventLoop.submit { loop.value.worker.counters = WorkerCounters() }.get()
        }
    }
}

// MARK: - Starting

extension Server {
    /// Starts a cluster and returns when it accepts connections.
    ///
    /// - Parameter willListen: is called when the files are read, before anything is there that has to be removed.
    /// - Throws: `StartError` where an address is taken or not to be had; nothing is left behind then.
    public static func start(
        _ configuration: ServerConfiguration, clock: Clock = Clock(), logger: Logger,
        willListen: @Sendable () -> Void = {}
    ) async throws -> Server {
        let state = ServerState(configuration: configuration, clock: clock, logger: logger)
        do throws(PersistenceError) {
            try state.persistence?.start()
        } catch {
            throw StartError(error.description, isInput: error.isDamage)
        }
        state.replication?.start()
        willListen()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.loops)
        var listeners: [any Channel] = []
        var files: [UnixSocketFile] = []
        do {
            let loops = try await makeLoops(group, state)
            if let port = configuration.port {
                listeners.append(try await listen(group, state, loops, host: configuration.host, port: port))
            }
            if let path = configuration.unixSocketPath {
                files.append(try UnixSocketFile.bind(at: path, mode: anyoneByUmask, option: "--unixsocket"))
                listeners.append(try await listen(group, state, loops, files[0]))
            }
            let context = AdminContext(state: state, loops: loops, port: port(of: listeners))
            let metrics = try await startMetrics(context)
            let admin: AdminListener?
            do {
                admin = try await startAdmin(context)
            } catch {
                await metrics?.stop()
                throw error
            }
            return Server(
                state: state, group: group, loops: loops, listeners: listeners, socketFiles: files, admin: admin,
                metrics: metrics)
        } catch {
            for listener in listeners { try? await listener.close() }
            for file in files { file.remove() }
            try? await group.shutdownGracefully()
            state.replication?.stop()
            state.persistence?.stop()
            throw error
        }
    }

    private static func makeLoops(
        _ group: MultiThreadedEventLoopGroup, _ state: ServerState
    ) async throws -> [NIOLoopBound<LoopState>] {
        var loops: [NIOLoopBound<LoopState>] = []
        let count = state.configuration.loops
        for (number, eventLoop) in Array(group.makeIterator()).enumerated() {
            let loop = try await eventLoop.submit {
                let loop = LoopState(worker: Worker(server: state, number: number), eventLoop: eventLoop)
                loop.start(loops: count)
                return NIOLoopBound(loop, eventLoop: eventLoop)
            }.get()
            loops.append(loop)
        }
        return loops
    }

    private static func bootstrap(
        _ group: MultiThreadedEventLoopGroup, _ state: ServerState, _ loops: [NIOLoopBound<LoopState>]
    ) -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 511)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 256 * 1024, high: 1024 * 1024))
            .childChannelInitializer { channel in
                guard let loop = loops.first(where: { $0.eventLoop === channel.eventLoop }) else {
                    preconditionFailure("a connection on a loop of another group")
                }
                return channel.eventLoop.makeCompletedFuture { try accept(channel, state, loop.value) }
            }
    }

    private static func accept(_ channel: any Channel, _ state: ServerState, _ loop: LoopState) throws {
        guard !state.faults.refusesConnection() else {
            _ = channel.close()
            return
        }
        guard state.admitClient() else {
            try channel.pipeline.syncOperations.addHandler(OverloadHandler())
            return
        }
        loop.worker.counters.connections &+= 1
        let session = Session(worker: loop.worker, client: channel.remoteAddress?.clientName ?? "unix socket")
        try channel.pipeline.syncOperations.addHandler(ConnectionHandler(session: session, loop: loop))
    }

    private static func listen(
        _ group: MultiThreadedEventLoopGroup, _ state: ServerState, _ loops: [NIOLoopBound<LoopState>], host: String,
        port: Int
    ) async throws -> any Channel {
        do {
            return try await bootstrap(group, state, loops)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .bind(host: host, port: port).get()
        } catch {
            throw StartError.cannotListen(at: "\(host):\(port)", portOption: "--port", error)
        }
    }

    private static func listen(
        _ group: MultiThreadedEventLoopGroup, _ state: ServerState, _ loops: [NIOLoopBound<LoopState>],
        _ file: UnixSocketFile
    ) async throws -> any Channel {
        do {
            return try await bootstrap(group, state, loops).withBoundSocket(file.descriptor).get()
        } catch {
            throw StartError.cannotListen(at: file.path, error)
        }
    }

    private static func startMetrics(_ context: AdminContext) async throws -> MetricsListener? {
        let configuration = context.state.configuration
        guard let port = configuration.metricsPort else { return nil }
        return try await MetricsListener.start(host: configuration.metricsHost, port: port, context)
    }

    private static func startAdmin(_ context: AdminContext) async throws -> AdminListener? {
        guard let socket = context.state.configuration.adminSocket else { return nil }
        return try await AdminListener.start(at: socket.path(port: context.port), context)
    }

    /// The mode of the clients' Unix socket before the umask takes from it.
    private static let anyoneByUmask: mode_t = 0o777
}

// MARK: - Ending

extension Server {
    /// Removes the files of the Unix sockets: before the process ends without `stop`.
    public func removeSocketFiles() {
        for file in socketFiles { file.remove() }
        admin?.removeFile()
    }

    /// Ends the server in order: takes no new connections and no new requests, answers those it has, closes.
    public func stop() async {
        for listener in listeners { try? await listener.close() }
        for loop in loops { _ = try? await loop.eventLoop.submit { loop.value.stop() }.get() }
        await waitForConnections()
        for file in socketFiles { file.remove() }
        await admin?.stop()
        await metrics?.stop()
        try? await group.shutdownGracefully()
        state.replication?.stop()
        state.persistence?.stop()
    }

    /// Connections end by themselves once their replies are sent; one whose client takes none is not waited for longer
    /// than this.
    private static let longestWait = Duration.seconds(5)

    private func waitForConnections() async {
        let deadline = ContinuousClock.now + Self.longestWait
        while ContinuousClock.now < deadline {
            var isEmpty = true
            for loop in loops where (try? await loop.eventLoop.submit { loop.value.isEmpty }.get()) == false {
                isEmpty = false
            }
            if isEmpty { return }
            try? await Task.sleep(for: .milliseconds(5))
        }
    }
}
