import CommandCatalog

/// The cluster in this process, as the gate sees it: commands go in, replies come out, whole and atomic.
///
/// This is the one way from a connection to the data. Everything here runs on the caller's thread and holds the locks
/// of the shards it touches from the first look to the last change; nothing waits but for those.
struct EmbeddedCluster: Sendable {
    let shards: ShardSet
    let maximumValueBytes: Int
    /// Whether commands wait for a shard without a primary, instead of failing.
    let waitsForFailover: Bool
    /// Numbers what is logged on several shards.
    let transactions = TransactionCounter()
    /// Who has written what, where replicas lag behind on purpose.
    let ledger: LossLedger?
    /// Whether something was logged that has not been written to files.
    let unwritten = UnwrittenFlag()

    init(shards count: Int, maximumValueBytes: Int, waitsForFailover: Bool = false, keepsLosses: Bool = false) {
        ledger = keepsLosses ? LossLedger(shards: count) : nil
        shards = ShardSet.make(count: count)
        self.maximumValueBytes = maximumValueBytes
        self.waitsForFailover = waitsForFailover
    }

    /// How a command ended.
    enum Outcome {
        case done
        case failed(ReplyError)
        /// Nothing was done: the key at this place among the arguments is held by another connection's transaction.
        case locked(argument: Int)
        /// Nothing was done, for a reason that has nothing to do with the command.
        case unavailable(Unavailability)
    }

    /// Why a shard does nothing for a command.
    enum Unavailability {
        /// It has no primary.
        case down(shard: Int?)
        /// Its primary does not answer: ask again later.
        case hanging
        /// It takes no writes.
        case refusesWrites
        /// It takes nothing that needs memory.
        case outOfMemory
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
        let call = Call(
            arguments: arguments, shards: shards, home: home, homeIndex: 1, homeHash: address.hash, now: now,
            maximumValueBytes: maximumValueBytes
        )
        if !home.pointee.attention.isEmpty { return runAttentively(id, call, shard: address.shard, for: owner, &reply) }
        return run(id, call, &reply)
    }

    /// Runs a command with one key on a shard that has to be looked at first, and logs what it does.
    @inline(never)
    private func runAttentively(
        _ id: Command.ID, _ call: Call, shard: Int, for owner: KeyLocks.Owner, _ reply: inout ReplyBuffer
    ) -> Outcome {
        let attention = call.home.pointee.attention
        if attention != .isLogged {
            if let reason = unavailability(attention, shard: shard, of: id) { return .unavailable(reason) }
            if call.home.pointee.isHeld(call.arguments[1], hash: call.homeHash, byOtherThan: owner) {
                return .locked(argument: 1)
            }
            if attention.contains(.isCopied), id.facts.flags.contains(.write) {
                call.home.pointee.keepForCopy(call.arguments[1], hash: call.homeHash)
            }
        }
        let outcome = runLogged(id, call, &reply)
        if let ledger { note(shard, owner, ledger) }
        return outcome
    }

    /// Notes that a connection has written to a shard's log.
    @inline(never)
    private func note(_ shard: Int, _ owner: KeyLocks.Owner, _ ledger: LossLedger) {
        ledger.note(shard: shard, upTo: shards.log(of: shard).pointee.end.position, by: owner)
    }

    /// Notes that a connection has written to the logs of these shards.
    func note(_ selection: borrowing ShardSelection, _ owner: KeyLocks.Owner) {
        guard let ledger else { return }
        selection.forEach { note($0, owner, ledger) }
    }

    /// Why a shard does nothing for a command; nil where it does.
    func unavailability(_ attention: Shard.Attention, shard: Int, of id: Command.ID) -> Unavailability? {
        if attention.contains(.isHanging) { return .hanging }
        if attention.contains(.isDown) { return waitsForFailover ? .hanging : .down(shard: shard) }
        return writeRefusal(attention, shard: shard, of: id)
    }

    /// Why a shard does not take a command's write; nil where it does, or there is none.
    private func writeRefusal(_ attention: Shard.Attention, shard: Int, of id: Command.ID) -> Unavailability? {
        if attention.contains(.hasMemoryLimit), id.facts.flags.contains(.denyOOM),
            shards[shard].pointee.usedBytes > shards[shard].pointee.memoryLimit
        {
            return .outOfMemory
        }
        if attention.contains(.refusesWrites), id.facts.flags.contains(.write) { return .refusesWrites }
        return nil
    }

    /// Why a command's shards would not take its write: what 2.8 looks at when a command is queued.
    func writeRefusal(
        _ id: Command.ID, _ keys: KeyLayout, _ arguments: Arguments, _ scratch: inout ShardSelection
    ) -> Unavailability? {
        scratch.removeAll()
        for index in arguments.keyIndexes(keys) { scratch.insert(shards.index(of: arguments[index])) }
        scratch.lock(shards)
        defer { scratch.unlock(shards) }
        var reason: Unavailability?
        scratch.forEach { index in
            if reason == nil { reason = writeRefusal(shards[index].pointee.attention, shard: index, of: id) }
        }
        return reason
    }

    private func runLogged(_ id: Command.ID, _ call: Call, _ reply: inout ReplyBuffer) -> Outcome {
        do {
            let logger = EffectLogger(id, call)
            try logger.run(&reply)
            if logger.mayLog { unwritten.set() }
            return .done
        } catch {
            reply.append(error)
            return .failed(error)
        }
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
        let attention = scratch.attention(of: shards)
        if attention.isEmpty { return runLocked(id, keys, arguments, now: now, isLogged: false, &reply) }
        if let reason = unavailability(scratch, id) { return .unavailable(reason) }
        if let index = heldKey(keys, arguments, byOtherThan: owner) { return .locked(argument: index) }
        if attention.contains(.isCopied) { keepForCopy(id, keys, arguments) }
        guard attention.contains(.isLogged), arguments.count > 2 else {
            defer { note(scratch, owner) }
            return runLocked(id, keys, arguments, now: now, isLogged: attention.contains(.isLogged), &reply)
        }
        beginFrames(scratch)
        defer {
            endFrames(scratch)
            note(scratch, owner)
        }
        return runLocked(id, keys, arguments, now: now, isLogged: true, &reply)
    }

    /// Why one of the selected shards does nothing for a command; nil where all do.
    func unavailability(_ selection: borrowing ShardSelection, _ id: Command.ID) -> Unavailability? {
        var reason: Unavailability?
        selection.forEach { index in
            let attention = shards[index].pointee.attention
            if reason == nil { reason = unavailability(attention, shard: index, of: id) }
        }
        return reason
    }

    /// Has the keys that a command may write to copied before, where a copy is being made.
    func keepForCopy(_ id: Command.ID, _ keys: KeyLayout, _ arguments: Arguments) {
        guard id.facts.flags.contains(.write) else { return }
        for index in arguments.keyIndexes(keys) {
            let key = arguments[index]
            shards.shard(of: key).pointee.keepForCopy(key, hash: KeyHash.hash(key))
        }
    }

    /// Runs a command whose shards are locked already.
    func runLocked(
        _ id: Command.ID, _ keys: KeyLayout, _ arguments: Arguments, now: Instant, isLogged: Bool,
        _ reply: inout ReplyBuffer
    ) -> Outcome {
        var indexes = arguments.keyIndexes(keys)
        let homeIndex = indexes.next() ?? 0
        let address = address(of: arguments[homeIndex])
        let call = Call(
            arguments: arguments, shards: shards, home: shards[address.shard], homeIndex: homeIndex,
            homeHash: address.hash, now: now, maximumValueBytes: maximumValueBytes
        )
        return isLogged ? runLogged(id, call, &reply) : run(id, call, &reply)
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
    /// The place of the first key that another connection's transaction holds.
    ///
    /// The keys' shards are locked.
    private func heldKey(_ keys: KeyLayout, _ arguments: Arguments, byOtherThan owner: KeyLocks.Owner) -> Int? {
        for index in arguments.keyIndexes(keys) {
            let shard = shards.shard(of: arguments[index])
            guard shard.pointee.attention.contains(.keysAreHeld) else { continue }
            let key = arguments[index]
            if shard.pointee.isHeld(key, hash: KeyHash.hash(key), byOtherThan: owner) { return index }
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
            if shards.shard(of: key).pointee.takeKey(key, hash: KeyHash.hash(key), for: owner) { taken(key) }
        }
        return nil
    }

    /// Lets a key go.
    func releaseKey(_ key: ByteView, by owner: KeyLocks.Owner) {
        let index = shards.index(of: key)
        let shard = shards[index]
        shards.lock(index)
        defer { shards.unlock(index) }
        shard.pointee.releaseKey(key, hash: KeyHash.hash(key), by: owner)
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
            lockedKeys: shard.pointee.heldKeyCount
        )
    }

    /// Removes all keys of all shards at one instant.
    ///
    /// What was removed is freed when nobody waits for the shards any more. Returns how many keys there were.
    @discardableResult
    func removeAll() -> Int {
        let removed = ShardSet.make(count: shards.count)
        defer { removed.destroy() }
        let all = ShardSelection(allOf: shards)
        all.lock(shards)
        defer { all.unlock(shards) }
        var count = 0
        beginFrames(all)
        all.forEach {
            count += shards[$0].pointee.keyspace.count
            _ = removed[$0].pointee.exchange(shards[$0].pointee.removeAll())
        }
        endFrames(all)
        unwritten.set()
        return count
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
    func sweep(shard index: Int, buckets: Int, now: Instant) -> Keyspace.Swept {
        let shard = shards[index]
        shards.lock(index)
        defer { shards.unlock(index) }
        return shard.pointee.keyspace.sweep(buckets: buckets, now: now)
    }
}
