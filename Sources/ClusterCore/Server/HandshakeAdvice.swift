import Logging

/// What to set in a client library whose greeting the contract refuses: logged once a client address and command.
enum HandshakeAdvice {
    private static let advice: [String: String] = [
        "HELLO": "set the client to RESP 2: redis-py protocol=2, go-redis Protocol: 2, node-redis RESP: 2, "
            + "Lettuce ProtocolVersion.RESP2",
        "CLIENT SETINFO": "turn the client's self-description off: redis-py lib_name=None and lib_version=None, "
            + "node-redis disableClientInfo: true, go-redis DisableIdentity: true",
        "CLIENT SETNAME": "leave the client's name out of its options",
        "CLIENT GETNAME": "leave the client's name out of its options",
        "CLIENT ID": "turn client-side caching and connection tracking off",
        "CLIENT TRACKING": "turn client-side caching off",
        "INFO": "turn the client's readiness check off: ioredis enableReadyCheck: false",
        "COMMAND": "no setting is needed: the client asks for its hints only",
        "COMMAND DOCS": "no setting is needed: redis-cli asks for its hints only",
        "CONFIG GET": "no setting is needed: redis-benchmark asks for its report only",
        "CLUSTER SLOTS": "use the client for a single server, not the one for Redis Cluster",
        "CLUSTER SHARDS": "use the client for a single server, not the one for Redis Cluster",
        "READONLY": "use the client for a single server, not the one for Redis Cluster",
    ]

    static func log(_ command: String, client: String, _ server: ServerState) {
        guard let advice = advice[command] else { return }
        let address = client.lastIndex(of: ":").map { String(client[..<$0]) } ?? client
        guard server.ledger.isNew("\(command) \(address)") else { return }
        server.logger.notice(
            "client greets with a command that the contract refuses",
            metadata: ["client": "\(client)", "command": "\(command)", "advice": "\(advice)"])
    }
}
