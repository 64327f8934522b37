import ArgumentParser
import ClusterCore
import Compatibility
import Glibc
import Presentation

/// `clusterctl flush`: what the product's console does, and no client may.
struct FlushCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "flush",
        abstract: "Removes all keys of a running cluster.",
        discussion: """
            Clients cannot: the Cluster edition refuses FLUSHALL and FLUSHDB. On a terminal it asks first, unless told \
            --yes; in a script, where nobody could answer, it removes them at once. Clients that watch a key lose their \
            transaction, as with any change. Connections, counters and locks stay.
            """)

    static let examples = [
        Example("clusterctl flush", "the cluster on port 6379, after a question"),
        Example("clusterctl flush --port 7000 --yes", "another one, without"),
    ]

    @OptionGroup var connection: ConnectionOptions

    @Flag(name: [.short, .long], help: "Do not ask.")
    var yes = false

    @Flag(help: "Write the result as JSON.")
    var json = false

    func run() throws {
        var client = try connection.connect()
        do {
            guard try isWanted(&client) else { throw Failure("nothing was removed: answer y, or say --yes", .findings) }
            let keys = try client.flushAll()
            let result = JSON.object([("removed_keys", .integer(keys))])
            StandardOutput.writeLine(json ? result.text(isCompact: true) : "removed \(Quantity.count(keys, "key"))")
        } catch let error as AdminClient.Failure {
            throw ConnectionOptions.failure(error)
        }
    }

    /// Asks, where there is somebody to answer.
    private func isWanted(_ client: inout AdminClient) throws -> Bool {
        guard !yes, isatty(STDIN_FILENO) == 1, StandardError.isTerminal else { return true }
        let keys = try client.shards().reduce(0) { $0 + $1.keys }
        let server = try client.server()
        let place = server.port.map { "\(HostName.inURL(server.host ?? "")):\($0)" } ?? "this cluster"
        StandardError.write("Remove \(Quantity.count(keys, "key")) from \(SafeText.line(place))? [y/N] ")
        let answer = readLine()?.lowercased() ?? ""
        return answer == "y" || answer == "yes"
    }
}
