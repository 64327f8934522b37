import CommandCatalog
import NIOCore

/// What the commands of the admin socket may look at: the server's shared state and its event loops.
struct AdminContext: Sendable {
    let state: ServerState
    let loops: [NIOLoopBound<LoopState>]
    /// The port that clients connect to.
    let port: Int?
    let startedAt = ContinuousClock.now

    /// Asks every event loop for something, each on its own thread, and gathers the answers on `eventLoop`.
    func askLoops<Answer: Sendable>(
        on eventLoop: any EventLoop, _ question: @escaping @Sendable (LoopState) -> Answer
    ) -> EventLoopFuture<[Answer]> {
        let answers = loops.map { loop in
            loop.eventLoop.submit { question(loop.value) }
        }
        return EventLoopFuture.whenAllSucceed(answers, on: eventLoop)
    }
}
