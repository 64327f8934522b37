import CEditLine
import CommandCatalog
import Compatibility
import Glibc
import Presentation
import WireFormats

/// Runs lines: those that a person types, and those of a script.
final class ReplRunner {
    let session: ReplSession
    /// How deep files that run files may be.
    private static let deepestSource = 16
    private var depth = 0
    /// The last line that was run, for `:edit`.
    var lastLine: [UInt8] = []
    private let style: Style

    /// How a line has ended.
    enum Ending {
        case fine
        /// The session is to end.
        case end
        /// What went wrong, for the line that names file and line; nil where it was said already.
        case failed(String?, ExitStatus)
        case interrupted
    }

    init(_ session: ReplSession, style: Style) {
        self.session = session
        self.style = style
    }

    /// Runs a line.
    func run(_ line: [UInt8]) -> Ending {
        switch ReplLine(line, allowsTargets: session.isInteractive) {
        case .blank: return .fine
        case .end: return .end
        case .clear:
            if session.isInteractive { StandardOutput.write("\u{1B}[H\u{1B}[2J") }
            return .fine
        case .invalid:
            StandardOutput.writeLine("Invalid argument(s)")
            return .failed("the quotes do not match", .findings)
        case .invalidRepeat:
            StandardOutput.writeLine("Invalid redis-cli repeat command option value.")
            return .failed("the number before the command must be 1 or more", .findings)
        case .help(let words):
            write(ReplHelp.lines(words, session.settings.contract, style))
            return .fine
        case .verb(let name, let rest): return run(verb: name, rest)
        case .request(let words, let times, let target): return run(words, times, target)
        }
    }

    // MARK: Requests

    private func run(_ words: [[UInt8]], _ times: Int, _ target: ReplLine.Target?) -> Ending {
        var words = words
        if session.isInteractive, words.count == 1, ReplSession.name(words) == "AUTH" {
            switch TypedAnswer(toSecret: Self.passwordPrompt) {
            case .line(let password): words.append(password)
            case .interrupted, .none:
                session.talk("not sent")
                return .interrupted
            // The server says what is missing.
            case .noTerminal: break
            }
        }
        guard let target else {
            return ending(session.run(words, times: times, write: show), words)
        }
        var bytes: [UInt8] = []
        let outcome = ending(session.run(words, times: times) { bytes += $0 }, words)
        // Without a reply a file stays as it is.
        guard !bytes.isEmpty else { return outcome }
        switch target {
        case .shell(let command): ShellProcess.run(command, input: bytes)
        case .file(let path):
            do throws(Failure) {
                try AtomicFile(path: path, option: ">").commit(bytes)
            } catch {
                return problem(error.message)
            }
        }
        return outcome
    }

    private func ending(_ ending: ReplSession.Ending, _ words: [[UInt8]]) -> Ending {
        switch ending {
        case .fine: .fine
        case .error(let text):
            .failed("\(ReplSession.name(words)) answered: \(String(decoding: text, as: UTF8.self))", .findings)
        case .notSent: .failed("\(ReplSession.name(words)) was not sent", .findings)
        case .interrupted: .interrupted
        case .unreachable: .failed("\(ReplSession.name(words)) has no answer", .unreachable)
        // Not even --keep-going goes on: what follows was meant for the transaction.
        case .stateLost: .failed("\(ReplSession.name(words)) was not sent", .unreachable)
        }
    }

    /// Writes a reply; through a pager where it is taller than the person's screen.
    ///
    /// A terminal gets nothing that it would obey, in the raw mode too: that is for what is read by programs.
    func show(_ reply: [UInt8]) {
        let isForScreen = session.settings.mode == .raw && StandardOutput.isTerminal
        let bytes = isForScreen ? SafeText.bytes(reply, keepsLines: true) : reply
        page(bytes)
    }

    private func page(_ bytes: [UInt8]) {
        let isTall =
            session.isInteractive && session.settings.usesPager && StandardOutput.isTerminal
            && bytes.reduce(0) { $1 == 10 ? $0 + 1 : $0 } >= LineEditor.rows
        guard isTall else {
            // The interrupt is left for the session to see.
            return StandardOutput.write(bytes) { editline_is_interrupted() != 0 }
        }
        let pager = environmentVariable("PAGER") ?? "less -R"
        ShellProcess.run(pager.isEmpty ? "cat" : pager, input: bytes)
    }

    /// Writes lines, which may be painted.
    private func write(_ lines: [String]) { page(Array((lines.joined(separator: "\n") + "\n").utf8)) }

    static let passwordPrompt = "Password: "

    // MARK: Verbs

    private func run(verb name: String, _ rest: [UInt8]) -> Ending {
        guard let verb = Verb.named(name) else {
            return problem("there is no verb :\(Quantity.printable(Array(name.utf8))): `:help` lists them")
        }
        let text = String(decoding: rest, as: UTF8.self)
        switch verb.name {
        case "help":
            write(ReplHelp.lines(text.split(separator: " ").map(String.init), session.settings.contract, style))
        case "quit": return .end
        case "explain": return explain(rest)
        case "slot": return slot(rest)
        case "peek": return peek(rest)
        case "watch": return watch(rest)
        case "source": return text.isEmpty ? usage(verb) : source(text)
        case "edit": return edit()
        default: return set(verb, text)
        }
        return .fine
    }

    private func problem(_ line: String) -> Ending {
        if session.isInteractive { session.talk(line) }
        return .failed(session.isInteractive ? nil : line, .usage)
    }

    private func usage(_ verb: Verb) -> Ending { problem("write :\(verb.name) \(verb.arguments)") }

    private func set(_ verb: Verb, _ text: String) -> Ending {
        let isOn = text == "on"
        guard verb.choices.contains(text) else { return usage(verb) }
        switch verb.name {
        case "check": session.settings.check = ReplSettings.Check(rawValue: text) ?? .warn
        case "mode": session.settings.mode = ReplSettings.Mode(rawValue: text) ?? .tty
        case "dialect": session.settings.dialect = ReplSettings.Dialect(rawValue: text) ?? .redis28
        case "utf8": session.settings.showsUTF8 = isOn
        case "timing": session.settings.showsTiming = isOn
        case "pager": session.settings.usesPager = isOn
        case "confirm": session.settings.confirms = isOn
        case "hints": session.settings.showsHints = isOn
        default: return usage(verb)
        }
        return .fine
    }

    private func explain(_ rest: [UInt8]) -> Ending {
        guard let words = InlineRequest.words(of: rest), !words.isEmpty else {
            return problem("write :explain COMMAND")
        }
        let request = Request(words.map { String(decoding: $0, as: UTF8.self) })
        guard let explanation = Explanation(of: request, contract: session.settings.contract) else {
            write(ReplHelp.lines(request.words, session.settings.contract, style))
            return .fine
        }
        write(explanation.lines(style))
        return .fine
    }

    /// The one argument of a verb that takes a key.
    private func key(_ rest: [UInt8]) -> [UInt8]? {
        let words = InlineRequest.words(of: rest)
        return words?.count == 1 ? words?.first : nil
    }

    private func slot(_ rest: [UInt8]) -> Ending {
        guard let key = key(rest) else { return problem("write :slot KEY") }
        write(["\(HashSlot(ofKey: key.span).number)"])
        return .fine
    }

    private func peek(_ rest: [UInt8]) -> Ending {
        guard let key = key(rest) else { return problem("write :peek KEY") }
        guard !session.isInTransaction else { return problem(":peek needs answers at once: EXEC or DISCARD first") }
        guard let lines = Peek(session: session, key: key).lines() else {
            // An error reply leaves the connection as it is.
            return .failed(nil, session.connection.isConnected ? .findings : .unreachable)
        }
        write(lines)
        return .fine
    }

    /// Sends a command every so many seconds until it fails or somebody interrupts.
    private func watch(_ rest: [UInt8]) -> Ending {
        guard let words = InlineRequest.words(of: rest), words.count >= 2,
            let seconds = Double(String(decoding: words[0], as: UTF8.self)), seconds >= 0.01, seconds <= 86_400
        else { return problem("write :watch SECONDS COMMAND, as in :watch 2 GET k") }
        let request = Array(words.dropFirst())
        while true {
            let outcome = ending(session.run(request, write: show), request)
            guard case .fine = outcome else { return outcome }
            guard Self.sleeps(seconds) else {
                session.showInterrupt()
                return .interrupted
            }
        }
    }

    /// Sleeps; false where an interrupt ends it, as no other signal does.
    private static func sleeps(_ seconds: Double) -> Bool {
        let end = ContinuousClock.now + .seconds(seconds)
        while true {
            let left = ContinuousClock.now.duration(to: end) / .milliseconds(1)
            guard left > 0 else { return true }
            var waiting = pollfd(fd: editline_interrupt_descriptor(), events: Int16(POLLIN), revents: 0)
            poll(&waiting, 1, CInt(left.rounded(.up)))
            if editline_was_interrupted() != 0 { return false }
        }
    }

    // MARK: Files

    private func source(_ path: String) -> Ending {
        guard depth < Self.deepestSource else { return problem("\(path): files run each other without end") }
        depth += 1
        defer { depth -= 1 }
        do throws(Failure) {
            let script = try ReplScript(path: path)
            let status = ExitStatus(rawValue: try script.run(with: self, keepsGoing: false)) ?? .findings
            switch status {
            case .fine: return .fine
            case .interrupted: return .interrupted
            default: return .failed(nil, status)
            }
        } catch {
            guard error.status == .interrupted else { return problem(error.message) }
            session.showInterrupt()
            return .interrupted
        }
    }

    private func edit() -> Ending {
        guard session.isInteractive else { return problem(":edit needs a terminal") }
        var template = Array("/tmp/clusterctl-edit-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { return problem("cannot make a file to edit: \(systemError())") }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        _ = FileDescriptor.write(lastLine + [10], to: descriptor)
        close(descriptor)
        let editor = environmentVariable("VISUAL") ?? environmentVariable("EDITOR") ?? "vi"
        guard ShellProcess.run("\(editor) \(path)", input: nil) == 0 else {
            return problem("\(editor) has ended with an error: nothing is run")
        }
        return source(path)
    }
}
