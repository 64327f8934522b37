import CLibrary

/// The time that one connection's requests are answered in before others have their turn.
///
/// It is looked at between requests, so that one request may take longer, but never all that a client has sent at once. It
/// begins when it is first looked at.
struct Turn: ~Copyable {
    private var end: Int64?

    /// Whether it is over.
    var isOver: Bool {
        mutating get {
            let now = clibrary_coarse_milliseconds()
            if let end { return now >= end }
            end = now + Session.turnMilliseconds
            return false
        }
    }
}
