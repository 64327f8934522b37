import CommandCatalog
import Presentation
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
    private(set) var refusals: ImportRefusals
    /// How many of the commands whose answers decide were done.
    private(set) var accepted = 0
    /// The limits of the cluster.
    let limits: Contract
    /// Whether the first refusal ends the import.
    private(set) var isStrict: Bool

    /// The keys that commands were sent for; nil where nobody wants to know.
    private var keys: Set<[UInt8]>?

    private static let longestOutput = 256 * 1024
    private static let mostWaiting = 1_000

    private struct Sent {
        let subject: [UInt8]
        /// Whether the answer decides about something that was to be imported.
        let counts: Bool
    }

    /// Connects to the cluster.
    ///
    /// - Parameters:
    ///   - limits: those of the cluster.
    ///   - listed: how many refusals are named.
    ///   - remembersKeys: whether ``takeKeys()`` will be asked.
    init(
        _ address: ServerAddress, password: [UInt8]?, limits: Contract, isStrict: Bool,
        listed: Int = ImportRefusals.usuallyListed, remembersKeys: Bool = false
    ) throws(Failure) {
        connection = try RequestConnection(address)
        keys = remembersKeys ? [] : nil
        self.isStrict = isStrict
        self.limits = limits
        refusals = ImportRefusals(listed: listed)
        guard let password else { return }
        if case .error = try connection.ask([Array("AUTH".utf8), password]) {
            throw Failure("\(connection.name) does not accept the password: give it with --password-file", .usage)
        }
    }

    /// Sends a command; its answer is looked at later.
    ///
    /// - Parameter subject: the key, or whatever else a refusal is to name.
    func send(_ words: [[UInt8]], about subject: [UInt8], counts: Bool = true) throws(Failure) {
        if keys != nil { keys?.formUnion(LoggedCommand(words).keys) }
        let start = output.count
        RequestEncoder.append(words, to: &output)
        let size = output.count - start
        guard size < limits.maxRequestBytes else {
            // The cluster would close the connection.
            output.removeLast(size)
            return try refuse(
                subject,
                "it needs a request of \(Quantity.count(size)) bytes, "
                    + "the limit is \(Quantity.count(limits.maxRequestBytes - 1))")
        }
        waiting.append(Sent(subject: subject, counts: counts))
        if output.count > Self.longestOutput || waiting.count - answered > Self.mostWaiting { try finish() }
    }

    /// Waits for all answers.
    func finish() throws(Failure) {
        try connection.send(output)
        output.removeAll(keepingCapacity: true)
        while answered < waiting.count {
            let (reply, sent) = (try connection.next(), waiting[answered])
            // Counted before it is looked at: what is sent after a refusal that ends the import is answered next.
            answered += 1
            try note(reply, sent)
        }
        waiting.removeAll(keepingCapacity: true)
        answered = 0
    }

    /// Sends a command and waits for its answer, which is not looked at here.
    func ask(_ words: [[UInt8]]) throws(Failure) -> Reply {
        try finish()
        return try connection.ask(words)
    }

    /// Sends commands and waits for their answers, which are not looked at here.
    func askAll(_ commands: [[[UInt8]]]) throws(Failure) -> [Reply] {
        try finish()
        try connection.send(commands.flatMap { RequestEncoder.encode($0) })
        return try commands.map { _ throws(Failure) in try connection.next() }
    }

    /// The keys that commands were sent for since this was asked last.
    func takeKeys() -> Set<[UInt8]> {
        defer { keys = [] }
        return keys ?? []
    }

    /// From now on refusals are noted alone: the import has ended, and what is left is to clear up.
    func endStrictness() { isStrict = false }

    private func note(_ reply: Reply, _ sent: Sent) throws(Failure) {
        guard sent.counts else { return }
        switch reply {
        case .error(let line):
            try refuse(sent.subject, Secrets.masked(String(decoding: line, as: UTF8.self)))
        default: accepted += 1
        }
    }

    /// Notes something that is not imported.
    ///
    /// - Parameter isPartial: whether the rest of it is.
    func refuse(_ subject: [UInt8], _ reason: String, isPartial: Bool = false) throws(Failure) {
        refusals.add(subject, reason, isPartial: isPartial)
        guard isStrict else { return }
        // Everything was fine on a cluster without keys: see `DataImport.lookAhead`.
        throw Failure(
            "'\(ImportRefusals.shown(subject))': \(reason): what came before it is imported: look at the keys that the "
                + "cluster had", .findings)
    }

    /// Notes what a source has found out beside its bytes.
    func refuse(_ found: ImportRefusals) { refusals.add(found) }
}

/// What could not be imported, and why.
struct ImportRefusals {
    private(set) var count = 0
    /// How many of them were imported but for a part.
    private(set) var partial = 0
    private(set) var first: [Refusal] = []
    private let listed: Int

    /// A key as messages name it, without the password of a URL in it.
    static func shown(_ subject: [UInt8]) -> String { Quantity.printable(Secrets.maskURLs(in: subject)) }

    /// One of them.
    struct Refusal {
        let subject: [UInt8]
        let reason: String
        let isPartial: Bool

        /// The line that names it.
        var line: String {
            "\(isPartial ? "changed" : "skipped") '\(ImportRefusals.shown(subject))': \(reason)"
        }
    }

    /// So many are named, unless all are asked for.
    static let usuallyListed = 50

    init(listed: Int = Self.usuallyListed) {
        self.listed = listed
    }

    mutating func add(_ subject: [UInt8], _ reason: String, isPartial: Bool = false) {
        count += 1
        if isPartial { partial += 1 }
        if first.count < listed {
            first.append(Refusal(subject: subject, reason: reason, isPartial: isPartial))
        }
    }

    mutating func add(_ others: ImportRefusals) {
        count += others.count
        partial += others.partial
        first += others.first.prefix(listed - first.count)
    }

    /// The lines that name them.
    var lines: [String] {
        let lines = first.map(\.line)
        return count > first.count ? lines + ["and \(Quantity.count(count - first.count)) more"] : lines
    }
}
