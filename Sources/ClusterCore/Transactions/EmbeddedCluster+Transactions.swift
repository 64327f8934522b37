import CommandCatalog

extension EmbeddedCluster {
    /// How a transaction ended.
    enum TransactionOutcome {
        /// All commands were run; their replies are written.
        case done
        /// A watched key had changed: nothing was run.
        case watchBroken
        /// Nothing was run: another connection's transaction holds this key.
        case locked([UInt8])
        /// Nothing was run: a shard that it touches does nothing now.
        case unavailable(Unavailability)
    }

    /// Runs all commands of a transaction at one instant, over all shards they touch: those of their keys and of the
    /// watched keys are locked together.
    ///
    /// - Parameters:
    ///   - checksLocks: whether a key may be held by another transaction; not so where all of them are held by this one.
    ///   - run: runs one command, whose shards are locked, and writes its reply; it is told whether effects are logged.
    func run(
        _ transaction: Transaction, watching watched: WatchedKeys, _ state: WatchState, for owner: KeyLocks.Owner,
        checksLocks: Bool, _ scratch: inout ShardSelection, _ run: (Transaction.Queued, Arguments, Bool) -> Void
    ) -> TransactionOutcome {
        select(transaction, watched, &scratch)
        scratch.lock(shards)
        defer { scratch.unlock(shards) }
        if state.isBroken { return .watchBroken }
        if checksLocks, let key = heldKey(of: transaction, byOtherThan: owner) { return .locked(key) }
        let attention = scratch.attention(of: shards)
        if let reason = unavailability(of: transaction, scratch, attention) { return .unavailable(reason) }
        if attention.contains(.isCopied) { transaction.forEach { keepForCopy($0.id, $0.facts.keys, $1) } }
        let isLogged = attention.contains(.isLogged)
        if isLogged { beginFrames(scratch) }
        transaction.forEach { run($0, $1, isLogged) }
        if isLogged {
            endFrames(scratch)
            note(scratch, owner)
        }
        return .done
    }

    /// Why a transaction cannot be run as a whole; nil where it can.
    private func unavailability(
        of transaction: Transaction, _ selection: borrowing ShardSelection, _ attention: Shard.Attention
    ) -> Unavailability? {
        guard !attention.isDisjoint(with: [.isDown, .isHanging, .refusesWrites]) else { return nil }
        var reason: Unavailability?
        for command in transaction.commands where reason == nil {
            reason = unavailability(selection, command.id)
        }
        return reason
    }

    /// Takes all keys of a transaction, or none: then the key that another connection's transaction holds is returned.
    func takeKeys(
        of transaction: inout Transaction, for owner: KeyLocks.Owner, _ scratch: inout ShardSelection
    ) -> [UInt8]? {
        select(transaction, WatchedKeys(), &scratch)
        scratch.lock(shards)
        defer { scratch.unlock(shards) }
        if let key = heldKey(of: transaction, byOtherThan: owner) { return key }
        var taken: [[UInt8]] = []
        forEachKey(of: transaction) { key in
            if shards.shard(of: key).pointee.takeKey(key, hash: KeyHash.hash(key), for: owner) {
                taken.append(key.copied())
            }
        }
        for key in taken { key.withByteView { transaction.hold($0) } }
        return nil
    }

    /// Lets all keys of a transaction go.
    func releaseKeys(of transaction: Transaction, by owner: KeyLocks.Owner) {
        for key in transaction.heldKeys { key.withByteView { releaseKey($0, by: owner) } }
    }

    private func select(_ transaction: Transaction, _ watched: WatchedKeys, _ scratch: inout ShardSelection) {
        scratch.removeAll()
        watched.forEach { scratch.insert(shards.index(of: $0)) }
        forEachKey(of: transaction) { scratch.insert(shards.index(of: $0)) }
    }

    private func heldKey(of transaction: Transaction, byOtherThan owner: KeyLocks.Owner) -> [UInt8]? {
        var held: [UInt8]?
        forEachKey(of: transaction) { key in
            guard held == nil else { return }
            let isHeld = shards.shard(of: key).pointee.isHeld(key, hash: KeyHash.hash(key), byOtherThan: owner)
            if isHeld { held = key.copied() }
        }
        return held
    }

    private func forEachKey(of transaction: Transaction, _ body: (ByteView) -> Void) {
        transaction.forEach { command, arguments in
            for index in arguments.keyIndexes(command.facts.keys) { body(arguments[index]) }
        }
    }
}
