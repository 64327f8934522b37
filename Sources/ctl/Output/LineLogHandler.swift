import ArgumentParser
import Compatibility
import Glibc
import Logging
import Presentation

/// How log lines are written.
enum LogFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

/// Writes one line an event to stderr: time in UTC, level, message, then what belongs to it as `name=value`.
///
/// ```text
/// 2026-11-23T21:04:05.678Z info listening address=127.0.0.1:6379
/// {"time":"2026-11-23T21:04:05.678Z","level":"info","message":"listening","address":"127.0.0.1:6379"}
/// ```
struct LineLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let format: LogFormat

    init(level: Logger.Level, format: LogFormat) {
        logLevel = level
        self.format = format
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let time = Self.timestamp()
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
            .map { (name: $0.key, text: "\($0.value)") }
        switch format {
        case .text:
            let pairs = fields.map { " \($0.name)=\(Self.quoted($0.text))" }.joined()
            StandardError.writeLine("\(time) \(event.level) \(Self.oneLine("\(event.message)"))\(pairs)")
        case .json:
            let head: [(name: String, value: JSON)] = [
                ("time", .string(time)), ("level", .string("\(event.level)")), ("message", .string("\(event.message)")),
            ]
            let object = JSON.object(head + fields.map { ($0.name, .string($0.text)) })
            StandardError.writeLine(object.text(isCompact: true))
        }
    }

    /// A value that reads as one word as it is, any other one in quotes.
    private static func quoted(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.unicodeScalars.allSatisfy { $0 != " " && $0 != "\"" && !$0.isUnsafe }
        return isPlain ? text : JSON.string(text).text(isCompact: true)
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// The present moment in RFC 3339, in UTC and milliseconds.
    private static func timestamp() -> String {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        var parts = tm()
        gmtime_r(&now.tv_sec, &parts)
        let date =
            "\(padded(Int(parts.tm_year) + 1900, 4))-\(padded(Int(parts.tm_mon) + 1, 2))-\(padded(Int(parts.tm_mday), 2))"
        let time = "\(padded(Int(parts.tm_hour), 2)):\(padded(Int(parts.tm_min), 2)):\(padded(Int(parts.tm_sec), 2))"
        return "\(date)T\(time).\(padded(now.tv_nsec / 1_000_000, 3))Z"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
