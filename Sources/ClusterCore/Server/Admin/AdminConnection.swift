import NIOCore
import WireFormats

/// One connection on the admin socket: answers one request after another, the next one when the last reply has been
/// taken, so that what waits is bounded.
final class AdminConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let admin: AdminContext
    private var context: ChannelHandlerContext?
    private var decoder = RequestDecoder(maximumRequestBytes: AdminConnection.maximumRequestBytes)
    private var pending: [UInt8] = []
    /// How many bytes of `pending` are done with.
    private var consumed = 0
    private var isAnswering = false
    /// What the connection is once its client has asked for it.
    private var stream: EventStream?

    private static let maximumRequestBytes = 64 * 1024
    /// A client that sends more than this ahead of the replies is closed.
    private static let maximumPendingBytes = 1024 * 1024

    init(_ admin: AdminContext) {
        self.admin = admin
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func channelInactive(context: ChannelHandlerContext) {
        stream?.stop()
        self.context = nil
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stream?.write(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard stream == nil else { return }
        pending.removeFirst(consumed)
        consumed = 0
        pending += unwrapInboundIn(data).readableBytesView
        guard pending.count <= Self.maximumPendingBytes else { return context.close(promise: nil) }
        answerNext()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answerNext() {
        guard !isAnswering, let context else { return }
        switch nextRequest() {
        case .none: return
        case .failure(let error):
            isAnswering = true
            write(error.replyLine, context) { context.close(promise: nil) }
        case .success(let request):
            isAnswering = true
            switch AdminCommand.answer(request, admin, on: context.eventLoop) {
            case .reply(let reply): reply.assumeIsolated().whenComplete { self.reply($0) }
            case .events(let number):
                let stream = EventStream(admin.state.events, after: number)
                self.stream = stream
                pending = []
                consumed = 0
                stream.start(context)
            }
        }
    }

    /// Takes the next whole request out of what was read; nil where there is none.
    private func nextRequest() -> Result<[[UInt8]], ProtocolError>? {
        pending.withUnsafeBytes { bytes in
            while true {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[consumed...])
                switch decoder.next(in: rest) {
                case .needMore: return nil
                case .empty(let count): consumed += count
                case .failure(let error): return .failure(error)
                case .request(let count):
                    let view = decoder.request(in: rest)
                    consumed += count
                    return .success((0..<view.count).map { view.copyArgument($0) })
                }
            }
        }
    }

    private func reply(_ result: Result<Reply, any Error>) {
        guard let context else { return }
        var bytes: [UInt8] = []
        switch result {
        case .success(let reply): reply.append(to: &bytes)
        case .failure: Reply.failure("the server is ending").append(to: &bytes)
        }
        write(bytes, context) {
            self.isAnswering = false
            self.answerNext()
        }
    }

    private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext, then next: @escaping () -> Void) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes))).assumeIsolated().whenComplete { _ in next() }
    }
}
