import CommandCatalog
import TestSupport

/// Random requests of all supported commands, sent to a cluster.
struct RandomStream {
    private var generator: RequestGenerator
    private let client: TestClient

    init(_ random: SeededGenerator, _ client: TestClient) {
        generator = RequestGenerator(random)
        self.client = client
    }

    /// Sends so many blocks of requests and reads the replies.
    mutating func run(_ blocks: Int) throws {
        for _ in 0..<blocks {
            let block = generator.next()
            for request in block { try client.send(request.arguments) }
            for request in block {
                let reply = try client.reply()
                if request.command == "DUMP", let payload = reply.bytes { generator.arguments.payloads = [payload] }
            }
        }
    }
}
