import Glibc
import TestSupport
import Testing

@testable import ClusterCore

/// What is asked over the admin socket may take as long as it takes, as long as the server is alive.
@Suite(.blocking)
struct AdminPatienceTests {
    /// A server of which a test decides what it answers.
    private final class Listener {
        let path: String
        private let folder: TemporaryFolder
        private let file: UnixSocketFile

        init() throws {
            folder = try TemporaryFolder()
            path = folder.path(to: "admin.sock")
            file = try UnixSocketFile.bind(at: path, mode: S_IRUSR | S_IWUSR, option: "--admin-socket")
        }

        deinit { close(file.descriptor) }

        func accept() -> CInt { Glibc.accept(file.descriptor, nil, nil) }

        static func receive(from connection: CInt) -> String {
            let bytes = [UInt8](unsafeUninitializedCapacity: 1024) { buffer, count in
                count = max(0, recv(connection, buffer.baseAddress, buffer.count, 0))
            }
            return String(decoding: bytes, as: UTF8.self)
        }

        static func send(_ text: String, to connection: CInt) {
            _ = Array(text.utf8).withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, 0) }
        }
    }

    private static let short = AdminClient.Patience(silence: .milliseconds(10), lifeSign: .milliseconds(50))

    @Test func `a reply is waited for while the server answers others`() async throws {
        let listener = try Listener()
        let (path, patience) = (listener.path, AdminClient.Patience(silence: .milliseconds(10)))
        async let reply = Task {
            var client = try AdminClient(path: path, patience: patience)
            return try client.number("SAVE")
        }.value
        let connection = listener.accept()
        #expect(Listener.receive(from: connection).contains("SAVE"))
        for _ in 0..<5 {
            let other = listener.accept()
            #expect(Listener.receive(from: other).contains("PING"))
            Listener.send("+PONG\r\n", to: other)
            close(other)
        }
        Listener.send(":7\r\n", to: connection)
        close(connection)
        #expect(try await reply == 7)
    }

    @Test func `a server that answers nobody is given up`() async throws {
        let listener = try Listener()
        let error = #expect(throws: AdminClient.Failure.self) {
            var client = try AdminClient(path: listener.path, patience: Self.short)
            _ = try client.ask(["SAVE"])
        }
        #expect(error?.description == "the cluster at \(listener.path) does not answer")
    }

    @Test func `a server that ends a connection is told from one that hangs`() async throws {
        let listener = try Listener()
        let path = listener.path
        async let outcome = Task { () -> String? in
            do {
                var client = try AdminClient(path: path)
                _ = try client.ask(["SAVE"])
                return nil
            } catch {
                return "\(error)"
            }
        }.value
        let connection = listener.accept()
        #expect(Listener.receive(from: connection).contains("SAVE"))
        close(connection)
        #expect(await outcome == "the cluster at \(path) has closed the connection")
    }
}
