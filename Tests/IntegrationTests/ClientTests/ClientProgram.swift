import ClusterCore
import Foundation
import TestSupport
import Testing

/// A program in `Clients/` that uses a client library as its documentation says, on a server that knows nothing of it.
///
/// It connects, sets and gets a binary key with a binary value, pipelines a hundred requests, retries a transaction whose
/// watched key another client changes, meets an error, a key that another connection's transaction holds, and a command
/// that is refused. It sleeps until the server has closed the idle connections, goes on, and ends a transaction whose
/// watched key another client has changed meanwhile. After each step it prints a line.
struct ClientProgram {
    /// The folder in `Clients/`.
    let name: String
    let command: [String]
    var environment: [String: String] = [:]

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Clients").path

    /// Where `Clients/setup` installs what Debian does not package.
    static let installed = URL(fileURLWithPath: folder).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent(".build/clients").path

    private static let steps = [
        "connect", "binary", "pipeline", "transaction", "error", "locked", "refused", "reconnect", "watched",
    ]

    /// Runs the program and returns the commands that the server refused it beside the one that it was to refuse.
    func run() throws -> [String] {
        // Longer than a loaded machine keeps a client waiting; the programs sleep five seconds.
        let server = try ClusterProcess("--idle-timeout", "3s")
        let process = try ChildProcess(
            command[0], command.dropFirst() + [String(server.port)], environment: environment)
        let status = try server.waitForEnd(of: process)
        let lines = process.output.split(separator: "\n").map(String.init)
        #expect(status == 0 && lines == Self.steps.map { "\($0) ok" }, "\(process.failure("status \(status ?? -1)"))")
        var admin = try AdminClient(path: server.adminPath)
        let refusals = try admin.refusals()
        let refused = Set(refusals.commands.map(\.command) + refusals.greetings.map(\.command))
        #expect(refused.contains("KEYS"))
        return refused.subtracting(["KEYS"]).sorted()
    }
}
