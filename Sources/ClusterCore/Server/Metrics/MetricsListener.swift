import NIOCore
import NIOHTTP1
import NIOPosix

/// The HTTP server that Prometheus asks, with a thread of its own.
///
/// Bounded, whoever asks: so many connections at once, each with one request of so many bytes, which has to be there and
/// its answer to be taken in so many seconds.
final class MetricsListener: Sendable {
    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel

    /// The port that it listens on.
    var port: Int? { channel.localAddress?.port }

    /// Connections at once; one more is closed as soon as it is made.
    static let mostConnections = 64

    private init(group: MultiThreadedEventLoopGroup, channel: any Channel) {
        self.group = group
        self.channel = channel
    }

    /// Listens on a port; nothing is left behind where that fails.
    static func start(host: String, port: Int, _ context: AdminContext) async throws -> MetricsListener {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let places = ConnectionPlaces(Self.mostConnections)
        do {
            let channel = try await ServerBootstrap(group: group)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture { try accept(channel, places, context) }
                }
                .bind(host: host, port: port).get()
            return MetricsListener(group: group, channel: channel)
        } catch {
            try? await group.shutdownGracefully()
            throw StartError.cannotListen(at: "\(host):\(port)", portOption: "--metrics", error)
        }
    }

    private static func accept(_ channel: any Channel, _ places: ConnectionPlaces, _ context: AdminContext) throws {
        guard places.take() else {
            _ = channel.close()
            return
        }
        channel.closeFuture.whenComplete { _ in places.giveBack() }
        let pipeline = channel.pipeline.syncOperations
        let limit = MetricsRequestLimit()
        try pipeline.addHandler(limit)
        try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false)
        try pipeline.addHandler(MetricsHandler(context, limit))
    }

    /// Closes the port and its connections.
    func stop() async {
        try? await channel.close()
        try? await group.shutdownGracefully()
    }
}

/// Closes a connection whose request is too long, or takes too long; reads nothing behind it.
private final class MetricsRequestLimit: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var received = 0
    private var isAnswering = false
    private var deadline: Scheduled<Void>?

    private static let mostBytes = 16 * 1024
    private static let patience = TimeAmount.seconds(10)

    func channelActive(context: ChannelHandlerContext) {
        setDeadline(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isAnswering else { return }
        received += unwrapInboundIn(data).readableBytes
        guard received <= Self.mostBytes else { return context.close(promise: nil) }
        context.fireChannelRead(data)
    }

    /// To be called when the request is there: nothing more is read, and its answer has as much time.
    func beginAnswer(_ context: ChannelHandlerContext) {
        isAnswering = true
        try? context.channel.syncOptions?.setOption(.autoRead, value: false)
        setDeadline(context)
    }

    /// Lets the answer come so many milliseconds later.
    func extend(by milliseconds: Int64, _ context: ChannelHandlerContext) {
        setDeadline(context, after: .milliseconds(milliseconds) + Self.patience)
    }

    private func setDeadline(_ context: ChannelHandlerContext, after time: TimeAmount = patience) {
        deadline?.cancel()
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: time) { context.close(promise: nil) }
    }
}

/// Answers one GET /metrics, then closes.
private final class MetricsHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let admin: AdminContext
    private let limit: MetricsRequestLimit
    private var request: HTTPRequestHead?

    init(_ admin: AdminContext, _ limit: MetricsRequestLimit) {
        self.admin = admin
        self.limit = limit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): request = request ?? head
        case .body: break
        case .end:
            limit.beginAnswer(context)
            answer(context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ context: ChannelHandlerContext) {
        guard let request else { return }
        let password = admin.state.configuration.password
        let outcome = MetricsLogin(request, password: password).outcome
        if outcome == .missing { return send(.unauthorized, "give the cluster's password\n", context) }
        if password == nil { return answerGranted(request, context) }
        answerPassword(isRight: outcome == .granted, request, context)
    }

    /// Answers a password as late as AUTH would.
    private func answerPassword(isRight: Bool, _ request: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let client = context.channel.remoteAddress?.clientName ?? "metrics"
        guard !admin.state.logins.isCrowded(client) else {
            return send(.tooManyRequests, "too many wrong passwords from this address: try again later\n", context)
        }
        if !isRight { admin.state.noteWrongPassword(of: client) }
        let wait = admin.state.logins.wait(for: client, isRight: isRight)
        if wait == 0, isRight { return answerGranted(request, context) }
        limit.extend(by: wait, context)
        context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(wait)) {
            if isRight { return self.answerGranted(request, context) }
            self.send(.unauthorized, "the password is wrong\n", context)
        }
    }

    private func answerGranted(_ request: HTTPRequestHead, _ context: ChannelHandlerContext) {
        guard request.uri == "/metrics" || request.uri.hasPrefix("/metrics?") else {
            return send(.notFound, "the metrics are at /metrics\n", context)
        }
        guard request.method == .GET || request.method == .HEAD else {
            return send(.methodNotAllowed, "ask with GET\n", context)
        }
        let state = admin.state
        let answers = admin.askLoops(on: context.eventLoop) { ($0.worker.counters, $0.worker.latencies) }
        answers.assumeIsolated().whenComplete { result in
            var counters = WorkerCounters()
            var latencies = LatencyTable()
            for (count, latency) in (try? result.get()) ?? [] {
                counters.add(count)
                if let latency { latencies.add(latency) }
            }
            self.send(.ok, MetricsText(state, counters, latencies).text, context)
        }
    }

    private func send(_ status: HTTPResponseStatus, _ text: String, _ context: ChannelHandlerContext) {
        let body = ByteBuffer(string: text)
        var headers = HTTPHeaders()
        headers.add(name: "Content-Type", value: "text/plain; version=0.0.4; charset=utf-8")
        headers.add(name: "Content-Length", value: "\(body.readableBytes)")
        headers.add(name: "Connection", value: "close")
        if status == .unauthorized { headers.add(name: "WWW-Authenticate", value: "Basic realm=\"clusterctl\"") }
        context.write(
            wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))), promise: nil)
        if request?.method != .HEAD { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in
            context.close(promise: nil)
        }
    }
}
