import CommandCatalog
import Glibc
import Presentation

/// The session of a person at a terminal: read a line, run it, until Ctrl-D.
struct InteractiveRepl {
    private let runner: ReplRunner
    private let session: ReplSession
    private let editor: LineEditor
    private let history: LineHistory

    init(_ runner: ReplRunner, isColored: Bool) throws(Failure) {
        self.runner = runner
        session = runner.session
        let session = session
        editor = try LineEditor(
            isColored: isColored,
            hint: { line in
                session.settings.showsHints ? LineHint.of(line, contract: session.settings.contract) : nil
            }, completion: { LineCompletion.of($0, keys: session.keys.names) })
        history = LineHistory(path: LineHistory.standardPath)
        for line in history.load() { editor.remember(line) }
    }

    /// Runs the session to its end.
    func run() {
        _ = session.connect()
        while true {
            switch editor.read(prompt: session.prompt) {
            case .interrupted: continue
            case .end:
                StandardOutput.write("\n")
                return
            case .line(let line):
                guard run(line), runPasted() else { return }
            }
        }
    }

    /// The further lines of a paste, each shown as if it had been typed; false at the session's end.
    private func runPasted() -> Bool {
        while let line = editor.nextPasted() {
            StandardOutput.writeLine(session.prompt + SafeText.line(String(decoding: line, as: UTF8.self)))
            guard run(line) else { return false }
        }
        return true
    }

    /// Runs a line; false where the session is to end.
    private func run(_ line: [UInt8]) -> Bool {
        if let kept = LineHistory.kept(line) {
            editor.remember(kept)
            history.append(kept)
        }
        switch runner.run(line) {
        case .end: return false
        // Behind a line that fails the rest of a paste goes on, as if it had been typed.
        case .fine, .failed: break
        case .interrupted: editor.dropPasted()
        }
        if !line.starts(with: Array(":edit".utf8)) { runner.lastLine = line }
        return true
    }
}
