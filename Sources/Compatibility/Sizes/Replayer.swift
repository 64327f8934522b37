import CommandCatalog

/// Applies commands of an input to a replayed keyspace.
struct Replayer {
    private let table: CommandTable
    private let index = NameIndex.shared

    init(table: CommandTable) {
        self.table = table
    }

    /// A request's row in the catalog; -1 where no Redis has the command.
    @inline(__always)
    func row(_ request: Request) -> Int {
        switch index.find(request.text(0).octets.span) {
        case .supported(let id): Int(id.rawValue)
        case .unsupported(let row): row
        case nil: -1
        }
    }

    /// What a request does to the sizes of its keys.
    @inline(__always)
    func effect(_ request: Request) -> Effect {
        let row = row(request)
        return row >= 0 ? table[row].effect : Self.effectOfUnlisted(request)
    }

    /// What a command does that the catalog does not have.
    @inline(never)
    private static func effectOfUnlisted(_ request: Request) -> Effect {
        let name = String(decoding: request.copy(0, limit: 64), as: UTF8.self).uppercased()
        return Effect.named[name] ?? Effect.ofLaterReleases[name] ?? .unknown
    }

    /// Applies a command at once.
    func apply(_ request: Request, _ place: Place, _ keyspace: inout ReplayedKeyspace) {
        let effect = effect(request)
        guard effect != .none else { return }
        keyspace.database = place.database
        keyspace.apply(effect, request)
    }

    /// Applies a command of an append-only file: those of a transaction at its EXEC.
    ///
    /// - Parameter effect: what ``effect(_:)`` says of it.
    func apply(
        _ effect: Effect, _ request: Request, _ place: Place, _ keyspace: inout ReplayedKeyspace,
        _ queue: inout TransactionQueue
    ) {
        if request.count == 1 {
            if request.isWord(0, "MULTI") { return queue.begin() }
            if request.isWord(0, "EXEC") {
                return queue.end { effect, request, database in
                    keyspace.database = database
                    keyspace.apply(effect, request)
                }
            }
        }
        if queue.isOpen {
            queue.append(effect, request, database: place.database)
            guard queue.isFull else { return }
            return queue.spill { effect, request, database in
                keyspace.database = database
                keyspace.apply(effect, request)
            }
        }
        guard effect != .none else { return }
        keyspace.database = place.database
        keyspace.apply(effect, request)
    }
}
