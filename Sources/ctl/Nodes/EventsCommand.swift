import ArgumentParser
import ClusterCore
import Glibc

/// `clusterctl events`: what has happened to nodes and logs.
struct EventsCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Lists what has happened to a running cluster's nodes and logs: failovers, copies, rewrites.")

    static let examples = [
        Example("clusterctl events", "what has happened so far"),
        Example("clusterctl events --follow --json", "what happens, a line of JSON each"),
    ]

    @OptionGroup var connection: ConnectionOptions

    @Flag(help: "Go on with what happens, until interrupted.")
    var follow = false

    @Flag(help: "Write each event as JSON.")
    var json = false

    private static let interval: useconds_t = 100_000

    func run() throws {
        var client = try connection.connect()
        var last = 0
        do throws(AdminClient.Failure) {
            repeat {
                for event in try client.events(after: last) {
                    StandardOutput.writeLine(line(event))
                    last = event.number
                }
                if follow { usleep(Self.interval) }
            } while follow
        } catch {
            throw ConnectionOptions.failure(error)
        }
    }

    private func line(_ event: AdminReport.Event) -> String {
        guard json else { return "\(Self.time(event.milliseconds)) \(event.kind): \(event.text)" }
        return JSON.object([
            ("number", .integer(event.number)), ("milliseconds", .integer(event.milliseconds)),
            ("kind", .string(event.kind)), ("text", .string(event.text)),
        ]).text(isCompact: true)
    }

    /// The local time of day, with milliseconds.
    private static func time(_ milliseconds: Int) -> String {
        var seconds = time_t(milliseconds / 1000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        func two(_ number: CInt) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let rest = String(1000 + milliseconds % 1000).dropFirst()
        return "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)).\(rest)"
    }
}
