package import Logging
import Synchronization

/// Keeps the lines that a server logs, so that tests can look for them.
package final class LogRecorder: Sendable {
    private let recorded = Mutex<[String]>([])

    /// A recorder without lines.
    package init() {}

    /// The lines so far: level, message, and the metadata as `key=value`, sorted.
    package var lines: [String] { recorded.withLock { $0 } }

    /// A logger whose lines are kept here.
    package func logger() -> Logger { Logger(label: "test") { _ in Handler(recorder: self) } }

    private func append(_ line: String) { recorded.withLock { $0.append(line) } }

    private struct Handler: LogHandler {
        let recorder: LogRecorder
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let pairs = metadata.merging(event.metadata ?? [:]) { $1 }.map { "\($0)=\($1)" }.sorted()
            recorder.append((["\(event.level)", "\(event.message)"] + pairs).joined(separator: " "))
        }
    }
}
