import NIOCore
import WireFormats

/// The events as a stream on one connection of the admin socket.
///
/// Nothing is queued for it: it has the number of the last event that it has written, and takes the next ones from the
/// list as long as the connection takes bytes. A reader that is so slow that events are gone from the list before it
/// could have them is told so in a last line. The stream ends in a status where the server ends, in an error where
/// something is missing.
final class EventStream {
    private let events: EventList
    /// The number of the last event that was written.
    private var last: Int
    private var isOver = false

    /// A stream of the events behind the one with a number, as far as they are kept.
    init(_ events: EventList, after number: Int) {
        self.events = events
        last = max(number, events.after(number).oldest - 1)
    }

    /// Begins to write to a connection: `OK` first, then the events.
    func start(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let eventLoop = context.eventLoop
        events.follow(ObjectIdentifier(self)) {
            eventLoop.execute {
                let (stream, context) = bound.value
                stream.write(context)
            }
        }
        write(.ok, context, promise: nil)
        write(context)
    }

    /// Ends it: nothing more is written.
    func stop() {
        isOver = true
        events.unfollow(ObjectIdentifier(self))
    }

    /// Writes what there is to write, as far as the connection takes it.
    ///
    /// A write may lead back here, when the connection says that it takes no more, or more again: what is written is
    /// noted before.
    func write(_ context: ChannelHandlerContext) {
        while !isOver, context.channel.isWritable {
            let page = events.after(last)
            guard page.oldest <= last + 1 else { return end(Self.tooSlow(last + 1, page.oldest - 1), context) }
            guard let event = page.events.first else {
                if page.isEnded { end(Self.ended, context) }
                return
            }
            let batch = page.events.prefix(Self.batch)
            last = event.number + batch.count - 1
            write(batch, context)
        }
    }

    /// So many events are written before it is looked whether the connection takes more.
    private static let batch = 50

    private func write(_ events: ArraySlice<EventList.Event>, _ context: ChannelHandlerContext) {
        var bytes: [UInt8] = []
        for event in events { AdminReport.Event(event).fields.reply.append(to: &bytes) }
        context.writeAndFlush(NIOAny(ByteBuffer(bytes: bytes)), promise: nil)
    }

    private func end(_ line: Reply, _ context: ChannelHandlerContext) {
        stop()
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        write(line, context, promise: written)
    }

    private func write(_ line: Reply, _ context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        var bytes: [UInt8] = []
        line.append(to: &bytes)
        context.writeAndFlush(NIOAny(ByteBuffer(bytes: bytes)), promise: promise)
    }

    private static let ended = Reply.status(Array("END the server is ending".utf8))

    private static func tooSlow(_ first: Int, _ last: Int) -> Reply {
        .failure("the reader is too slow: events \(first) to \(last) are not kept any more: ask anew with FOLLOW")
    }
}
