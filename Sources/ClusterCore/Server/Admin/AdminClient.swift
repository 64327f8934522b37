import CommandCatalog
import Glibc
public import WireFormats

/// The other end of the admin socket: asks a running server and waits for each answer.
///
/// Blocking, over one connection, for a program that does nothing else meanwhile. A value that closes its connection at
/// its end.
public struct AdminClient: ~Copyable {
    let descriptor: CInt
    private let path: String
    private let patience: Patience
    private var decoder = ReplyDecoder()

    /// Why the server could not be asked: one line that says what and what to do.
    public struct Failure: Error, CustomStringConvertible, Sendable {
        /// What is wrong, where, and what to do.
        public let description: String
        /// Whether nothing listens at the path: no server runs there.
        public let isAbsent: Bool
        /// Whether the server has answered, with an error.
        public var isAnswer = false
    }

    /// How long a server may take that has much to do, and one that has nothing to do.
    ///
    /// A copy of all keys takes as long as it takes: a reply is waited for while the server answers others.
    struct Patience {
        /// After so long without an answer the server is asked on another connection whether it is alive.
        var silence = Duration.seconds(10)
        /// A server that does not answer that for so long is given up.
        var lifeSign = Duration.seconds(20)
    }

    /// Connects to the admin socket at `path`.
    ///
    /// - Throws: `Failure` where nothing listens there or the file may not be used.
    public init(path: String) throws(Failure) { try self.init(path: path, patience: Patience()) }

    /// The same, with another patience.
    init(path: String, patience: Patience) throws(Failure) {
        self.path = path
        self.patience = patience
        guard let address = UnixSocketFile.address(of: path) else {
            throw Failure(description: "\(path) is not the path of a socket", isAbsent: false)
        }
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Self.failure("cannot make a socket", errno) }
        Self.setLimit(patience.lifeSign, SO_SNDTIMEO, descriptor)
        guard UnixSocketFile.connectOrBind(Glibc.connect, descriptor, address) == 0 else {
            let code = errno
            close(descriptor)
            if code == EAGAIN { throw Self.silent(path) }
            if code == ENOENT || code == ECONNREFUSED {
                throw Failure(description: "no cluster answers at \(path): is it running?", isAbsent: true)
            }
            throw Self.failure("cannot connect to \(path)", code)
        }
        self.descriptor = descriptor
        setReceiptLimit(patience.silence)
    }

    /// Sets how long the system waits for bytes of the server; zero is any time.
    func setReceiptLimit(_ limit: Duration) { Self.setLimit(limit, SO_RCVTIMEO, descriptor) }

    private static func setLimit(_ limit: Duration, _ option: CInt, _ descriptor: CInt) {
        let (seconds, attoseconds) = limit.components
        var time = timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
        setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(descriptor)
    }

    private static func failure(_ what: String, _ code: CInt) -> Failure {
        Failure(description: "\(what): \(UnixSocketFile.systemMessage(code))", isAbsent: false)
    }

    private static func silent(_ path: String) -> Failure {
        Failure(description: "the cluster at \(path) does not answer", isAbsent: true)
    }
}

// MARK: - Commands

extension AdminClient {
    /// The server itself.
    public mutating func server() throws(Failure) -> AdminReport.Server {
        AdminReport.Server(try fields("INFO"))
    }

    /// The shards, in their order.
    public mutating func shards() throws(Failure) -> [AdminReport.Shard] {
        try list("TOPOLOGY").map(AdminReport.Shard.init)
    }

    /// What was counted since the start.
    public mutating func counters() throws(Failure) -> AdminReport.Counters {
        AdminReport.Counters(try fields("COUNTERS"))
    }

    /// The connected clients, in the order in which they came.
    public mutating func clients() throws(Failure) -> [AdminReport.Client] {
        try list("CLIENTS").map(AdminReport.Client.init)
    }

    /// What the contract refused.
    public mutating func refusals() throws(Failure) -> AdminReport.Refusals {
        let commands = try fields("REFUSALS")
        let sizes = try fields("SIZES")
        var refusals = AdminReport.Refusals()
        refusals.commands = commands.list("commands").compactMap(AdminFields.init).map(AdminReport.Refusal.init)
        refusals.greetings = commands.list("greetings").compactMap(AdminFields.init).map(AdminReport.Greeting.init)
        refusals.otherCommands = commands.integer("other-commands")
        refusals.sizes = sizes.list("sizes").compactMap(AdminFields.init).map(AdminReport.SizeViolation.init)
        refusals.otherSizes = sizes.integer("other-sizes")
        return refusals
    }

    /// Forgets what the contract refused so far.
    public mutating func resetRefusals() throws(Failure) { _ = try ask(["RESET"]) }

    /// Some keys of a shard, from a cursor on; begin with 0.
    public mutating func keys(
        ofShard shard: Int, from cursor: UInt64, count: Int = 100
    ) throws(Failure) -> AdminReport.KeyPage {
        AdminReport.KeyPage(try fields("SCAN", String(shard), String(cursor), "COUNT", String(count)))
    }

    /// The nodes of all shards.
    public mutating func nodes() throws(Failure) -> [AdminReport.Node] {
        try list("NODES").map(AdminReport.Node.init)
    }

    /// What has happened to nodes and logs, behind the event with this number.
    public mutating func events(after number: Int = 0) throws(Failure) -> [AdminReport.Event] {
        try events("EVENTS", String(number))
    }

    /// So many of the last events.
    public mutating func lastEvents(_ count: Int) throws(Failure) -> [AdminReport.Event] {
        try events("EVENTS", "LAST", String(count))
    }

    private mutating func events(_ words: String...) throws(Failure) -> [AdminReport.Event] {
        guard case .array(let elements) = try ask(words) else { throw unexpected("EVENTS") }
        return elements.compactMap(AdminFields.init).map(AdminReport.Event.init)
    }

    /// The faults that are in force.
    public mutating func faults() throws(Failure) -> [AdminReport.Fault] {
        guard case .array(let elements) = try ask(["FAULT", "LIST"]) else { throw unexpected("FAULT") }
        return elements.compactMap(AdminFields.init).map(AdminReport.Fault.init)
    }

    /// The acknowledged writes that failovers have lost, and how many more there were than are listed.
    public mutating func losses() throws(Failure) -> (list: [AdminReport.Loss], others: Int) {
        let fields = try fields("LOSSES")
        return (
            fields.list("losses").compactMap(AdminFields.init).map(AdminReport.Loss.init), fields.integer("others")
        )
    }

    /// Sends a request whose answer is a number.
    public mutating func number(_ words: String...) throws(Failure) -> Int {
        guard case .integer(let number) = try ask(words) else { throw unexpected(words[0]) }
        return Int(number)
    }

    /// Removes all keys; returns how many there were.
    public mutating func flushAll() throws(Failure) -> Int {
        guard case .integer(let keys) = try ask(["FLUSHALL"]) else { throw unexpected("FLUSHALL") }
        return Int(keys)
    }
}

// MARK: - What can be asked

extension AdminClient {
    /// The names of the commands, in small letters.
    public static let commandNames = AdminCommand.all.map { $0.name.lowercased() }

    /// How a command is written, where it cannot have as many arguments as it has in `words`; nil where it can.
    public static func correctUsage(of words: [String]) -> String? {
        guard let command = words.first.flatMap(AdminCommand.named) else { return nil }
        return command.arguments.contains(words.count - 1) ? nil : command.usage
    }
}

// MARK: - Asking

extension AdminClient {
    /// Sends a request and waits for its reply.
    ///
    /// The reply is waited for as long as the server shows on another connection that it is alive.
    ///
    /// - Throws: `Failure` where the connection breaks, the server hangs, or the reply is an error.
    public mutating func ask(_ words: [String]) throws(Failure) -> Reply {
        try send(RequestEncoder.encode(words.map { Array($0.utf8) }))
        while true {
            guard let reply = try nextReply() else {
                try receive()
                continue
            }
            if case .error(let line) = reply {
                throw failure(answered: line, isAnswer: true)
            }
            return reply
        }
    }

    /// The failure that a line of error is.
    func failure(answered line: [UInt8], isAnswer: Bool) -> Failure {
        let text = String(decoding: line, as: UTF8.self)
        let answer = text.hasPrefix("ERR ") ? String(text.dropFirst(4)) : text
        return Failure(description: "the cluster at \(path) answered: \(answer)", isAbsent: false, isAnswer: isAnswer)
    }

    private mutating func fields(_ words: String...) throws(Failure) -> AdminFields {
        guard let fields = AdminFields(try ask(words)) else { throw unexpected(words[0]) }
        return fields
    }

    private mutating func list(_ word: String) throws(Failure) -> [AdminFields] {
        guard case .array(let elements) = try ask([word]) else { throw unexpected(word) }
        return elements.compactMap(AdminFields.init)
    }

    func unexpected(_ word: String) -> Failure {
        Failure(
            description: "what listens at \(path) answers \(word) in no way that is known: is it a cluster of this "
                + "program's version?", isAbsent: false)
    }

    /// A reply that has come whole; nil where none has.
    mutating func nextReply() throws(Failure) -> Reply? {
        do {
            return try decoder.next()
        } catch {
            throw unexpected("a request")
        }
    }

    private func send(_ bytes: [UInt8]) throws(Failure) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.send(descriptor, buffer.baseAddress.map { $0 + sent }, buffer.count - sent, CInt(MSG_NOSIGNAL))
            }
            if count < 0 && errno == EINTR { continue }
            if count < 0 && errno == EAGAIN { throw Self.silent(path) }
            guard count > 0 else { throw Self.failure("the cluster at \(path) is gone", errno) }
            sent += count
        }
    }

    /// Waits for some bytes.
    mutating func receive() throws(Failure) {
        var code: CInt = 0
        let buffer = [UInt8](unsafeUninitializedCapacity: 64 * 1024) { buffer, initialized in
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            code = count < 0 ? errno : 0
            initialized = max(0, count)
        }
        switch code {
        case 0 where !buffer.isEmpty: decoder.append(buffer)
        case EINTR: break
        case EAGAIN: try awaitLifeSign()
        default: throw Failure(description: "the cluster at \(path) has closed the connection", isAbsent: true)
        }
    }

    /// Waits until the server has answered something on another connection.
    private func awaitLifeSign() throws(Failure) {
        // One that hangs still takes connections: the system does that for it.
        guard patience.silence != .zero else { throw Self.silent(path) }
        var other = try AdminClient(path: path, patience: Patience(silence: .zero, lifeSign: patience.lifeSign))
        other.setReceiptLimit(patience.lifeSign)
        _ = try other.ask(["PING"])
    }
}
