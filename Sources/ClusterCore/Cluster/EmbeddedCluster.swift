import CommandCatalog

/// The cluster in this process, as the gate sees it: commands go in, replies come out, whole and atomic.
///
/// This is the one way from a connection to the data. Everything here runs on the caller's thread and holds the locks
/// of the shards it touches from the first look to the last change; nothing waits but for those.
struct EmbeddedCluster: Sendable {
    let shards: ShardSet
    let maximumValueBytes: Int

    init(shards count: Int, maximumValueBytes: Int) {
        shards = ShardSet.make(count: count)
        self.maximumValueBytes = maximumValueBytes
    }

    /// How a command ended.
    enum Outcome {
        case done
        case failed(ReplyError)
        /// Nothing was done: the key at this place among the arguments is held by another connection's transaction.
        case locked(argument: Int)
    }

    /// A key's shard and hash: what has to be found out before anything can be done with it, and needs no lock.
    struct Address {
        let shard: Int
        let hash: UInt64
    }

    /// Where a key lives.
    @inline(__always)
    func address(of key: ByteView) -> Address {
        Address(shard: shards.index(of: key), hash: KeyHash.hash(key))
    }

    /// Runs a command whose only key is its first argument, and writes its reply or its error's line.
    @inline(__always)
    func run(
        _ id: Command.ID, _ arguments: Arguments, at address: Address, for owner: KeyLocks.Owner, now: Instant,
        _ reply: inout ReplyBuffer
    ) -> Outcome {
        let home = shards[address.shard]
        shards.lock(address.shard)
        defer { shards.unlock(address.shard) }
        if !home.pointee.keyLocks.isEmpty,
            home.pointee.keyLocks.isHeld(arguments[1], hash: address.hash, byOtherThan: owner)
        {
            return .locked(argument: 1)
        }
        let call = Call(
            arguments: arguments, shards: shards, home: home, homeIndex: 1, homeHash: address.hash, now: now,
            maximumValueBytes: maximumValueBytes
        )
        return run(id, call, &reply)
    }

    @inline(__always)
    private func run(_ id: Command.ID, _ call: Call, _ reply: inout ReplyBuffer) -> Outcome {
        do {
            try Dispatch.run(id, call, &reply)
            return .done
        } catch {
            reply.append(error)
            return .failed(error)
        }
    }

    /// Runs a command with any number of keys, and writes its reply or its error's line.
    func run(
        _ id: Command.ID, _ keys: KeyLayout, _ arguments: Arguments, for owner: KeyLocks.Owner, now: Instant,
        _ scratch: inout ShardSelection, _ reply: inout ReplyBuffer
    ) -> Outcome {
        scratch.removeAll()
        for index in arguments.keyIndexes(keys) { scratch.insert(shards.index(of: arguments[index])) }
        scratch.lock(shards)
        defer { scratch.unlock(shards) }
        if let index = heldKey(keys, arguments, byOtherThan: owner) { return .locked(argument: index) }
        return runLocked(id, keys, arguments, now: now, &reply)
    }

    /// Runs a command whose shards are locked already.
    func runLocked(
        _ id: Command.ID, _ keys: KeyLayout, _ arguments: Arguments, now: Instant, _ reply: inout ReplyBuffer
    ) -> Outcome {
        var indexes = arguments.keyIndexes(keys)
        let homeIndex = indexes.next() ?? 0
        let address = address(of: arguments[homeIndex])
        let call = Call(
            arguments: arguments, shards: shards, home: shards[address.shard], homeIndex: homeIndex,
            homeHash: address.hash, now: now, maximumValueBytes: maximumValueBytes
        )
        return run(id, call, &reply)
    }

    /// Asks for the memory that commands on these keys will look at, all at once, so that they do not wait for it one
    /// after another.
    ///
    /// Takes each shard's lock once.
    func prefetch(_ addresses: UnsafeBufferPointer<Address>) {
        var isDone: UInt64 = 0
        precondition(addresses.count <= 64)
        for first in addresses.indices where isDone & (1 << UInt64(first)) == 0 {
            let number = addresses[first].shard
            let shard = shards[number]
            shards.lock(number)
            defer { shards.unlock(number) }
            for index in first..<addresses.count where addresses[index].shard == number {
                shard.pointee.keyspace.prefetchBucket(of: addresses[index].hash)
            }
            for index in first..<addresses.count where addresses[index].shard == number {
                shard.pointee.keyspace.prefetchRecord(of: addresses[index].hash)
                isDone |= 1 << UInt64(index)
            }
        }
    }
}

// MARK: - Keys held by transactions

extension EmbeddedCluster {
    private func isHeld(_ key: ByteView, on shard: ShardSet.Reference, byOtherThan owner: KeyLocks.Owner) -> Bool {
        shard.pointee.keyLocks.isHeld(key, hash: KeyHash.hash(key), byOtherThan: owner)
    }

    /// The place of the first key that another connection's transaction holds.
    ///
    /// The keys' shards are locked.
    private func heldKey(_ keys: KeyLayout, _ arguments: Arguments, byOtherThan owner: KeyLocks.Owner) -> Int? {
        for index in arguments.keyIndexes(keys) {
            let shard = shards.shard(of: arguments[index])
            if !shard.pointee.keyLocks.isEmpty, isHeld(arguments[index], on: shard, byOtherThan: owner) { return index }
        }
        return nil
    }

    /// Takes all keys of a command for a transaction, or none: then the place of the one that another connection holds
    /// is returned.
    ///
    /// `taken` is told each key that was not the owner's already.
    func takeKeys(
        _ keys: KeyLayout, _ arguments: Arguments, for owner: KeyLocks.Owner, _ scratch: inout ShardSelection,
        taken: (ByteView) -> Void
    ) -> Int? {
        scratch.removeAll()
        for index in arguments.keyIndexes(keys) { scratch.insert(shards.index(of: arguments[index])) }
        scratch.lock(shards)
        defer { scratch.unlock(shards) }
        if let index = heldKey(keys, arguments, byOtherThan: owner) { return index }
        for index in arguments.keyIndexes(keys) {
            let key = arguments[index]
            if shards.shard(of: key).pointee.keyLocks.take(key, hash: KeyHash.hash(key), for: owner) { taken(key) }
        }
        return nil
    }

    /// Lets a key go.
    func releaseKey(_ key: ByteView, by owner: KeyLocks.Owner) {
        let index = shards.index(of: key)
        let shard = shards[index]
        shards.lock(index)
        defer { shards.unlock(index) }
        shard.pointee.keyLocks.release(key, hash: KeyHash.hash(key), by: owner)
    }
}

// MARK: - WATCH

extension EmbeddedCluster {
    /// Watches the keys from argument 1 on, or none: then the place of the one that another connection's transaction
    /// holds is returned.
    func watch(
        _ arguments: Arguments, _ state: WatchState, for owner: KeyLocks.Owner, _ scratch: inout ShardSelection
    ) -> Int? {
        scratch.removeAll()
        for index in 1..<arguments.count { scratch.insert(shards.index(of: arguments[index])) }
        scratch.lock(shards)
        defer { scratch.unlock(shards) }
        if let index = heldKey(.every, arguments, byOtherThan: owner) { return index }
        for index in 1..<arguments.count {
            let key = arguments[index]
            shards.shard(of: key).pointee.watches.add(state, to: key, hash: KeyHash.hash(key))
        }
        return nil
    }

    /// Ends the watching of a key.
    func unwatch(_ key: ByteView, _ state: WatchState) {
        let index = shards.index(of: key)
        let shard = shards[index]
        shards.lock(index)
        defer { shards.unlock(index) }
        shard.pointee.watches.remove(state, from: key, hash: KeyHash.hash(key))
    }
}

// MARK: - The whole cluster

extension EmbeddedCluster {
    /// What one shard holds.
    struct ShardFigures: Sendable {
        var keys = 0
        var payloadBytes = 0
        var expiring = 0
        var expired: UInt64 = 0
        var lockedKeys = 0
    }

    /// Reads a shard's figures.
    func figures(ofShard index: Int) -> ShardFigures {
        let shard = shards[index]
        shards.lock(index)
        defer { shards.unlock(index) }
        return ShardFigures(
            keys: shard.pointee.keyspace.count, payloadBytes: shard.pointee.keyspace.payloadBytes,
            expiring: shard.pointee.keyspace.expiringCount, expired: shard.pointee.keyspace.expiredCount,
            lockedKeys: shard.pointee.keyLocks.count
        )
    }

    /// Removes all keys of all shards at one instant.
    func removeAll() {
        for index in 0..<shards.count { shards.lock(index) }
        for index in 0..<shards.count { shards[index].pointee.removeAll() }
        for index in 0..<shards.count { shards.unlock(index) }
    }

    /// Looks at a part of a shard's keys, visiting those that have not expired; returns the cursor of the next part, 0
    /// at the end.
    func scan(shard index: Int, _ cursor: UInt64, now: Instant, _ body: (Record) -> Void) -> UInt64 {
        let shard = shards[index]
        shards.lock(index)
        defer { shards.unlock(index) }
        return shard.pointee.keyspace.scan(cursor) { if !$0.deadline.hasPassed(at: now) { body($0) } }
    }

    /// Removes some of what has expired, and goes on with tables that are being resized.
    func sweep(shard index: Int, buckets: Int, now: Instant) -> Int {
        let shard = shards[index]
        shards.lock(index)
        defer { shards.unlock(index) }
        return shard.pointee.keyspace.sweep(buckets: buckets, now: now)
    }
}
