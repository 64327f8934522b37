import ArgumentParser
import ClusterCore
import WireFormats

/// `clusterctl snapshot`: an instant to come back to between two tests.
struct SnapshotCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "snapshot",
        abstract: "Keeps all keys of a running cluster under a name, in its memory, and brings them back.",
        discussion: """
            To restore takes some 20 ms for 100,000 keys: between two tests, instead of filling the cluster anew. A \
            snapshot takes the memory of its keys twice. Clients that watch a key lose their transaction, as with any change. Snapshots are gone when the cluster \
            ends; `export` writes a file.
            """)

    static let examples = [
        Example("clusterctl snapshot save clean", "before the first test"),
        Example("clusterctl snapshot restore clean", "before each other one"),
    ]

    /// What can be done with a snapshot.
    enum Action: String, ExpressibleByArgument, CaseIterable {
        case save, restore, delete
    }

    @OptionGroup var connection: ConnectionOptions

    @Argument(help: ArgumentHelp("What to do: save, restore or delete.", valueName: "action"))
    var action: Action

    @Argument(help: ArgumentHelp("The snapshot's name.", valueName: "name"))
    var name: String

    func validate() throws {
        if name.isEmpty {
            throw ValidationError("the name is empty: write one behind \(action.rawValue), such as clean")
        }
    }

    func run() throws {
        var client = try connection.connect()
        let answer = try connection.ask(&client, ["SNAPSHOT", action.rawValue, name])
        guard case .integer(let keys) = answer else { return }
        StandardError.writeLine("snapshot \(name): \(action.rawValue)d with \(Quantity.count(Int(keys), "key"))")
    }
}
