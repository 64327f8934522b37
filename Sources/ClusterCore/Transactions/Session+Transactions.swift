import CommandCatalog

/// MULTI, EXEC, DISCARD, WATCH and UNWATCH.
extension Session {
    private var locksWhenQueued: Bool { worker.server.configuration.contract.keyLocks == .queued }

    func multi(_ reply: inout ReplyBuffer) {
        guard transaction == nil else { return fail(.multi, "-ERR MULTI calls can not be nested\r\n", &reply) }
        transaction = Transaction()
        reply.appendOK()
    }

    /// Queues a command and, in the mode `queued`, takes its keys.
    func queue(_ id: Command.ID, _ facts: Command.Facts, _ arguments: Arguments, _ reply: inout ReplyBuffer) {
        guard var queue = transaction.take() else { preconditionFailure("nothing is queued outside MULTI") }
        defer { transaction = queue }
        let limit = worker.server.configuration.maximumTransactionBytes
        noteArguments(id, arguments)
        let holdsKeys = locksWhenQueued && facts.keys != .none
        guard queue.byteCount + Transaction.size(of: facts, arguments, holdsKeys: holdsKeys) <= limit else {
            queue.abort()
            noteError(.transactionSize, id)
            return reply.append(RefusalText.transactionTooLarge(limit: limit))
        }
        if facts.flags.contains(.write),
            let reason = worker.server.cluster.writeRefusal(id, facts.keys, arguments, &worker.selection)
        {
            queue.abort()
            return noteFailure(.unavailable(reason), id, arguments, isJudged: true, &reply)
        }
        if holdsKeys {
            let held = worker.server.cluster.takeKeys(facts.keys, arguments, for: number, &worker.selection) {
                queue.hold($0)
            }
            if let held {
                queue.abort()
                return noteFailure(.locked(argument: held), id, arguments, isJudged: true, &reply)
            }
        }
        queue.append(id, arguments)
        reply.append("+QUEUED\r\n")
    }

    func discard(_ reply: inout ReplyBuffer) {
        guard transaction != nil else { return fail(.discard, "-ERR DISCARD without MULTI\r\n", &reply) }
        endTransaction()
        reply.appendOK()
    }

    /// Answers WATCH, or lets it wait while much of what others have watched is still to be let go.
    func watch(_ arguments: Arguments, _ reply: inout ReplyBuffer) -> Next? {
        if transaction == nil, let next = waitForReleases() { return next }
        watchNow(arguments, &reply)
        return nil
    }

    /// What connections have watched and let go counts no longer as theirs: who asks for more waits until it is gone.
    private func waitForReleases() -> Next? {
        let limit = worker.server.configuration.maximumClientMemory / 8
        return worker.watchReleases.byteCount > limit ? Self.soon : nil
    }

    private func watchNow(_ arguments: Arguments, _ reply: inout ReplyBuffer) {
        guard transaction == nil else { return fail(.watch, "-ERR WATCH inside MULTI is not allowed\r\n", &reply) }
        guard let new = newlyWatched(arguments) else {
            noteError(.transactionSize, .watch)
            return reply.append(RefusalText.tooMuchWatched(limit: worker.server.configuration.maximumWatchedBytes))
        }
        let held = worker.server.cluster.watch(arguments, watchState, for: number, &worker.selection)
        if let held { return noteFailure(.locked(argument: held), .watch, arguments, &reply) }
        for key in new { watchedKeys.insert(key) }
        reply.appendOK()
    }

    /// The keys of a WATCH that are not watched yet; nil where they are too much.
    private func newlyWatched(_ arguments: Arguments) -> Set<[UInt8]>? {
        var new: Set<[UInt8]> = []
        var bytes = watchedKeys.byteCount
        for index in 1..<arguments.count {
            let key = arguments[index].copied()
            guard !watchedKeys.contains(key), new.insert(key).inserted else { continue }
            bytes += WatchedKeys.size(of: key)
            if bytes > worker.server.configuration.maximumWatchedBytes { return nil }
        }
        return new
    }

    /// Ends all watching and forgets that a key has changed.
    ///
    /// Of many keys the watching goes on unheard, to be ended piece by piece: what is told to the old state reaches nobody.
    func unwatch() {
        if watchedKeys.isDivided {
            worker.release(watchedKeys, of: watchState)
            watchState = WatchState()
        } else {
            watchedKeys.forEach { worker.server.cluster.unwatch($0, watchState) }
            watchState.reset()
        }
        if watchedKeys.count > 0 { watchedKeys = WatchedKeys() }
    }

    /// Ends the transaction and the watching, done or not, and lets the keys go: after EXEC and DISCARD, and when the
    /// connection ends.
    func endTransaction() {
        if let transaction { worker.server.cluster.releaseKeys(of: transaction, by: number) }
        transaction = nil
        isExecPending = false
        unwatch()
    }

    private func fail(_ id: Command.ID, _ line: StaticString, _ reply: inout ReplyBuffer) {
        noteError(.transactionOrder, id)
        reply.append(line)
    }
}

// MARK: - EXEC

extension Session {
    /// Begins EXEC; with a delay it is gone on with by `resume`.
    func exec(_ reply: inout ReplyBuffer) -> Next? {
        guard let queue = transaction else {
            fail(.exec, "-ERR EXEC without MULTI\r\n", &reply)
            return nil
        }
        if queue.isAborted {
            endTransaction()
            noteError(.aborted, .exec)
            reply.append("-EXECABORT Transaction discarded because of previous errors.\r\n")
            return nil
        }
        let delay = worker.server.faults.holdMilliseconds ?? worker.server.configuration.execDelayMilliseconds
        guard delay > 0, !watchState.isBroken else {
            return execute(&reply)
        }
        return holdKeysForDelay(delay, &reply)
    }

    private func holdKeysForDelay(_ delay: Int64, _ reply: inout ReplyBuffer) -> Next? {
        if !locksWhenQueued, var queue = transaction.take() {
            let held = worker.server.cluster.takeKeys(of: &queue, for: number, &worker.selection)
            transaction = queue
            if let held {
                answerHeld(held, &reply)
                return nil
            }
        }
        isExecPending = true
        return .wait(milliseconds: delay)
    }

    /// Goes on after the delay that `process` has asked for.
    func resume(_ reply: inout ReplyBuffer) {
        guard isExecPending else { return }
        now = worker.server.clock.now()
        // The EXEC has waited already: it does not wait for a primary, too.
        if case .retry? = execute(&reply) { answerUnavailable(.down(shard: nil), &reply) }
    }

    /// Runs the transaction, whose end this is unless it is to be tried again.
    private func execute(_ reply: inout ReplyBuffer) -> Next? {
        guard let queue = transaction else { preconditionFailure("EXEC without a transaction") }
        let mark = reply.count
        reply.append(arrayOf: queue.commands.count)
        let outcome = worker.server.cluster.run(
            queue, watching: watchedKeys, watchState, for: number, checksLocks: queue.heldKeys.isEmpty,
            &worker.selection
        ) { command, arguments, isLogged in
            executeQueued(command, arguments, isLogged: isLogged, &reply)
        }
        switch outcome {
        case .done: endTransaction()
        case .watchBroken:
            reply.truncate(to: mark)
            endTransaction()
            reply.appendNullArray()
        case .locked(let key):
            reply.truncate(to: mark)
            answerHeld(key, &reply)
        case .unavailable(.hanging):
            reply.truncate(to: mark)
            return Self.soon
        case .unavailable(let reason):
            reply.truncate(to: mark)
            answerUnavailable(reason, &reply)
        }
        return nil
    }

    /// Answers an EXEC that a shard cannot run: nothing was run, and the transaction ends.
    private func answerUnavailable(_ reason: EmbeddedCluster.Unavailability, _ reply: inout ReplyBuffer) {
        noteError(reason.errorKind, .exec)
        endTransaction()
        reply.append(RefusalText.unavailable(reason, worker.server))
    }

    private func executeQueued(
        _ command: Transaction.Queued, _ arguments: Arguments, isLogged: Bool, _ reply: inout ReplyBuffer
    ) {
        // A reply that is dropped need not be made; what the transaction changes, it changes as a whole.
        if reply.isOverflowing, !command.facts.flags.contains(.write) { return }
        if command.id == .unwatch { return reply.appendOK() }
        if command.facts.keys == .none { return answerConnectionCommand(command.id, arguments, &reply) }
        let outcome = worker.server.cluster.runLocked(
            command.id, command.facts.keys, arguments, now: now, isLogged: isLogged, &reply)
        if case .failed = outcome { noteFailure(outcome, command.id, arguments, isJudged: true, &reply) }
    }

    /// Answers an EXEC whose key is held by another transaction: nothing was run, and this transaction ends.
    private func answerHeld(_ key: [UInt8], _ reply: inout ReplyBuffer) {
        worker.counters.errors &+= 1
        worker.counters.locked &+= 1
        worker.counters.errorCounts.add(.locked, .exec, key: key)
        endTransaction()
        key.withByteView { reply.append(RefusalText.locked($0)) }
    }
}
