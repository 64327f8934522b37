import ArgumentParser
import ClusterCore
import WireFormats

/// Which running cluster to ask.
struct ConnectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The port of the cluster to ask, if its admin socket is where it is by default.", valueName: "port"),
        transform: ArgumentValues.integer(in: 1...65_535))
    var port = 6379

    @Option(help: ArgumentHelp("The admin socket of the cluster to ask, in place of the port.", valueName: "path"))
    var adminSocket: String?

    /// Connects to the cluster.
    func connect() throws(Failure) -> AdminClient {
        guard let path = adminSocket ?? AdminSocketFolder.socket(ofPort: port) else { throw absent("port \(port)") }
        do {
            return try AdminClient(path: path)
        } catch {
            throw error.isAbsent ? absent(adminSocket == nil ? "port \(port)" : path) : Self.failure(error)
        }
    }

    private func absent(_ place: String) -> Failure {
        Failure(
            "no cluster answers on \(place): start one with `clusterctl start`, or name another with --port or "
                + "--admin-socket", .unreachable)
    }

    /// Asks the cluster to do something; what it cannot do ends the program with its reason.
    func ask(_ client: inout AdminClient, _ words: [String]) throws(Failure) -> Reply {
        do {
            return try client.ask(words)
        } catch {
            throw Self.failure(error)
        }
    }

    /// An error of the admin socket as the end of the program.
    static func failure(_ error: AdminClient.Failure) -> Failure {
        Failure(error.description, error.isAnswer ? .usage : .unreachable)
    }
}

/// How results are written.
struct ReportOptions: ParsableArguments {
    @Flag(help: "Write the result as JSON.")
    var json = false

    @Option(
        help: ArgumentHelp("Colour: auto is on a terminal, unless NO_COLOR is set.", valueName: "auto|always|never"))
    var color = ColorMode.auto

    /// The colours of stdout.
    var style: Style { Style(isColored: color.isOn(onTerminal: StandardOutput.isTerminal)) }
}
