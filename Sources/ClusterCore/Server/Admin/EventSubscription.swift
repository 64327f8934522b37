import WireFormats

/// A connection to the admin socket on which each event comes as it happens.
public struct EventSubscription: ~Copyable {
    private var client: AdminClient

    /// Makes a connection one for the events behind the one with a number.
    ///
    /// - Throws: `AdminClient.Failure` where the connection breaks, or no event has the number yet.
    public init(_ client: consuming AdminClient, after number: Int = 0) throws(AdminClient.Failure) {
        self.client = client
        _ = try self.client.ask(["FOLLOW", String(number)])
        // Nothing may happen for days.
        self.client.setReceiptLimit(.zero)
    }

    /// Waits for the next event; nil where the server has ended as it was asked to.
    ///
    /// - Throws: `AdminClient.Failure` where the connection breaks, or the reader was so slow that events are missing.
    public mutating func next() throws(AdminClient.Failure) -> AdminReport.Event? {
        while true {
            guard let reply = try client.nextReply() else {
                try client.receive()
                continue
            }
            switch reply {
            case .status: return nil
            case .error(let line): throw client.failure(answered: line, isAnswer: false)
            default:
                guard let fields = AdminFields(reply) else { throw client.unexpected("FOLLOW") }
                return AdminReport.Event(fields)
            }
        }
    }
}
