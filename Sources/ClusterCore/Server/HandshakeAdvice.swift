import CommandCatalog
import Logging

/// What to set in a client library whose greeting the contract refuses: logged once a client address and command.
enum HandshakeAdvice {
    /// By command what all clients have in common, and else what each library can be set to.
    ///
    /// Made once: every refusal is looked up here.
    private static let advice = general.merging(settings) { general, _ in general }

    private static let general: [String: String] = [
        "CLIENT SETNAME": "leave the client's name out of its options",
        "CLIENT GETNAME": "leave the client's name out of its options",
        "CLIENT ID": "turn client-side caching and connection tracking off",
        "CLIENT TRACKING": "turn client-side caching off",
        "COMMAND": "no setting is needed: the client asks for its hints only",
        "COMMAND DOCS": "no setting is needed: redis-cli asks for its hints only",
        "CONFIG GET": "no setting is needed: redis-benchmark asks for its report only",
        "CLUSTER SLOTS": "use the client for a single server, not the one for Redis Cluster",
        "CLUSTER SHARDS": "use the client for a single server, not the one for Redis Cluster",
        "READONLY": "use the client for a single server, not the one for Redis Cluster",
    ]

    private static let settings = Dictionary(
        LibraryGreeting.all.filter { !$0.setting.isEmpty }.map { ($0.command, "\($0.library): \($0.setting)") }
    ) { "\($0); \($1)" }

    static func log(_ command: String, client: String, _ server: ServerState) {
        guard let advice = advice[command] else { return }
        let address = client.lastIndex(of: ":").map { String(client[..<$0]) } ?? client
        guard server.ledger.isNew("\(command) \(address)") else { return }
        server.logger.notice(
            "client greets with a command that the contract refuses",
            metadata: ["client": "\(client)", "command": "\(command)", "advice": "\(advice)"])
    }
}
