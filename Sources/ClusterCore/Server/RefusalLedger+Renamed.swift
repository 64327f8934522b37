public import CommandCatalog

extension RefusalLedger.Contents {
    /// The same, what an application sends by a name of its own counted as the command that the name stands for.
    ///
    /// The cluster itself knows no such names, as the product does not.
    ///
    /// - Parameter names: the commands by the names, in small letters, that `rename-command` has given them.
    public func counting(_ names: [String: String], under contract: Contract) -> Self {
        var contents = self
        contents.refusals = refusals.map { refusal in
            guard case .unknown = refusal.verdict, let name = names[refusal.command.lowercased()],
                let row = Catalog.row(named: name)
            else { return refusal }
            let verdict = contract.verdict(on: row)
            let isKnown = verdict != .supported
            return RefusalLedger.Refusal(
                command: isKnown ? row.name : refusal.command, verdict: isKnown ? verdict : refusal.verdict,
                count: refusal.count, firstKey: refusal.firstKey,
                instead: isKnown ? nil : "it is \(row.name) under another name: send \(row.name)",
                greetings: refusal.greetings, clients: refusal.clients)
        }
        return contents
    }
}
