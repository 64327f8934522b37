import ArgumentParser
import ClusterCore
import WireFormats

/// `clusterctl clock`: time for tests that cannot wait.
struct ClockCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "clock",
        abstract: "Moves the clock of a running cluster that was started with --clock manual.",
        discussion: """
            Keys expire, idle connections are closed and silent nodes are given up by this clock. It stands still until it \
            is moved. The new instant is written to stdout, in milliseconds of the Unix epoch.
            """)

    static let examples = [
        Example("clusterctl clock advance 30m", "half an hour has passed")
    ]

    /// What can be done with a clock.
    enum Action: String, ExpressibleByArgument, CaseIterable {
        case advance
    }

    @OptionGroup var connection: ConnectionOptions

    @Argument(help: ArgumentHelp("What to do: advance.", valueName: "action"))
    var action: Action

    @Argument(
        help: ArgumentHelp("By how much: seconds, or with a unit: 500ms, 90s, 30m.", valueName: "time"),
        transform: ArgumentValues.milliseconds)
    var time: Int64

    func run() throws {
        var client = try connection.connect()
        guard case .integer(let now) = try connection.ask(&client, ["CLOCK", "ADVANCE", String(time)]) else { return }
        StandardOutput.writeLine("\(now)")
    }
}
