import ArgumentParser
import ClusterCore
import Compatibility
import Glibc
import Presentation

/// `clusterctl events`: what has happened to nodes and logs.
struct EventsCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Lists what has happened to a running cluster's nodes and logs: failovers, copies, rewrites.",
        discussion: """
            Each line has the event's number, the local time, the kind and a sentence. The last \
            \(Quantity.count(AdminReport.Event.kept)) are kept. With --follow the cluster sends each as it happens, \
            until the cluster ends or the program is interrupted.
            """)

    static let examples = [
        Example("clusterctl events", "what has happened so far"),
        Example("clusterctl events --follow --json", "what happens, a line of JSON each"),
        Example("clusterctl events --since 5m", "what has happened in the last five minutes"),
    ]

    /// Where a list begins.
    enum Start: Equatable {
        /// Behind the event with this number.
        case number(Int)
        /// So many milliseconds ago.
        case ago(Int64)

        /// A number, or a time with its unit.
        static let read: @Sendable (String) throws -> Start = { text in
            if let number = Int(text), number >= 0 { return .number(number) }
            guard text.last?.isNumber == false, let time = try? ArgumentValues.milliseconds(text) else {
                throw ArgumentValues.Unusable(
                    description: "write the number of an event, or a time with its unit, such as 5m")
            }
            return .ago(time)
        }
    }

    @OptionGroup var connection: ConnectionOptions

    @Flag(help: "Go on with what happens, until interrupted.")
    var follow = false

    @Option(
        help: ArgumentHelp(
            "Leave out the events up to the one with this number, or those before so long ago (90s, 5m, 2h).",
            valueName: "number|time"),
        transform: Start.read)
    var since = Start.number(0)

    @Flag(help: "Write each event as JSON.")
    var json = false

    func run() throws {
        var client = try connection.connect()
        do throws(AdminClient.Failure) {
            var first = 0
            var last = 0
            switch since {
            case .number(let number): last = number
            case .ago(let time): first = try client.number("CLOCK") - Int(time)
            }
            guard follow else {
                for event in try client.events(after: last) { show(event, from: first, &last) }
                return
            }
            var subscription = try EventSubscription(client, after: last)
            while let event = try subscription.next() { show(event, from: first, &last) }
        } catch {
            throw ConnectionOptions.failure(error)
        }
        StandardError.writeLine("the cluster has ended")
    }

    /// Writes an event, unless it is from before an instant.
    ///
    /// - Parameter last: the number of the event before it, if it was asked for or shown; it becomes this one's.
    private func show(_ event: AdminReport.Event, from instant: Int, _ last: inout Int) {
        if last > 0, event.number > last + 1 {
            StandardError.writeLine("events \(last + 1) to \(event.number - 1) are not kept any more")
        }
        last = event.number
        if event.milliseconds >= instant { StandardOutput.writeLine(line(event)) }
    }

    private func line(_ event: AdminReport.Event) -> String {
        guard json else { return "\(event.number) \(event.line)" }
        return event.json.text(isCompact: true)
    }
}

extension AdminReport.Event {
    /// The event for people: local time, kind, sentence.
    var line: String { SafeText.line("\(Self.timeOfDay(milliseconds)) \(kind): \(text)") }

    /// The event for programs.
    var json: JSON {
        .object([
            ("number", .integer(number)), ("milliseconds", .integer(milliseconds)), ("kind", .string(kind)),
            ("text", .string(text)),
        ])
    }

    /// The local time of day, with milliseconds.
    private static func timeOfDay(_ milliseconds: Int) -> String {
        var seconds = time_t(milliseconds / 1000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        func two(_ number: CInt) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let rest = String(1000 + milliseconds % 1000).dropFirst()
        return "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)).\(rest)"
    }
}
