import CommandCatalog
import Logging

/// What to set in a client library whose greeting the contract refuses: logged once a client address and command.
enum HandshakeAdvice {
    /// - Parameter library: the library that the client says it is; nil where it has not said so.
    static func log(_ command: String, library: String?, client: String, _ server: ServerState) {
        let advice = LibraryGreeting.advice(on: command, libraries: library.map { [$0] } ?? [])
        guard !advice.isEmpty else { return }
        let address = client.lastIndex(of: ":").map { String(client[..<$0]) } ?? client
        guard server.ledger.isNew("\(command) \(library ?? "") \(address)") else { return }
        server.logger.notice(
            "client greets with a command that the contract refuses",
            metadata: ["client": "\(client)", "command": "\(command)", "advice": "\(advice)"])
    }
}
