public import CommandCatalog
import Presentation

/// What the contract refused while the server ran: by command and client, and the sizes that were exceeded by key.
///
/// Bounded: past its limits, new commands, clients and keys are counted together.
public final class RefusalLedger: Sendable {
    /// A command that was refused, with the verdict.
    public struct Refusal: Sendable {
        /// The command in capitals, with its subcommand; for an unknown one as it was sent, made printable.
        public let command: String
        /// The verdict on the first of them.
        public let verdict: Verdict
        /// How often it was refused.
        public internal(set) var count: UInt64
        /// The first key, or first argument, that was sent with it.
        public let firstArgument: [UInt8]?
        /// How often by each client; the name is an address.
        public internal(set) var clients: [String: UInt64]
    }

    /// A key, or the value under one, that was too large.
    public struct SizeViolation: Sendable {
        /// Whether the key itself was too long; else its value would have been too large.
        public let isKey: Bool
        /// The key, cut after its first 1,024 bytes.
        public let key: [UInt8]
        /// The command that was refused first.
        public let command: String
        /// How often.
        public internal(set) var count: UInt64
        /// The most bytes that were asked for.
        public internal(set) var largestBytes: Int
    }

    /// All that was counted.
    public struct Contents: Sendable {
        /// The refused commands in the order in which each came first.
        public internal(set) var refusals: [Refusal] = []
        /// The exceeded sizes in the order in which each came first.
        public internal(set) var sizes: [SizeViolation] = []
        /// Refusals of commands past the limit of different ones.
        public internal(set) var otherRefusals: UInt64 = 0
        /// Exceeded sizes of keys past the limit of different ones.
        public internal(set) var otherSizes: UInt64 = 0
        /// How often the contract refused something.
        public var total: UInt64 {
            refusals.reduce(otherRefusals) { $0 + $1.count } + sizes.reduce(otherSizes) { $0 + $1.count }
        }
    }

    private struct Book {
        var contents = Contents()
        var places: [String: Int] = [:]
        var sizePlaces: [[UInt8]: Int] = [:]
        var announced: Set<String> = []
    }

    private static let mostCommands = 1_000
    private static let mostClients = 1_000
    private static let mostKeys = 10_000
    private static let otherClients = "others"

    private let book = Locked(Book())

    init() {}

    /// All that was counted so far.
    public var contents: Contents { book.withLock { $0.contents } }

    /// Forgets all.
    func removeAll() { book.withLock { $0 = Book() } }

    /// Counts a refused command.
    func refused(_ command: String, _ verdict: Verdict, firstArgument: [UInt8]?, client: String) {
        book.withLock { book in
            let name = verdict.label + " " + command
            if let place = book.places[name] {
                book.contents.refusals[place].count += 1
                Self.count(client, in: &book.contents.refusals[place].clients)
            } else if book.contents.refusals.count < Self.mostCommands {
                book.places[name] = book.contents.refusals.count
                book.contents.refusals.append(
                    Refusal(
                        command: command, verdict: verdict, count: 1, firstArgument: firstArgument,
                        clients: [client: 1]))
            } else {
                book.contents.otherRefusals += 1
            }
        }
    }

    private static func count(_ client: String, in clients: inout [String: UInt64]) {
        if clients[client] != nil || clients.count < mostClients {
            clients[client, default: 0] += 1
        } else {
            clients[otherClients, default: 0] += 1
        }
    }

    /// Counts a key or a value that was too large.
    func exceeded(isKey: Bool, key: [UInt8], bytes: Int, command: String) {
        let shown = Array(Secrets.maskURLs(in: Array(key.prefix(4_096))).prefix(1_024))
        book.withLock { book in
            let name = [isKey ? 1 : 0] + shown
            if let place = book.sizePlaces[name] {
                book.contents.sizes[place].count += 1
                book.contents.sizes[place].largestBytes = max(book.contents.sizes[place].largestBytes, bytes)
            } else if book.contents.sizes.count < Self.mostKeys {
                book.sizePlaces[name] = book.contents.sizes.count
                book.contents.sizes.append(
                    SizeViolation(isKey: isKey, key: shown, command: command, count: 1, largestBytes: bytes))
            } else {
                book.contents.otherSizes += 1
            }
        }
    }

    /// Whether something is announced for the first time; past a thousand different things, nothing is.
    func isNew(_ announcement: String) -> Bool {
        book.withLock { $0.announced.count < 1_000 && $0.announced.insert(announcement).inserted }
    }
}
