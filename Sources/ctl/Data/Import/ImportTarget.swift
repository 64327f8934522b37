import ServerClient
import WireFormats

/// The cluster that data go to, over a client's connection: what breaks the contract is refused by it, as it would be for
/// any client.
final class ImportTarget {
    private let connection: RequestConnection
    private var output: [UInt8] = []
    /// For each reply that is still to come, what it is the answer to.
    private var waiting: [Sent] = []
    private var answered = 0
    private(set) var refusals = ImportRefusals()
    /// How many of the commands whose answers decide were done.
    private(set) var accepted = 0
    /// Whether the first refusal ends the import.
    let isStrict: Bool

    private static let longestOutput = 256 * 1024
    private static let mostWaiting = 1_000

    private struct Sent {
        let subject: [UInt8]
        /// Whether the answer decides about something that was to be imported.
        let counts: Bool
    }

    init(_ address: ServerAddress, password: [UInt8]?, isStrict: Bool) throws(Failure) {
        connection = try RequestConnection(address)
        self.isStrict = isStrict
        guard let password else { return }
        try send([Array("AUTH".utf8), password], about: Array("AUTH".utf8))
        try finish()
        guard refusals.count == 0 else {
            throw Failure("\(connection.name) does not accept the password: give it with --password-file", .usage)
        }
    }

    /// Sends a command; its answer is looked at later.
    ///
    /// - Parameter subject: the key, or whatever else a refusal is to name.
    func send(_ words: [[UInt8]], about subject: [UInt8], counts: Bool = true) throws(Failure) {
        RequestEncoder.append(words, to: &output)
        waiting.append(Sent(subject: subject, counts: counts))
        if output.count > Self.longestOutput || waiting.count - answered > Self.mostWaiting { try finish() }
    }

    /// Waits for all answers.
    func finish() throws(Failure) {
        try connection.send(output)
        output.removeAll(keepingCapacity: true)
        while answered < waiting.count {
            try note(try connection.next(), waiting[answered])
            answered += 1
        }
        waiting.removeAll(keepingCapacity: true)
        answered = 0
    }

    /// Sends a command and waits for its answer, which is not looked at here.
    func ask(_ words: [[UInt8]]) throws(Failure) -> Reply {
        try finish()
        return try connection.ask(words)
    }

    private func note(_ reply: Reply, _ sent: Sent) throws(Failure) {
        guard sent.counts else { return }
        switch reply {
        case .error(let line):
            try refuse(sent.subject, String(decoding: line, as: UTF8.self))
        case .array(let replies):
            for reply in replies { if case .error = reply { try note(reply, sent) } }
        default: accepted += 1
        }
    }

    /// Notes something that is not imported.
    func refuse(_ subject: [UInt8], _ reason: String) throws(Failure) {
        refusals.add(subject, reason)
        guard isStrict else { return }
        throw Failure(
            "'\(Quantity.printable(subject))': \(reason): import without --strict to leave out what cannot be kept",
            .findings)
    }
}

/// What could not be imported, and why.
struct ImportRefusals {
    private(set) var count = 0
    private(set) var first: [(subject: [UInt8], reason: String)] = []

    /// So many are named.
    private static let kept = 50

    mutating func add(_ subject: [UInt8], _ reason: String) {
        count += 1
        if first.count < Self.kept { first.append((subject, reason)) }
    }

    /// The lines that name them.
    var lines: [String] {
        let lines = first.map { "skipped '\(Quantity.printable($0.subject))': \($0.reason)" }
        return count > first.count ? lines + ["and \(Quantity.count(count - first.count)) more"] : lines
    }
}
