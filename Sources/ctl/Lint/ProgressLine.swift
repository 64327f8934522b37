import Compatibility
import Presentation

/// A line on the terminal that tells how far long work has come; nothing where stderr is no terminal, or one on which
/// nothing can be taken away.
final class ProgressLine {
    private let isShown: Bool
    private let clock = ContinuousClock()
    private var next: ContinuousClock.Instant
    private var isOnScreen = false

    /// Work that is done sooner shows nothing.
    private static let delay = Duration.milliseconds(500)
    private static let interval = Duration.milliseconds(100)
    private static let width = 40

    init(isShown: Bool = StandardError.isEditable) {
        self.isShown = isShown
        next = clock.now + Self.delay
    }

    func show(_ progress: Progress) {
        guard isShown, clock.now >= next else { return }
        next = clock.now + Self.interval
        var amount = progress.keysDone.map { "\($0) keys" } ?? Wording.bytes(progress.bytesDone)
        if let total = progress.bytesTotal, total > 0 {
            let percent = min(100, Int(Double(progress.bytesDone) / Double(total) * 100))
            amount = "\(percent) % of \(Wording.bytes(total))"
        }
        if let commands = progress.commandsDone {
            amount += ", \(Wording.count(commands, "command")), \(Wording.count(progress.findings, "finding"))"
        }
        let path = SafeText.line(progress.path == "-" ? "stdin" : progress.path)
        let shown = path.count > Self.width ? "…" + path.suffix(Self.width - 1) : path
        StandardError.write("\r\u{1B}[K\(amount)  \(shown)")
        isOnScreen = true
    }

    /// Takes the line away.
    func end() {
        if isOnScreen { StandardError.write("\r\u{1B}[K") }
        isOnScreen = false
    }
}
