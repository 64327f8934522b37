import Glibc
import Logging
import NIOCore

/// Between a socket and its session: hands over what was read, keeps what is not yet a whole request, sends the replies,
/// and stops reading while the client does not take them.
///
/// A request that arrives whole is answered from the bytes it was read into; only the rest of a torn one is copied.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let session: Session
    let loop: LoopState
    private(set) var context: ChannelHandlerContext?
    /// Bytes of a request that is not yet whole, or that waits until the client has taken replies.
    private(set) var pending = ByteBuffer()
    /// Replies that go out at the end of the loop's round.
    private(set) var output = ByteBuffer()
    /// The bytes that the connection is counted with in the loop's share of memory.
    var countedBytes = 0
    /// Whether replies were sent since the last time.
    var hasSentUncounted = false
    private var isFlushPlanned = false
    /// When the client last sent something.
    private(set) var lastActivity: Instant
    /// Since when the client has not taken its replies; nil while it takes them.
    private(set) var stalledSince: Instant?
    private var isClosing = false
    /// Since when it is closed once its replies have been taken; nil where it is not.
    private var closingSince: Instant?
    /// Whether the client has said that it sends nothing more.
    private var isInputClosed = false
    /// What the next request waits for, apart from the client; nil where it does not.
    private var waitingFor: Wait?

    private enum Wait {
        /// The end of an EXEC that has been read.
        case execution
        /// To be handed over again.
        case retry
        /// That other connections have had their turn.
        case turn
    }

    /// A kept output buffer is at most this large.
    private static let keptOutputBytes = 16 * 1024
    /// More than this does not wait for the end of the round.
    private static let flushedAtOnceBytes = 64 * 1024
    /// Replies larger than that are handed over in pieces of so many bytes.
    private static let pieceBytes = 1024 * 1024

    init(session: Session, loop: LoopState) {
        self.session = session
        self.loop = loop
        lastActivity = loop.worker.server.clock.now()
    }
}

// MARK: - Events

extension ConnectionHandler {
    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func channelActive(context: ChannelHandlerContext) {
        loop.add(self)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        loop.remove(self)
        session.endTransaction()
        session.endGreeting()
        pending = ByteBuffer()
        self.context = nil
        countNothing()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var incoming = unwrapInboundIn(data)
        guard !isClosing else { return }
        loop.worker.counters.bytesRead &+= UInt64(incoming.readableBytes)
        if pending.readableBytes > 0 || isHeldBack {
            pending.writeBuffer(&incoming)
            if !isHeldBack { processPending(context) }
        } else {
            process(&incoming, context)
            if incoming.readableBytes > 0 { pending.writeBuffer(&incoming) }
        }
        lastActivity = max(lastActivity, session.now)
        if pending.readableBytes > 0 || countedBytes > 0 || session.holdsBytes { count() }
    }

    /// Nobody behind this handler asks for the end of a read.
    func channelReadComplete(context: ChannelHandlerContext) {}

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        let isWritable = context.channel.isWritable
        stalledSince = isWritable ? nil : session.now
        if !isHeldBack, pending.readableBytes > 0, !isClosing { processPending(context) }
        updateReading(context)
        closeIfDone(context)
        count()
    }

    /// The client has closed its side: it is answered what it has sent, as Redis does, then closed.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? ChannelEvent, event == .inputClosed else { return }
        isInputClosed = true
        closeIfDone(context)
    }

    /// Ends a connection whose client sends nothing more, once nothing of what it has sent waits.
    ///
    /// A transaction is not waited for: its client may well be dead, and the death of a transaction's owner frees its
    /// keys.
    private func closeIfDone(_ context: ChannelHandlerContext) {
        guard isInputClosed, !isClosing, stalledSince == nil else { return }
        if waitingFor == .turn { return }
        if waitingFor == .retry, session.transaction == nil { return }
        closeAfterReplies(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The client is gone, or the socket is: nothing can be told to it, and nothing of it remains.
        close(context)
    }

    /// Whether requests wait: for an EXEC's delay, or for the client to take its replies.
    private var isHeldBack: Bool { waitingFor != nil || stalledSince != nil }

    /// Lets the socket read only while nothing is held back.
    private func updateReading(_ context: ChannelHandlerContext) {
        try? context.channel.syncOptions?.setOption(.autoRead, value: !isHeldBack)
    }
}

// MARK: - Requests and replies

extension ConnectionHandler {
    private func processPending(_ context: ChannelHandlerContext) {
        var bytes = pending
        pending = ByteBuffer()
        process(&bytes, context)
        if bytes.readableBytes == 0 { return }
        // Not each time: what waits may be much, and each turn may answer little of it.
        if bytes.readerIndex > bytes.readableBytes { bytes.discardReadBytes() }
        pending = bytes
    }

    /// Answers the requests at the front of `bytes` and moves it past them.
    private func process(_ bytes: inout ByteBuffer, _ context: ChannelHandlerContext) {
        while !isClosing, bytes.readableBytes > 0 {
            let (consumed, next) = bytes.withUnsafeReadableBytes { session.process($0, &loop.worker.replies) }
            bytes.moveReaderIndex(forwardBy: consumed)
            if !send(context) { return }
            switch next {
            case .read: return
            case .close: return closeAfterReplies(context)
            case .wait(let milliseconds): return wait(milliseconds, context)
            case .retry(let milliseconds): return retry(milliseconds, context)
            case .turn: return waitForTurn(context)
            case .drain:
                if stalledSince != nil { return }
            }
        }
    }

    /// Takes over what the loop's reply buffer holds; false where the client had to be closed.
    ///
    /// It goes out when all connections that were readable in this round of the loop have been read, as Redis does it:
    /// a client that is woken by its first reply finds the others waiting, and fewer wake-ups are paid for.
    private func send(_ context: ChannelHandlerContext) -> Bool {
        let count = loop.worker.replies.count
        if loop.worker.replies.isOverflowing {
            closeForOverflow(context)
            return false
        }
        guard count > 0 else { return true }
        if count > Self.pieceBytes { return sendInPieces(context) }
        if !isFlushPlanned {
            output.clear(minimumCapacity: count)
            isFlushPlanned = true
            loop.planFlush(of: self)
        }
        output.writeBytes(loop.worker.replies.bytes)
        loop.worker.replies.removeAll()
        loop.worker.counters.bytesWritten &+= UInt64(count)
        if output.readableBytes > Self.flushedAtOnceBytes { return commitAndFlush() }
        return true
    }

    /// Hands large replies to the socket at once, in pieces that are freed as they are sent.
    private func sendInPieces(_ context: ChannelHandlerContext) -> Bool {
        guard loop.worker.commit() else {
            loop.worker.replies.removeAll()
            closeUncommitted()
            return false
        }
        flushOutput()
        loop.worker.counters.bytesWritten &+= UInt64(loop.worker.replies.count)
        loop.worker.replies.hand(inPiecesOf: Self.pieceBytes) { piece in
            var buffer = context.channel.allocator.buffer(capacity: piece.count)
            buffer.writeBytes(piece)
            context.write(wrapOutboundOut(buffer), promise: nil)
        }
        context.flush()
        count()
        return true
    }

    /// Hands the waiting replies to the socket.
    func flushOutput() {
        guard isFlushPlanned, let context else { return }
        isFlushPlanned = false
        let isLarge = output.readableBytes > Self.keptOutputBytes
        context.writeAndFlush(wrapOutboundOut(output), promise: nil)
        if isLarge { output = ByteBuffer() }
        hasSentUncounted = true
        if isLarge || countedBytes > 0 || !session.isAuthenticated { count() }
    }

    /// Sends the waiting replies before the end of the round; false where the client had to be closed.
    private func commitAndFlush() -> Bool {
        guard loop.worker.commit() else {
            closeUncommitted()
            return false
        }
        flushOutput()
        return true
    }

    /// Closes the connection without the waiting replies: what they tell of could not be written to the log.
    func closeUncommitted() {
        isFlushPlanned = false
        output = ByteBuffer()
        if let context { close(context) }
    }

    private func wait(_ milliseconds: Int64, _ context: ChannelHandlerContext) {
        waitingFor = .execution
        updateReading(context)
        context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(milliseconds)) { [weak self] in
            self?.resumeAfterWait()
        }
    }

    /// Hands the requests that wait over again, a little later.
    private func retry(_ milliseconds: Int64, _ context: ChannelHandlerContext) {
        waitingFor = .retry
        updateReading(context)
        context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(milliseconds)) { [weak self] in
            self?.retryAfterWait()
        }
    }

    /// Goes on with the requests that wait once other connections have had their turn.
    private func waitForTurn(_ context: ChannelHandlerContext) {
        waitingFor = .turn
        updateReading(context)
        loop.planTurn(of: self)
    }

    /// Goes on with the requests that have waited.
    func retryAfterWait() {
        waitingFor = nil
        guard let context else { return }
        if isClosing { return closeAfterReplies(context) }
        if stalledSince == nil, pending.readableBytes > 0 { processPending(context) }
        updateReading(context)
        closeIfDone(context)
    }

    private func resumeAfterWait() {
        waitingFor = nil
        guard let context else { return }
        session.resume(&loop.worker.replies)
        guard send(context) else { return }
        if isClosing { return closeAfterReplies(context) }
        if pending.readableBytes > 0 { processPending(context) }
        updateReading(context)
    }
}

// MARK: - Closing

extension ConnectionHandler {
    /// Takes no request any more, and lets the transaction's keys go.
    ///
    /// Before the connection ends: so a client that sees its end, and connects again, never meets the keys that it held
    /// itself.
    private func endSession() {
        isClosing = true
        session.endTransaction()
    }

    func close(_ context: ChannelHandlerContext) {
        endSession()
        context.close(promise: nil)
    }

    /// Closes once what was written has been sent.
    private func closeAfterReplies(_ context: ChannelHandlerContext) {
        endSession()
        closingSince = closingSince ?? loop.worker.server.clock.now()
        guard !isFlushPlanned || commitAndFlush() else { return }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).assumeIsolated().whenComplete { _ in
            context.close(promise: nil)
        }
    }

    /// Closes the connection whose replies were not made, since they have no room.
    ///
    /// Where it is others that leave none, those that hold the most make room for whoever asks next.
    private func closeForOverflow(_ context: ChannelHandlerContext) {
        let (limit, lacksMemory) = (loop.worker.replies.limit, loop.worker.replies.lacksMemory)
        loop.worker.replies.removeAll()
        guard lacksMemory else { return closeForOutput(context, "its replies would take more than \(limit) bytes") }
        closeForOutput(context, "its replies would not fit beside what all clients hold")
        loop.worker.server.clientMemory.want(limit)
    }

    func closeForOutput(_ context: ChannelHandlerContext, _ reason: String) {
        loop.worker.counters.outputCloses &+= 1
        loop.worker.server.logger.warning(
            "client closed: it does not take its replies",
            metadata: ["client": "\(session.client)", "reason": "\(reason)"])
        close(context)
    }

    /// Ends a connection at the server's own end: answers what is under way, then closes.
    func shutDown() {
        guard let context, !isClosing else { return }
        isClosing = true
        if waitingFor == nil { closeAfterReplies(context) }
    }

    /// Ends the connection with a reset, as a proxy does that is switched over.
    func reset() {
        guard let context, !isClosing else { return }
        isFlushPlanned = false
        if let socket = context.channel as? any SocketOptionProvider {
            _ = socket.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        }
        close(context)
    }

    /// Closes the connection if it has been idle, or has left its replies lying, for too long.
    func closeIfOverdue(now: Instant) {
        guard let context else { return }
        let configuration = loop.worker.server.configuration
        let idleTimeout = loop.idleMilliseconds ?? configuration.idleTimeoutMilliseconds
        if let since = stalledSince ?? closingSince,
            now >= since.after(milliseconds: configuration.outputStallMilliseconds)
        {
            let seconds = configuration.outputStallMilliseconds / 1000
            return closeForOutput(context, "it has taken nothing for \(seconds) seconds")
        }
        guard !isClosing, waitingFor == nil, now >= lastActivity.after(milliseconds: idleTimeout)
        else { return }
        loop.worker.counters.idleCloses &+= 1
        loop.worker.server.logger.info("client closed: idle", metadata: ["client": "\(session.client)"])
        close(context)
    }
}
