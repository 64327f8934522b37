import CEditLine
import Glibc
import ServerClient
import WireFormats

/// The connection of a session: made when it is needed, made again when it is lost, and never asked twice.
final class ReplConnection {
    /// Why there is no reply.
    enum Problem: Error {
        /// No server answers; the line says where and why.
        case unreachable(String)
        /// The connection ended before the reply came: whether the request was carried out is not known.
        case lost
        /// The person at the terminal did not want to wait.
        case interrupted
        /// What came is no reply.
        case garbled
    }

    private final class Link {
        let socket: ServerConnection
        var decoder = ReplyDecoder()

        init(_ address: ServerAddress) throws(ServerConnection.Failure) {
            let interrupt = ServerConnection.Cancellation(descriptor: editline_interrupt_descriptor()) {
                editline_was_interrupted() != 0
            }
            socket = try ServerConnection(address, patience: 10, cancellation: interrupt)
        }
    }

    let address: ServerAddress
    private var link: Link?
    /// The arguments of the AUTH that was accepted last, or is to be sent first.
    var credentials: [[UInt8]]?
    /// The database that is chosen.
    var database: Int
    /// What the server had to say against AUTH or SELECT when the connection was made.
    private(set) var objections: [String] = []

    init(_ address: ServerAddress, password: [UInt8]?) {
        self.address = address
        database = address.database
        if let password {
            credentials = address.user.map { [Array($0.utf8), password] } ?? [password]
        }
    }

    var isConnected: Bool { link != nil }

    func close() { link = nil }

    /// Whether the other end has closed the connection while nothing was asked.
    ///
    /// A connection that is known to be closed is let go: a request that has not been sent may be sent to a new one.
    func noticeClose() -> Bool {
        guard let link else { return false }
        var byte: UInt8 = 0
        let count = recv(link.socket.descriptor, &byte, 1, CInt(MSG_PEEK) | CInt(MSG_DONTWAIT))
        guard count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) else { return false }
        self.link = nil
        return true
    }

    /// Connects, and repeats AUTH and SELECT; does nothing where there is a connection.
    func connect() throws(Problem) {
        guard link == nil else { return }
        do throws(ServerConnection.Failure) {
            link = try Link(address)
        } catch {
            // The look-up of a name ends with nothing else.
            if error.code == ECANCELED || editline_was_interrupted() != 0 { throw .interrupted }
            let reason = error.description.split(separator: ": ").last.map(String.init) ?? error.description
            throw .unreachable("Could not connect to Redis at \(address.name): \(reason)")
        }
        objections = []
        if let credentials { _ = try greet([Array("AUTH".utf8)] + credentials, "AUTH") }
        guard database != 0 else { return }
        let isChosen = try greet([Array("SELECT".utf8), Array(String(database).utf8)], "SELECT \(database)")
        if !isChosen { database = 0 }
    }

    /// Sends what a new connection needs; false where the server has something to say against it.
    private func greet(_ request: [[UInt8]], _ name: String) throws(Problem) -> Bool {
        guard case .error(let text) = try ask(request) else { return true }
        objections.append("\(name) failed: \(String(decoding: text, as: UTF8.self))")
        return false
    }

    /// Sends a request and waits for its reply; the connection is gone after every problem.
    func ask(_ request: [[UInt8]]) throws(Problem) -> Reply {
        guard let link else { throw .lost }
        do throws(ServerConnection.Failure) {
            try link.socket.send(RequestEncoder.encode(request))
        } catch {
            self.link = nil
            throw error.code == ECANCELED ? .interrupted : .lost
        }
        return try receive()
    }

    /// Waits for the next reply.
    func receive() throws(Problem) -> Reply {
        guard let link else { throw .lost }
        do throws(Problem) {
            while true {
                let decoded: Reply?
                do { decoded = try link.decoder.next() } catch { throw Problem.garbled }
                if let decoded { return decoded }
                try Self.wait(link.socket.descriptor)
                try Self.read(link)
            }
        } catch {
            self.link = nil
            throw error
        }
    }

    private static func wait(_ descriptor: CInt) throws(Problem) {
        while true {
            var waiting = [
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: editline_interrupt_descriptor(), events: Int16(POLLIN), revents: 0),
            ]
            let count = poll(&waiting, 2, -1)
            if count < 0, errno != EINTR { throw .lost }
            if editline_was_interrupted() != 0 { throw .interrupted }
            if count > 0, waiting[0].revents != 0 { return }
        }
    }

    private static func read(_ link: Link) throws(Problem) {
        let chunk = [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
            count = (try? link.socket.receive(into: UnsafeMutableRawBufferPointer(buffer))) ?? 0
        }
        guard !chunk.isEmpty else { throw .lost }
        link.decoder.append(chunk)
    }
}
