import ArgumentParser
import ClusterCore
import Compatibility
import Glibc
import Presentation

/// `clusterctl status`: one look at a running cluster, or one every few seconds.
struct StatusCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Shows a running cluster: shards, keys and bytes, clients, requests a second, what was refused.",
        discussion: """
            Asks the cluster's admin socket, so it counts as no client and is no request. Where shards have replicas, it \
            lists the nodes: role, state and how far they are behind. Requests a second are those of the last quarter of \
            a second, with --watch those since the last look.
            """)

    static let examples = [
        Example("clusterctl status", "the cluster on port 6379"),
        Example("clusterctl status --port 7000 --clients", "another one, with its clients"),
        Example("clusterctl status --watch 5", "again every five seconds"),
        Example("clusterctl status --json | jq .refusals", "what was refused, for a program"),
    ]

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var report: ReportOptions

    @Flag(help: "List the connected clients.")
    var clients = false

    @Option(
        defaultAsFlag: 2,
        help: ArgumentHelp("Show it again every so many seconds, until interrupted.", valueName: "seconds"))
    var watch: Int?

    /// Between the two looks that a rate needs.
    private static let firstInterval: useconds_t = 250_000

    func validate() throws {
        guard let watch, !(1...86_400).contains(watch) else { return }
        throw ValidationError("--watch \(watch): write seconds from 1 to 86400")
    }

    func run() throws {
        var client = try connection.connect()
        do throws(AdminClient.Failure) {
            let first = try StatusReport(asking: &client)
            usleep(Self.firstInterval)
            var last = try StatusReport(asking: &client).since(first)
            show(last)
            guard let watch else { return }
            while true {
                sleep(UInt32(watch))
                last = try StatusReport(asking: &client).since(last)
                show(last)
            }
        } catch {
            throw ConnectionOptions.failure(error)
        }
    }

    /// Prints a report; on a terminal that is watched, in place of the last one.
    private func show(_ status: StatusReport) {
        if report.json { return StandardOutput.writeLine(status.json.text(isCompact: watch != nil)) }
        let text = status.lines(listingClients: clients, report.style).joined(separator: "\n")
        guard watch != nil else { return StandardOutput.writeLine(text) }
        StandardOutput.writeLine(StandardOutput.isTerminal ? "\u{1B}[H\u{1B}[2J\(text)" : "\(text)\n")
    }
}
