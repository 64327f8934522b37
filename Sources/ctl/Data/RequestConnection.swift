import ServerClient
import WireFormats

/// Requests to a server and their replies, which come in order; a server that cannot be reached, or is gone, ends the
/// program.
final class RequestConnection {
    /// What the server is called in messages.
    let name: String
    private let connection: ServerConnection
    private var decoder = ReplyDecoder()

    /// How long a server may take for an answer.
    private static let patience = Duration.seconds(30)

    init(_ address: ServerAddress) throws(Failure) {
        name = address.name
        do throws(ServerConnection.Failure) {
            connection = try ServerConnection(address)
        } catch {
            throw Self.unreachable(error)
        }
    }

    /// Sends requests as they are on the wire.
    func send(_ bytes: [UInt8]) throws(Failure) {
        do throws(ServerConnection.Failure) {
            try connection.send(bytes)
        } catch {
            throw Self.unreachable(error)
        }
    }

    /// Waits for bytes that are no reply, such as the file that follows SYNC; never empty.
    func receive() throws(Failure) -> [UInt8] {
        try ReadingInterrupt.shared.waitForBytes(connection.descriptor, name, atMost: Self.patience)
        do throws(ServerConnection.Failure) {
            return try connection.receive()
        } catch {
            throw Self.unreachable(error)
        }
    }

    /// Waits for the next reply.
    func next() throws(Failure) -> Reply {
        while true {
            let reply: Reply?
            do {
                reply = try decoder.next()
            } catch {
                throw Failure("\(name) answers in no way that is known: is it a cluster?", .unreachable)
            }
            if let reply { return reply }
            decoder.append(try receive())
        }
    }

    /// Sends a request and waits for its reply.
    func ask(_ words: [[UInt8]]) throws(Failure) -> Reply {
        try send(RequestEncoder.encode(words))
        return try next()
    }

    /// Gives the user and the password of an address, if it has one.
    func authenticate(_ address: ServerAddress) throws(Failure) {
        guard let password = address.password else { return }
        let words = ["AUTH"] + (address.user.map { [$0] } ?? []) + [password]
        if case .error(let line) = try ask(words.map { Array($0.utf8) }) {
            let answer = Quantity.printable(line, longest: 80)
            throw Failure("\(name) does not accept the password: \(answer)", .unreachable)
        }
    }

    /// Whether an error says that a password is missing.
    static func asksForPassword(_ line: some StringProtocol) -> Bool {
        line.hasPrefix("NOAUTH") || line.hasPrefix("ERR operation not permitted")
    }

    /// What to do then, behind the server's name.
    static let passwordAdvice = "asks for a password: give it with --source-password-file, or in the URL"

    private static func unreachable(_ failure: ServerConnection.Failure) -> Failure {
        Failure("\(failure): is a server running there?", .unreachable)
    }
}
