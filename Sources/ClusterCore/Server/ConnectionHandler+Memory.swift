import Logging
import NIOCore

/// What a connection holds, counted where it may have become much.
extension ConnectionHandler {
    /// The replies that a client may leave lying that has not given the password.
    private static let unauthenticatedOutputBytes = 64 * 1024

    /// The bytes of replies that were handed to the socket and that it has not taken.
    private var unsentBytes: Int {
        guard let context else { return 0 }
        return (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    /// Counts anew what the connection holds; may close it, or others that hold more.
    func count() {
        guard let context else { return }
        hasSentUncounted = false
        let unsent = unsentBytes
        let pendingBytes = pending.readableBytes > 0 ? pending.storageCapacity : 0
        note(unsent + pendingBytes + session.heldBytes)
        if unsent > Self.unauthenticatedOutputBytes, !session.isAuthenticated {
            closeForOutput(context, "it has not given the password")
        }
    }

    /// Counts anew where something may have come together unseen.
    func countIfChanged() {
        if hasSentUncounted || countedBytes > 0 { count() }
    }

    /// Counts the connection as one that holds nothing.
    func countNothing() { note(0) }

    private func note(_ bytes: Int) {
        let difference = bytes - countedBytes
        guard difference != 0 else { return }
        countedBytes = bytes
        loop.worker.server.clientMemory.change(loop.memoryShare, by: difference)
    }

    /// Closes the connection since all connections together hold too much.
    func closeForMemory() {
        guard let context else { return }
        loop.worker.counters.memoryCloses &+= 1
        loop.worker.server.logger.warning(
            "client closed: all clients together hold too much",
            metadata: [
                "client": "\(session.client)", "bytes": "\(countedBytes)",
                "limit": "\(loop.worker.server.clientMemory.limit)",
            ])
        close(context)
    }
}
