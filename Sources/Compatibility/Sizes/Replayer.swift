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
        return row >= 0 ? table[row].effect : .none
    }

    /// Applies a command at once.
    func apply(_ request: Request, _ place: Place, _ keyspace: inout ReplayedKeyspace) {
        let effect = effect(request)
        guard effect != .none else { return }
        keyspace.database = place.database
        keyspace.apply(effect, request)
    }

    /// Applies a command of an append-only file: those of a transaction at its EXEC.
    func apply(_ request: Request, _ place: Place, _ keyspace: inout ReplayedKeyspace, _ queue: inout TransactionQueue)
    {
        if request.count == 1 {
            if request.isWord(0, "MULTI") { return queue.begin() }
            if request.isWord(0, "EXEC") {
                return queue.end { effect, request, database in
                    keyspace.database = database
                    keyspace.apply(effect, request)
                }
            }
        }
        guard queue.isOpen else { return apply(request, place, &keyspace) }
        queue.append(effect(request), request, database: place.database)
    }
}
