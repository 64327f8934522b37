import Dispatch
import Foundation
import Glibc
import Synchronization
import Testing

@testable import ServerClient

@Suite struct ServerConnectionTests {
    /// A listener on a free port of the loopback whose queue is full: the system answers no further connection until
    /// somebody is taken from the queue.
    private final class FullListener: Sendable {
        let descriptor: Int32
        let port: UInt16
        private let waiting: [Int32]

        init() throws {
            let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            descriptor = listener
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let status = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                    bind(listener, generic, length) == 0 && listen(listener, 0) == 0
                        && getsockname(listener, generic, &length) == 0
                }
            }
            port = UInt16(bigEndian: address.sin_port)
            waiting = (0..<4).map { _ in
                let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
                withUnsafePointer(to: address) { pointer in
                    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = connect(client, $0, length) }
                }
                return client
            }
            try #require(status, "no port to listen on")
        }

        deinit {
            for client in waiting { close(client) }
            close(descriptor)
        }

        /// Takes somebody from the queue, if anybody is there.
        func takeOne() {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, 10) == 1 else { return }
            close(accept(descriptor, nil, nil))
        }
    }

    private enum Ending: Equatable {
        case connected
        case failed(code: Int32)
    }

    /// What the thread that connects and the test tell each other.
    private final class Shared: Sendable {
        let thread = Mutex<pthread_t?>(nil)
        let ending = Mutex<Ending?>(nil)
        /// Keeps the thread there for as long as it may be sent signals.
        let over = DispatchSemaphore(value: 0)
    }

    /// How a connection to a listener ends while its thread is sent one signal after the other.
    ///
    /// - Parameter isTaking: whether somebody is taken from the listener's queue, which is looked at before each signal.
    private func ending(
        at listener: FullListener, patience: Int, isTaking: (_ signals: Int) -> Bool
    ) -> Ending? {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in }
        sigaction(SIGUSR2, &action, nil)
        let state = Shared()
        let connecting = Thread { [port = listener.port] in
            state.thread.withLock { $0 = pthread_self() }
            let ending: Ending
            do throws(ServerConnection.Failure) {
                _ = try ServerConnection(ServerAddress(.tcp(host: "127.0.0.1", port: port)), patience: patience)
                ending = .connected
            } catch {
                ending = .failed(code: error.code)
            }
            state.ending.withLock { $0 = ending }
            state.over.wait()
        }
        connecting.start()
        var signals = 0
        while state.ending.withLock({ $0 }) == nil {
            if isTaking(signals) { listener.takeOne() } else { usleep(5_000) }
            if let thread = state.thread.withLock({ $0 }) {
                signals += 1
                pthread_kill(thread, SIGUSR2)
            }
        }
        state.over.signal()
        return state.ending.withLock { $0 }
    }

    @Test func `A connection that signals interrupt is made all the same`() throws {
        // The first signals come while nothing can be answered, so that they meet the call.
        let outcome = ending(at: try FullListener(), patience: 20) { $0 >= 20 }
        #expect(outcome == .connected)
    }

    @Test func `Whoever does not want to wait ends a connection that is being made`() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { ends.forEach { close($0) } }
        let listener = try FullListener()
        let start = ContinuousClock.now
        let cancellation = ServerConnection.Cancellation(descriptor: ends[0]) { .now > start + .milliseconds(50) }
        try #require(write(ends[1], "x", 1) == 1)
        let failure = #expect(throws: ServerConnection.Failure.self) {
            _ = try ServerConnection(
                ServerAddress(.tcp(host: "127.0.0.1", port: listener.port)), patience: 20, cancellation: cancellation)
        }
        // One that takes no notice of it ends with another code when its patience is over.
        #expect(failure?.code == ECANCELED)
    }

    @Test func `Signals do not lengthen the time that a connection may take`() throws {
        let start = ContinuousClock.now
        // After thirty times the patience the listener answers, so that a connection that waits for ever is made.
        let outcome = ending(at: try FullListener(), patience: 1) { _ in .now > start + .seconds(30) }
        #expect(outcome == .failed(code: ETIMEDOUT))
    }
}
