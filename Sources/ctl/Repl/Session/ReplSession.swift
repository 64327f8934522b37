import CEditLine
import CommandCatalog
import Compatibility
import Glibc
import Presentation
import WireFormats

/// A conversation with a server: what is sent, what has to be said before and after, and what the prompt shows.
final class ReplSession {
    var settings: ReplSettings
    let connection: ReplConnection
    /// How the prompt calls the server.
    let name: String
    /// The colours of what is said on stderr.
    private let style: Style
    /// Whether a person reads along: then requests may be asked about, and times are shown.
    let isInteractive: Bool

    private var check: RequestCheck
    private(set) var keys = SeenKeys()
    private var hasConnected = false
    private(set) var isInTransaction = false
    private var isWatching = false
    /// The database that a SELECT within the transaction has asked for.
    private var queuedDatabase: Int?

    /// How a request has ended.
    enum Ending {
        case fine
        /// The server answered an error.
        case error([UInt8])
        /// It was not sent: the check refuses it, or the person did.
        case notSent
        /// The person did not wait for the reply.
        case interrupted
        /// There is no server.
        case unreachable
        /// It was not sent, because a transaction or WATCH that it may belong to is lost with the connection.
        case stateLost
    }

    init(
        _ connection: ReplConnection, name: String, settings: ReplSettings, style: Style = .plain, isInteractive: Bool
    ) {
        self.style = style
        self.connection = connection
        self.name = SafeText.line(name)
        self.settings = settings
        self.isInteractive = isInteractive
        check = RequestCheck(contract: settings.contract)
    }

    /// The prompt, as redis-cli has it.
    var prompt: String {
        guard connection.isConnected else { return "not connected> " }
        let database = connection.database == 0 ? "" : "[\(connection.database)]"
        return "\(name)\(database)\(isInTransaction ? "(TX)" : "")> "
    }

    // MARK: Connecting

    /// Connects where there is no connection; nil where that is done, else why nothing is to be sent, which is said.
    func connect() -> Ending? {
        if connection.noticeClose() { talk("the server has closed the connection: connecting again") }
        guard !connection.isConnected else { return nil }
        do {
            try connection.connect()
        } catch ReplConnection.Problem.interrupted {
            showInterrupt()
            return .interrupted
        } catch ReplConnection.Problem.unreachable(let line) {
            talk(line)
            if !hasConnected {
                talk("start a cluster with `clusterctl start`, or take one in this process with --embedded")
            }
            return .unreachable
        } catch {
            talk("Error: Server closed the connection")
            return .unreachable
        }
        hasConnected = true
        for line in connection.objections { talk(line) }
        return forgetLostState() ? .stateLost : nil
    }

    /// Says what was lost with the connection; true where something was.
    ///
    /// What is to be sent next was meant for the transaction, or relied on WATCH: it must not be carried out without.
    private func forgetLostState() -> Bool {
        guard isInTransaction || isWatching else { return false }
        let lost = isInTransaction ? "the transaction that was open is lost" : "WATCH is lost"
        let advice = isInTransaction ? "begin again with MULTI" : "watch the keys again"
        talk("not sent: \(lost) with the connection: \(advice)")
        endTransaction(keepsQueued: false)
        return true
    }

    // MARK: Requests

    /// Sends a request, so many times, and writes its replies.
    ///
    /// - Parameter write: takes the bytes of each reply.
    func run(_ request: [[UInt8]], times: Int = 1, write: ([UInt8]) -> Void) -> Ending {
        guard judge(request), isSpoken(request) else { return .notSent }
        if let refusal = refusal(request) { return refusal }
        var ending = Ending.fine
        for _ in 0..<times {
            if let problem = connect() { return problem }
            ending = runOnce(request, write)
            switch ending {
            case .fine, .error:
                guard editline_was_interrupted() != 0 else { continue }
                showInterrupt()
                return .interrupted
            case .notSent, .interrupted, .unreachable, .stateLost: return ending
            }
        }
        return ending
    }

    private func runOnce(_ request: [[UInt8]], _ write: ([UInt8]) -> Void) -> Ending {
        let start = ContinuousClock.now
        let text = ReplyText(settings)
        do {
            let reply = try connection.ask(request)
            let time = ContinuousClock.now - start
            note(request, reply)
            write(text.bytes(reply, to: request) + timing(time))
            if case .error(let text) = reply { return .error(text) }
            return Self.opensStream(request) ? try listen(request, text, write) : .fine
        } catch {
            return explain(error)
        }
    }

    /// Sends a request of the session's own and returns its reply; nil where there is none, which is said.
    func ask(_ words: String...) -> Reply? { ask(words.map { Array($0.utf8) }) }

    /// Sends a request of the session's own and returns its reply; nil where there is none, which is said.
    func ask(_ request: [[UInt8]]) -> Reply? {
        guard connect() == nil else { return nil }
        do {
            return try connection.ask(request)
        } catch {
            _ = explain(error)
            return nil
        }
    }

    private func explain(_ problem: ReplConnection.Problem) -> Ending {
        switch problem {
        case .unreachable(let line):
            talk(line)
        case .lost:
            talk("Error: Server closed the connection")
            talk("the command is not sent again: whether the server has carried it out is not known")
        case .garbled:
            talk("Error: Protocol error: what the server sent is no reply of Redis")
        case .interrupted:
            showInterrupt()
            talk("interrupted: the connection is closed; whether the server carries the command out is not known")
            return .interrupted
        }
        return .unreachable
    }

    /// Shows that an interrupt has come, as a terminal does.
    func showInterrupt() {
        if isInteractive { StandardOutput.write("^C\n") }
    }

    /// Says something to the person, on stderr.
    ///
    /// - Parameter head: what stands before it, in colours of its own.
    func talk(_ line: String, after head: String = "") { StandardError.writeLine(line, after: head) }

    private func timing(_ time: Duration) -> [UInt8] {
        let seconds = time / .seconds(1)
        guard isInteractive, settings.mode == .tty || settings.showsTiming else { return [] }
        guard settings.showsTiming || seconds >= 0.5 else { return [] }
        let decimals = seconds >= 0.5 ? 2 : 4
        return Array("(\(Self.text(seconds, decimals: decimals))s)\n".utf8)
    }

    private static func text(_ number: Double, decimals: Int) -> String {
        let scale = decimals == 2 ? 100 : 10_000
        let scaled = Int((number * Double(scale)).rounded())
        let digits = String(scaled % scale)
        return "\(scaled / scale)." + String(repeating: "0", count: decimals - digits.count) + digits
    }
}

// MARK: - Before a request is sent

extension ReplSession {
    /// Says what the Cluster edition would refuse; false where the request is not to be sent for it.
    private func judge(_ request: [[UInt8]]) -> Bool {
        guard settings.check != .off else { return true }
        let findings = check.findings(request).map(\.line) + transactionRules(request)
        let word = style.warning(settings.check == .block ? "not sent:" : "warning:")
        for line in findings { talk(line, after: word) }
        guard !findings.isEmpty else { return true }
        if isInTransaction, settings.check == .warn {
            talk(
                "an error while commands are queued makes EXEC fail; one of EXEC's own rolls nothing back", after: word)
        }
        return settings.check != .block
    }

    /// What of MULTI's own rules a request would break.
    private func transactionRules(_ request: [[UInt8]]) -> [String] {
        switch (request.count == 1 || isInTransaction ? Self.name(request) : "", isInTransaction) {
        case ("MULTI", true): ["transaction: MULTI cannot stand within MULTI"]
        case ("WATCH", true): ["transaction: WATCH cannot stand within MULTI: watch before it"]
        case ("EXEC", false): ["transaction: EXEC without MULTI"]
        case ("DISCARD", false): ["transaction: DISCARD without MULTI"]
        default: []
        }
    }

    /// Whether the replies will be of the protocol that this program reads.
    private func isSpoken(_ request: [[UInt8]]) -> Bool {
        guard request.count > 1, Self.name(request) == "HELLO", request[1] == Array("3".utf8) else { return true }
        talk("not sent: RESP3 is not spoken here: HELLO 2 is")
        return false
    }

    /// Asks about what deletes much; nil where it is to be sent.
    private func refusal(_ request: [[UInt8]]) -> Ending? {
        guard isInteractive, settings.confirms, let question = Danger.question(request, server: name) else {
            return nil
        }
        let answer = TypedAnswer(to: "\(question) (y/N) ")
        if answer.isYes { return nil }
        // The terminal has shown the interrupt itself, and has not ended the line.
        if answer == .interrupted || answer == .none { StandardOutput.write("\n") }
        talk("not sent")
        return answer == .interrupted ? .interrupted : .notSent
    }

    static func name(_ request: [[UInt8]]) -> String {
        String(decoding: request[0].prefix(64), as: UTF8.self).uppercased()
    }
}

// MARK: - After a reply

extension ReplSession {
    /// Keeps what the next prompt, completion and connection need to know.
    private func note(_ request: [[UInt8]], _ reply: Reply) {
        keys.note(request, reply)
        guard case .error(let text) = reply else { return noteSuccess(request, reply) }
        // Whatever is wrong, EXEC ends the transaction; but where it has arguments it was no EXEC.
        if Self.name(request) == "EXEC", !text.starts(with: Array("ERR wrong number of arguments".utf8)) {
            endTransaction(keepsQueued: false)
        }
    }

    private func noteSuccess(_ request: [[UInt8]], _ reply: Reply) {
        switch Self.name(request) {
        case "MULTI": isInTransaction = true
        case "EXEC": endTransaction(keepsQueued: reply != .nullArray && reply != .nullBulk)
        case "DISCARD": endTransaction(keepsQueued: false)
        case "RESET":
            endTransaction(keepsQueued: false)
            connection.database = 0
        case "WATCH": isWatching = true
        case "UNWATCH": isWatching = isWatching && isInTransaction
        case "AUTH" where !isInTransaction: connection.credentials = Array(request.dropFirst())
        case "SELECT":
            guard request.count == 2, let number = Int(String(decoding: request[1], as: UTF8.self)) else { return }
            if isInTransaction { queuedDatabase = number } else { connection.database = number }
        case "QUIT": connection.close()
        default: break
        }
    }

    private func endTransaction(keepsQueued: Bool) {
        if keepsQueued, let queuedDatabase { connection.database = queuedDatabase }
        isInTransaction = false
        isWatching = false
        queuedDatabase = nil
    }

    /// Whether replies follow without a request.
    private static func opensStream(_ request: [[UInt8]]) -> Bool {
        ["MONITOR", "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "SYNC", "PSYNC"].contains(name(request))
    }

    /// Writes what a server sends by itself, until an interrupt.
    private func listen(
        _ request: [[UInt8]], _ text: ReplyText, _ write: ([UInt8]) -> Void
    ) throws(ReplConnection.Problem) -> Ending {
        if isInteractive { talk("Reading messages... (press Ctrl-C to quit)") }
        while true {
            do {
                write(text.bytes(try connection.receive(), to: request))
            } catch .interrupted {
                showInterrupt()
                return .interrupted
            }
        }
    }
}
