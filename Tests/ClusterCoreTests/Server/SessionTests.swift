import CommandCatalog
import Logging
import Testing

@testable import ClusterCore

/// The conversation of one client, without a socket: bytes in, bytes out.
@Suite("Session")
struct SessionTests {
    private let worker: Worker

    init() {
        worker = Self.makeWorker()
    }

    private static func makeWorker(_ configure: (inout ServerConfiguration) -> Void = { _ in }) -> Worker {
        var configuration = ServerConfiguration()
        configure(&configuration)
        let clock = Clock(stoppedAt: 1_700_000_000_000)
        let state = ServerState(configuration: configuration, clock: clock, logger: Logger(label: "test"))
        return Worker(server: state, number: 0)
    }

    private static func session(_ worker: Worker) -> Session { Session(worker: worker, client: "127.0.0.1:1") }

    /// What a session answers to bytes that arrive in pieces of `size`; what it does not consume comes again.
    private static func answers(
        _ session: Session, to bytes: [UInt8], piecesOf size: Int
    ) -> (text: String, closes: Bool) {
        var reply = ReplyBuffer(limit: 64 << 20)
        var waiting: [UInt8] = []
        var start = 0
        while start < bytes.count {
            let end = min(start + size, bytes.count)
            waiting += bytes[start..<end]
            start = end
            var next = Session.Next.drain
            while next == .drain || next == .turn, !waiting.isEmpty {
                let result = waiting.withUnsafeBytes { session.process($0, &reply) }
                waiting.removeFirst(result.consumed)
                next = result.next
            }
            if next == .close { return (String(decoding: reply.bytes, as: UTF8.self), true) }
        }
        return (String(decoding: reply.bytes, as: UTF8.self), false)
    }

    private func answer(_ text: String) -> String {
        Self.answers(Self.session(worker), to: Array(text.utf8), piecesOf: .max / 2).text
    }

    /// Requests of every kind: data commands in a row, one with several keys, inline ones, empty ones, errors, a
    /// transaction, and one that is refused.
    private static let conversation: [UInt8] = {
        var text = ""
        for index in 0..<40 { text += "*3\r\n$3\r\nSET\r\n$6\r\nkey:\(10 + index)\r\n$2\r\n\(10 + index)\r\n" }
        text += "*0\r\nMGET key:10 key:49 none\r\n\r\n*2\r\n$4\r\nINCR\r\n$6\r\nkey:10\r\n"
        text +=
            "*1\r\n$5\r\nMULTI\r\n*2\r\n$3\r\nGET\r\n$6\r\nkey:11\r\n*2\r\n$4\r\nINCR\r\n$6\r\nkey:11\r\n*1\r\n$4\r\nEXEC\r\n"
        text += "GET key:11\r\n*2\r\n$4\r\nKEYS\r\n$1\r\n*\r\n*1\r\n$3\r\nGET\r\n*2\r\n$5\r\nLPUSH\r\n$1\r\na\r\n"
        text +=
            "*3\r\n$5\r\nLPUSH\r\n$6\r\nkey:12\r\n$1\r\na\r\n*1\r\n$4\r\nPING\r\n*2\r\n$3\r\nGET\r\n$6\r\nkey:13\r\n"
        return Array(text.utf8)
    }()

    @Test("answers the same however its bytes are cut into pieces", arguments: [1, 2, 3, 7, 16, 100, 1_000])
    func anySplit(size: Int) {
        let whole = Self.answers(Self.session(Self.makeWorker()), to: Self.conversation, piecesOf: .max / 2)
        let split = Self.answers(Self.session(Self.makeWorker()), to: Self.conversation, piecesOf: size)
        #expect(split.text == whole.text)
        #expect(
            whole.text.hasPrefix(
                String(repeating: "+OK\r\n", count: 40) + "*3\r\n$2\r\n10\r\n$2\r\n49\r\n$-1\r\n:11\r\n+OK\r\n"))
        #expect(whole.text.hasSuffix("+PONG\r\n$2\r\n13\r\n"))
    }

    @Test("a password asked for by one request lets the next of the same read in")
    func authenticationInPipeline() {
        let worker = Self.makeWorker { $0.password = Array("secret".utf8) }
        let text = Self.answers(
            Self.session(worker), to: Array("GET a\r\nAUTH wrong\r\nAUTH secret\r\nGET a\r\n".utf8), piecesOf: 1_000
        ).text
        #expect(
            text == "-NOAUTH Authentication required.\r\n-ERR invalid password\r\n+OK\r\n$-1\r\n")
    }

    @Test("a batch whose replies are too many is broken off, and gone on with where it was")
    func breaksOff() {
        let session = Self.session(worker)
        let value = String(repeating: "v", count: 400_000)
        _ = Self.answers(
            session, to: Array("*3\r\n$3\r\nSET\r\n$1\r\na\r\n$400000\r\n\(value)\r\n".utf8), piecesOf: .max / 2)
        let requests = Array((String(repeating: "*2\r\n$3\r\nGET\r\n$1\r\na\r\n", count: 20) + "*2\r\n$3\r\nGE").utf8)
        var reply = ReplyBuffer(limit: 64 << 20)
        var consumed = 0
        var rounds = 0
        var next = Session.Next.drain
        while next == .drain || next == .turn {
            let result = requests[consumed...].withUnsafeBytes { session.process($0, &reply) }
            consumed += result.consumed
            next = result.next
            rounds += 1
        }
        let count = reply.count
        #expect(count == 20 * ("$400000\r\n".utf8.count + 400_000 + 2))
        #expect(rounds > 3, "nothing was broken off")
        #expect(consumed == requests.count - "*2\r\n$3\r\nGE".utf8.count)
    }

    @Test("a key of 127 bytes is taken and one of 128 refused, in every place")
    func keySizes() {
        let longest = String(repeating: "k", count: 127)
        #expect(answer("SET \(longest) v\r\n") == "+OK\r\n")
        let refusal = "-ERR key is 128 bytes, the limit is 127\r\n"
        #expect(answer("GET \(longest)k\r\n") == refusal)
        #expect(answer("MSET a 1 \(longest)k 2\r\nGET a\r\n") == refusal + "$-1\r\n")
        #expect(answer("ZUNIONSTORE d 2 a \(longest)k\r\n") == refusal)
        #expect(answer("BITOP NOT \(longest)k a\r\n") == refusal)
        #expect(worker.server.ledger.contents.sizes.first?.largestBytes == 128)
    }

    @Test("refusals are counted by verdict, command and client")
    func countsRefusals() {
        _ = answer("KEYS *\r\nKEYS *\r\nGETDEL a\r\nSET k v KEEPTTL\r\nNOSUCH\r\nCLIENT LIST\r\n")
        let refusals = worker.server.ledger.contents.refusals
        let counted = refusals.map { "\($0.verdict.label) \($0.command) \($0.count)" }
        #expect(
            counted == [
                "refused KEYS 2", "newer GETDEL 1", "newer-argument SET KEEPTTL 1", "unknown NOSUCH 1",
                "refused CLIENT LIST 1",
            ])
        #expect(refusals.first?.clients == ["127.0.0.1:1": 2])
    }
}
