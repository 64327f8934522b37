import ArgumentParser
import ClusterCore

/// `clusterctl save`: the files of a cluster with `--dir`, rewritten now.
struct SaveCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "save",
        abstract:
            "Rewrites the files of a running cluster that was started with --dir, and waits until they are on the disk.",
        discussion: """
            Clients are served meanwhile. Each node's log becomes an RDB base and a short log behind it; those that count \
            are on the disk when the command ends.
            """)

    static let examples = [Example("clusterctl save && cp -r data copy", "a copy of the data, small and quick to load")]

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        var client = try connection.connect()
        _ = try connection.ask(&client, ["SAVE"])
        StandardError.writeLine("the files are rewritten")
    }
}
