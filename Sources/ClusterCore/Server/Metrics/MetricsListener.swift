import NIOCore
import NIOHTTP1
import NIOPosix

/// The HTTP server that Prometheus asks, with a thread of its own.
final class MetricsListener: Sendable {
    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel

    /// The port that it listens on.
    var port: Int? { channel.localAddress?.port }

    private init(group: MultiThreadedEventLoopGroup, channel: any Channel) {
        self.group = group
        self.channel = channel
    }

    /// Listens on a port; nothing is left behind where that fails.
    static func start(host: String, port: Int, _ context: AdminContext) async throws -> MetricsListener {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            let channel = try await ServerBootstrap(group: group)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelInitializer { channel in
                    channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
                        try channel.pipeline.syncOperations.addHandler(MetricsHandler(context))
                    }
                }
                .bind(host: host, port: port).get()
            return MetricsListener(group: group, channel: channel)
        } catch {
            try? await group.shutdownGracefully()
            throw StartError.cannotListen(at: "\(host):\(port)", portOption: "--metrics", error)
        }
    }

    /// Closes the port and its connections.
    func stop() async {
        try? await channel.close()
        try? await group.shutdownGracefully()
    }
}

/// Answers GET /metrics.
private final class MetricsHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let admin: AdminContext
    private var request: HTTPRequestHead?

    init(_ admin: AdminContext) {
        self.admin = admin
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): request = head
        case .body: break
        case .end: answer(context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ context: ChannelHandlerContext) {
        guard let request else { return }
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
        context.write(
            wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))), promise: nil)
        if request?.method != .HEAD { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        let isLast = request?.isKeepAlive != true
        context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in
            if isLast { context.close(promise: nil) }
        }
    }
}
