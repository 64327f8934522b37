public import CommandCatalog
import Presentation

/// What the contract refused while the server ran: by command and client, and the sizes that were exceeded by key.
///
/// Bounded: past its limits, new commands that no Redis has, clients and keys are counted together. What the catalog knows
/// always has a place: a client that sends names of its own making pushes nothing out.
public final class RefusalLedger: Sendable {
    /// A command that was refused, with the verdict.
    public struct Refusal: Sendable {
        /// The command in capitals, with its subcommand; for an unknown one as it was sent, made printable.
        public let command: String
        /// The verdict on the first of them.
        public let verdict: Verdict
        /// How often it was refused.
        public internal(set) var count: UInt64
        /// The first key that was sent with it, or the pattern of KEYS.
        public internal(set) var firstKey: [UInt8]?
        /// What to do instead, where it is not what the catalog says of the command.
        public let instead: String?
        /// What of it client libraries sent by themselves as they connected.
        public internal(set) var greetings = Greetings()
        /// How often by each client; the name is an address.
        public internal(set) var clients: [String: UInt64]
    }

    /// What can be too large.
    public enum Size: String, Sendable {
        /// The key itself.
        case key
        /// The value under a key.
        case value
        /// The request as a whole, on the wire.
        case request
    }

    /// A key, the value under one, or a request that was too large.
    public struct SizeViolation: Sendable {
        /// What was too large.
        public let size: Size
        /// The key, cut after its first 1,024 bytes; empty for a request.
        public let key: [UInt8]
        /// The command that was refused first; empty for a request, which is not read.
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
        /// Refusals of unknown commands past the limit of different ones.
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
        /// How many places are taken by refusals of a kind of which there may be any number, by the kind.
        var boundless: [String: Int] = [:]
        /// By the size and the key.
        var sizePlaces: [[UInt8]: Int] = [:]
        var announced: Set<String> = []
        /// The libraries whose clients have sent what an application asks for.
        var speakers: Set<String> = []

        mutating func change(_ commands: [String], _ body: (inout Greetings) -> Void) {
            for index in contents.refusals.indices where commands.contains(contents.refusals[index].command) {
                body(&contents.refusals[index].greetings)
            }
        }
    }

    private static let mostBoundless = 1_000
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
    ///
    /// - Parameters:
    ///   - instead: what to do instead, where it is not what the catalog says.
    ///   - greeting: what it is in a client library's greeting; nil where it is the application's.
    ///   - library: the client library, where it is known.
    func refused(
        _ command: String, _ verdict: Verdict, firstKey: [UInt8]?, client: String, instead: String? = nil,
        greeting: ConnectionGreeting.Part? = nil, library: String? = nil
    ) {
        let firstKey = firstKey.map { Secrets.maskURLs(in: $0) }
        book.withLock { book in
            let name = "\(verdict.label) \(command)\(instead ?? "")"
            let place = book.places[name] ?? book.contents.refusals.count
            if place == book.contents.refusals.count {
                guard !verdict.isBoundless || book.boundless[verdict.label, default: 0] < Self.mostBoundless else {
                    book.contents.otherRefusals += 1
                    return
                }
                if verdict.isBoundless { book.boundless[verdict.label, default: 0] += 1 }
                book.places[name] = place
                book.contents.refusals.append(
                    Refusal(
                        command: command, verdict: verdict, count: 0, firstKey: firstKey, instead: instead,
                        clients: [:]))
            }
            book.contents.refusals[place].count += 1
            book.contents.refusals[place].firstKey = book.contents.refusals[place].firstKey ?? firstKey
            Self.count(client, in: &book.contents.refusals[place].clients)
            if let greeting { book.contents.refusals[place].greetings.add(greeting, library: library) }
        }
    }

    /// Notes that a client has gone on after these commands of its greeting were refused.
    func wentOn(after commands: [String], library: String?) {
        book.withLock { book in
            book.change(commands) { $0.noteGoingOn(library) }
            // What its earlier connections ended with is no end, if it is known to try again without.
            guard let library, book.speakers.insert(library).inserted else { return }
            let others = book.contents.refusals.map(\.command).filter { LibraryGreeting.goesOn(library, without: $0) }
            book.change(others) { $0.noteFallback(library) }
        }
    }

    /// Notes that a client has said nothing more after these commands of its greeting were refused.
    func ended(after commands: [String], library: String?) {
        book.withLock { book in
            let isSpeaker = library.map(book.speakers.contains) ?? false
            book.change(commands) { $0.noteEnd(library) }
            guard let library, isSpeaker else { return }
            book.change(commands.filter { LibraryGreeting.goesOn(library, without: $0) }) { $0.noteFallback(library) }
        }
    }

    private static func count(_ client: String, in clients: inout [String: UInt64]) {
        if clients[client] != nil || clients.count < mostClients {
            clients[client, default: 0] += 1
        } else {
            clients[otherClients, default: 0] += 1
        }
    }

    /// Counts what was too large.
    func exceeded(_ size: Size, key: [UInt8], bytes: Int, command: String) {
        let shown = Array(Secrets.maskURLs(in: Array(key.prefix(4_096))).prefix(1_024))
        book.withLock { book in
            let name = Array(size.rawValue.utf8.prefix(1)) + shown
            if let place = book.sizePlaces[name] {
                book.contents.sizes[place].count += 1
                book.contents.sizes[place].largestBytes = max(book.contents.sizes[place].largestBytes, bytes)
            } else if book.contents.sizes.count < Self.mostKeys {
                book.sizePlaces[name] = book.contents.sizes.count
                book.contents.sizes.append(
                    SizeViolation(size: size, key: shown, command: command, count: 1, largestBytes: bytes))
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

extension Verdict {
    /// Whether a client may have refused as many different ones as it likes: names that no Redis has, numbers of databases.
    ///
    /// Of the others there are no more than the catalog has.
    fileprivate var isBoundless: Bool {
        switch self {
        case .unknown, .otherDatabase: true
        case .supported, .refused, .unlisted, .newer, .newerArgument: false
        }
    }
}
