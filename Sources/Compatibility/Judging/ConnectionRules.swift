import CommandCatalog

/// The rules that need to know which client sent what and when: idle connections, and keys that others use while a
/// transaction holds them.
struct ConnectionRules: ~Copyable {
    private var connections = ConnectionTable()
    private var touches = RecentTouches()
    private let idleLimit: Int64
    private var scratch: [UInt8] = []
    /// The peer of the last request: its hash and its place in the table, which only another peer's can change.
    private var lastHash: UInt64 = 0
    private var lastPlace = -1

    init(contract: Contract) {
        idleLimit = Int64(contract.idleTimeoutSeconds) * 1_000_000
    }

    /// Whether some connection was forgotten for the number of them.
    var hasForgotten: Bool { connections.hasForgotten }

    /// Looks at one request of a client.
    ///
    /// - Parameters:
    ///   - row: its row in the catalog, -1 for an unknown command.
    ///   - time: microseconds since 1970.
    @inline(__always)
    mutating func look(_ row: Int, _ request: Request, _ place: Place, _ time: Int64, _ judge: inout Judge) {
        if !place.isSamePeer || lastPlace < 0 {
            let peer = UnsafeRawBufferPointer(start: request.base + place.peer.lowerBound, count: place.peer.count)
            lastHash = ByteHash.hash(peer)
            lastPlace = connections.place(of: lastHash)
        }
        let (hash, connection) = (lastHash, lastPlace)
        let last = connections[connection].lastTime
        connections[connection].lastTime = time
        if last != .min, time &- last > idleLimit { noteIdle(time - last, request, place, &judge) }
        if row == Int(Command.ID.multi.rawValue) {
            if connections[connection].transactionBegan == .min { connections.openTransactions += 1 }
            connections[connection].transactionBegan = time
        } else if connections.openTransactions > 0 {
            lookAtTransaction(row, request, place, time, hash | 1, connection, &judge)
        }
    }

    @inline(never)
    private mutating func lookAtTransaction(
        _ row: Int, _ request: Request, _ place: Place, _ time: Int64, _ peer: UInt64, _ connection: Int,
        _ judge: inout Judge
    ) {
        let began = connections[connection].transactionBegan
        let isEnd = row == Int(Command.ID.exec.rawValue) || row == Int(Command.ID.discard.rawValue)
        if isEnd, began != .min {
            connections[connection].transactionBegan = .min
            connections.openTransactions -= 1
            return
        }
        guard row >= 0 else { return }
        let facts = Catalog.all[row].facts
        for key in facts.keys.indexes(in: Judge.buffer(request).span, arguments: request.ranges.span)
        where key < request.count {
            let hash = request.withBytes(key, &scratch) { ByteHash.hash($0) }
            if began == .min {
                touches.note(hash, time: time, peer: peer)
            } else if touches.wasTouched(hash, since: began, byOtherThan: peer) {
                noteTouch(row, key, request, place, &judge)
            }
        }
    }

    private func noteTouch(_ row: Int, _ key: Int, _ request: Request, _ place: Place, _ judge: inout Judge) {
        judge.add(.lockedKeyTouched, command: row, key: key, argument: key, request, place) {
            Judge.Words(
                rule: .lockedKeyTouched, command: Catalog.all[row].name,
                message: "another connection used the key between MULTI and EXEC of this transaction",
                approximation: "the transaction's lock is taken to begin with MULTI")
        }
    }

    @inline(never)
    private func noteIdle(_ pause: Int64, _ request: Request, _ place: Place, _ judge: inout Judge) {
        let seconds = Int(pause / 1_000_000)
        let limit = Int(idleLimit / 1_000_000)
        judge.add(.idleConnection, command: 0, value: seconds, request, place) {
            var words = Judge.Words(
                rule: .idleConnection, command: "",
                message: "a connection was silent for \(seconds) seconds: the target closes it after \(limit)")
            words.measure = Finding.Measure(value: seconds, limit: limit, unit: .seconds)
            return words
        }
    }
}

/// Which connection used which key last, while transactions were open; later keys overwrite earlier ones.
struct RecentTouches: ~Copyable {
    private struct Touch {
        var key: UInt64 = 0
        var peer: UInt64 = 0
        var time: Int64 = .min
    }

    private static let capacity = 8192
    private let touches: UnsafeMutableBufferPointer<Touch>

    init() {
        touches = .allocate(capacity: Self.capacity)
        touches.initialize(repeating: Touch())
    }

    deinit { touches.deallocate() }

    func note(_ key: UInt64, time: Int64, peer: UInt64) {
        touches[Int(truncatingIfNeeded: key >> 40) & (Self.capacity - 1)] = Touch(key: key, peer: peer, time: time)
    }

    func wasTouched(_ key: UInt64, since time: Int64, byOtherThan peer: UInt64) -> Bool {
        let touch = touches[Int(truncatingIfNeeded: key >> 40) & (Self.capacity - 1)]
        return touch.key == key && touch.time >= time && touch.peer != peer
    }
}
