import Logging
import Testing

@testable import ClusterCore

/// Keys that a connection has watched are let go in pieces: nobody waits for all of them.
@Suite struct WatchReleaseTests {
    private let worker: Worker
    private let session: Session

    init() {
        let clock = Clock(stoppedAt: 1_700_000_000_000)
        let state = ServerState(configuration: ServerConfiguration(), clock: clock, logger: Logger(label: "test"))
        worker = Worker(server: state, number: 0)
        worker.planReleases = {}
        session = Session(worker: worker, client: "127.0.0.1:1")
    }

    @discardableResult
    private func answer(_ text: String, _ session: Session? = nil) -> String {
        var reply = ReplyBuffer(limit: 1 << 20)
        let bytes = Array(text.utf8)
        var start = 0
        var next = Session.Next.turn
        while next == .turn || next == .drain {
            let result = bytes[start...].withUnsafeBytes { (session ?? self.session).process($0, &reply) }
            (start, next) = (start + result.consumed, result.next)
        }
        return String(decoding: reply.bytes, as: UTF8.self)
    }

    private func watch(_ count: Int, _ session: Session? = nil) {
        for first in stride(from: 0, to: count, by: 100) {
            let names = (first..<min(first + 100, count)).map { "k\($0)" }
            answer("WATCH \(names.joined(separator: " "))\r\n", session)
        }
    }

    private var watchedSomewhere: Bool {
        (0..<worker.server.cluster.shards.count).contains { !worker.server.cluster.shards[$0].pointee.watches.isEmpty }
    }

    @Test func `few keys are let go at once`() {
        watch(WatchedKeys.mostUndivided)
        answer("UNWATCH\r\n")
        #expect(worker.watchReleases.isEmpty)
        #expect(!watchedSomewhere)
    }

    @Test func `of many no step lets go more than a piece, and in the end all are gone`() {
        let count = 20_000
        watch(count)
        #expect(session.watchedKeys.count == count)
        let bytes = session.watchedKeys.byteCount
        session.endTransaction()
        #expect(session.watchedKeys.count == 0 && session.heldBytes < bytes)
        #expect(worker.watchReleases.byteCount == bytes, "what is still held is not counted")
        var steps = 0
        var last = bytes
        while !worker.watchReleases.isEmpty {
            worker.releaseSome()
            steps += 1
            #expect(worker.watchReleases.byteCount < last)
            last = worker.watchReleases.byteCount
        }
        #expect(steps > count / (2 * WatchReleases.keysPerStep))
        #expect(worker.watchReleases.byteCount == 0)
        #expect(!watchedSomewhere)
    }

    @Test func `a WATCH that is still to be let go breaks no later transaction, a new one of the same key does`() {
        watch(5_000)
        answer("UNWATCH\r\n")
        let other = Session(worker: worker, client: "127.0.0.1:2")
        answer("SET k7 1\r\n", other)
        #expect(answer("WATCH k8\r\nMULTI\r\nGET k7\r\nEXEC\r\n").hasSuffix("*1\r\n$1\r\n1\r\n"))
        answer("WATCH k9\r\n")
        // Letting the old ones go does not take the new one with it.
        while !worker.watchReleases.isEmpty { worker.releaseSome() }
        answer("SET k9 1\r\n", other)
        #expect(answer("MULTI\r\nGET k7\r\nEXEC\r\n").hasSuffix("*-1\r\n"))
    }

    @Test func `of many watchers each is found by what it is`() {
        var table = WatchTable()
        let states = (0..<1_000).map { _ in WatchState() }
        Bytes.with("k") { key in
            let hash = KeyHash.hash(key)
            for state in states + states { table.add(state, to: key, hash: hash) }
            for state in states[500...] { table.remove(state, from: key, hash: hash) }
            table.touch(key, hash: hash)
            #expect(states[..<500].allSatisfy(\.isBroken) && !states[500...].contains(where: \.isBroken))
            for state in states[..<500] { table.remove(state, from: key, hash: hash) }
        }
        let isEmpty = table.isEmpty
        #expect(isEmpty)
    }
}
