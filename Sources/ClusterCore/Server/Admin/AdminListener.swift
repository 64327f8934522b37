import Glibc
import NIOCore
import NIOPosix

/// The admin socket of a running server, with a thread of its own, so that nothing asked there holds up a client's
/// connection.
final class AdminListener: Sendable {
    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel
    private let file: UnixSocketFile
    private let events: EventList

    private init(
        group: MultiThreadedEventLoopGroup, channel: any Channel, file: UnixSocketFile, events: EventList
    ) {
        self.group = group
        self.channel = channel
        self.file = file
        self.events = events
    }

    var path: String { file.path }

    /// Connections at once; one more is closed as soon as it is made.
    static let mostConnections = 256

    /// Opens the socket at `path`; nothing is left behind where that fails.
    static func start(at path: String, _ context: AdminContext) async throws -> AdminListener {
        let file = try UnixSocketFile.bind(at: path, mode: S_IRUSR | S_IWUSR, option: "--admin-socket")
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let places = ConnectionPlaces(Self.mostConnections)
        do {
            let channel = try await ServerBootstrap(group: group)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        guard places.take() else {
                            _ = channel.close()
                            return
                        }
                        channel.closeFuture.whenComplete { _ in places.giveBack() }
                        try channel.pipeline.syncOperations.addHandler(AdminConnection(context))
                    }
                }
                .withBoundSocket(file.descriptor).get()
            return AdminListener(group: group, channel: channel, file: file, events: context.state.events)
        } catch {
            file.remove()
            try? await group.shutdownGracefully()
            throw StartError("cannot listen on \(path): \(error)")
        }
    }

    /// Removes the socket's file.
    func removeFile() { file.remove() }

    /// Closes the socket and its connections, and removes the file; who follows the events is told.
    func stop() async {
        file.remove()
        try? await channel.close()
        events.end()
        // What `end` has given the loop to do has been done when this is.
        try? await group.any().submit {}.get()
        try? await group.shutdownGracefully()
    }
}
