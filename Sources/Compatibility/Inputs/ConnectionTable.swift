/// What is known of each connection of a trace: when it was last used and whether its transaction is open.
///
/// At most ``maximumConnections`` are remembered; then those that were silent longest are forgotten.
struct ConnectionTable: ~Copyable {
    /// One connection.
    ///
    /// Trivial.
    struct Connection {
        var hash: UInt64 = 0
        /// Microseconds since 1970.
        var lastTime: Int64 = .min
        /// When MULTI came; `min` outside of a transaction.
        var transactionBegan: Int64 = .min
    }

    static let maximumConnections = 32_768
    private var places: UnsafeMutableBufferPointer<Connection>
    private var count = 0
    /// How many transactions are open.
    var openTransactions = 0
    /// Whether connections were forgotten.
    private(set) var hasForgotten = false

    init() {
        places = .allocate(capacity: 256)
        places.initialize(repeating: Connection())
    }

    deinit { places.deallocate() }

    /// The place of a connection, made where it is new.
    ///
    /// Valid until the next call.
    @inline(__always)
    mutating func place(of hash: UInt64) -> Int {
        let hash = hash | 1
        var place = Int(truncatingIfNeeded: hash >> 32) & (places.count &- 1)
        while places[place].hash != hash {
            if places[place].hash == 0 { return insert(hash) }
            place = (place &+ 1) & (places.count &- 1)
        }
        return place
    }

    subscript(place: Int) -> Connection {
        @inline(__always) get { places[place] }
        @inline(__always) set { places[place] = newValue }
    }

    @inline(never)
    private mutating func insert(_ hash: UInt64) -> Int {
        if count * 2 >= places.count { makeRoom() }
        count += 1
        return put(Connection(hash: hash))
    }

    private func put(_ connection: Connection) -> Int {
        var place = Int(truncatingIfNeeded: connection.hash >> 32) & (places.count - 1)
        while places[place].hash != 0 { place = (place + 1) & (places.count - 1) }
        places[place] = connection
        return place
    }

    private mutating func makeRoom() {
        var kept = places.filter { $0.hash != 0 }
        var capacity = places.count * 2
        if count >= Self.maximumConnections {
            kept.sort { $0.lastTime > $1.lastTime }
            kept.removeLast(kept.count / 2)
            hasForgotten = true
            capacity = places.count
        }
        places.deallocate()
        places = .allocate(capacity: capacity)
        places.initialize(repeating: Connection())
        count = kept.count
        openTransactions = kept.count { $0.transactionBegan != .min }
        for connection in kept { _ = put(connection) }
    }
}
