import CommandCatalog
import WireFormats

/// One client's conversation, from bytes to replies, without a socket: what it has said so far, whether it is known,
/// its transaction and what it watches.
///
/// Belongs to its event loop's thread.
final class Session {
    /// Names this connection as a holder of locks.
    let number: UInt64
    /// The client's address, for reports.
    let client: String
    let worker: Worker
    /// What the client has sent since it connected, as far as greetings of client libraries go.
    var greeting = ConnectionGreeting()
    private let server: ServerState
    private var decoder: RequestDecoder
    /// Whether the client has given the password, or need not.
    var isAuthenticated: Bool {
        didSet { decoder.isAuthenticated = isAuthenticated }
    }
    /// Whether the next AUTH has waited for wrong ones before it.
    var hasWaitedForAuthentication = false
    var transaction: Transaction?
    /// Whether EXEC has been read and waits for its delay to pass.
    var isExecPending = false
    var watchedKeys = WatchedKeys()
    var watchState = WatchState()
    /// Whether the next request has waited for a fault's delay already.
    var isDelayed = false
    /// The instant of the current batch.
    var now = Instant(milliseconds: 0)

    /// What the connection is to do after a batch.
    enum Next: Equatable {
        /// Read more.
        case read
        /// Send the replies, then close.
        case close
        /// Send the replies; there are more requests in the bytes, to be gone on with when the client has taken some.
        case drain
        /// The next request cannot be answered yet: hand it over again a little later, and read nothing until then.
        case retry(milliseconds: Int64)
        /// Send the replies; there are more requests in the bytes, to be gone on with when other connections have had
        /// their turn.
        case turn
        /// Call `resume` after so many milliseconds, and read nothing until then.
        case wait(milliseconds: Int64)
    }

    /// Past this many waiting bytes, a batch is broken off until they are sent.
    static let batchBytes = 1024 * 1024
    /// So long the requests of one connection are answered before others have their turn, in milliseconds.
    static let turnMilliseconds: Int64 = 5
    /// How often a request that waits for a shard's primary is tried again.
    static let soon = Next.retry(milliseconds: 2)

    init(worker: Worker, client: String) {
        self.worker = worker
        server = worker.server
        number = server.nextConnectionNumber()
        self.client = client
        decoder = RequestDecoder(maximumRequestBytes: server.configuration.contract.maxRequestBytes)
        isAuthenticated = server.configuration.password == nil
        decoder.isAuthenticated = isAuthenticated
    }

    /// Whether anything is held for the client between its requests.
    var holdsBytes: Bool { transaction != nil || watchedKeys.count > 0 }

    /// The bytes that are held for the client between its requests, about.
    var heldBytes: Int { (transaction?.byteCount ?? 0) + watchedKeys.byteCount + decoder.allocatedBytes }

    /// Answers the requests in `bytes`, which begin where the last call has left off; returns how many it is done with.
    func process(_ bytes: UnsafeRawBufferPointer, _ reply: inout ReplyBuffer) -> (consumed: Int, next: Next) {
        now = server.clock.now()
        if greeting.isUnanswered { greeting.noteAnswered() }
        var turn = Turn()
        if server.answersSingly { return processSingly(bytes, &reply, &turn) }
        var consumed = 0
        while true {
            let lookahead = lookAhead(in: bytes, from: consumed)
            if let (end, next) = answerBatch(from: consumed, &reply) {
                // What lies behind is decoded again when it is its turn.
                decoder.reset()
                return (end, next)
            }
            consumed = lookahead.end
            switch lookahead.stop {
            case .batchIsFull: break
            case .needsMore: return (consumed, .read)
            case .failure(let error):
                noteProtocolError(error)
                reply.append(error.replyLine)
                return (bytes.count, .close)
            case .request(let arguments, let admission, let start):
                if let next = answer(arguments, admission, &reply) {
                    guard case .retry = next else { return (consumed, next) }
                    decoder.reset()
                    return (start, next)
                }
            }
            if reply.count > Self.batchBytes { return (consumed, .drain) }
            if consumed < bytes.count, turn.isOver { return (consumed, .turn) }
        }
    }
}

// MARK: - Looking ahead

extension Session {
    /// Why looking ahead has ended.
    private enum Stop {
        case batchIsFull
        case needsMore
        case failure(ProtocolError)
        /// A request that is answered by itself, after those before it, and where it begins.
        case request(Arguments, Gate.Admission, Int)
    }

    /// Decodes and judges requests into the loop's batch, up to one that has to be answered by itself, and asks for the
    /// memory of their keys.
    ///
    /// `end` is where the last decoded request ends.
    @inline(__always)
    private func lookAhead(in bytes: UnsafeRawBufferPointer, from start: Int) -> (stop: Stop, end: Int) {
        worker.batch.removeAll()
        var end = start
        let stop = fillBatch(from: bytes, &end)
        if worker.batch.count > 1 { server.cluster.prefetch(worker.batch.addresses) }
        return (stop, end)
    }

    @inline(__always)
    private func fillBatch(from bytes: UnsafeRawBufferPointer, _ end: inout Int) -> Stop {
        while worker.batch.count < RequestBatch.capacity {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[end...])
            switch decoder.next(in: rest) {
            case .needMore: return .needsMore
            case .empty(let count): end += count
            case .failure(let error): return .failure(error)
            case .request(let count):
                let start = end
                end += count
                let arguments = request(in: rest)
                let admission = server.gate.admit(arguments, isAuthenticated: isAuthenticated)
                guard case .admitted(let id, .first) = admission, transaction == nil, !decoder.isInline,
                    worker.batch.hasRoom(forArguments: arguments.count)
                else { return .request(arguments, admission, start) }
                worker.batch.append(id, arguments, at: server.cluster.address(of: arguments[1]), end: end)
            }
        }
        return .batchIsFull
    }

    @inline(__always)
    private func request(in bytes: UnsafeRawBufferPointer) -> Arguments {
        let places = decoder.arguments
        guard let first = places.baseAddress else { preconditionFailure("a request without a name") }
        return Arguments(
            start: decoder.base(in: bytes).assumingMemoryBound(to: UInt8.self), ranges: first, count: places.count)
    }

    /// Answers the requests of the batch; where one leaves too many replies waiting, or cannot be answered yet, returns
    /// where to go on.
    @inline(__always)
    private func answerBatch(from start: Int, _ reply: inout ReplyBuffer) -> (end: Int, next: Next)? {
        let count = worker.batch.count
        if count > 0, !greeting.hasSpoken { noteSpoken() }
        for index in 0..<count {
            let (request, arguments, address) = worker.batch[index]
            countRequest(request.id)
            let outcome = server.cluster.run(request.id, arguments, at: address, for: number, now: now, &reply)
            if case .done = outcome {
            } else if case .unavailable(.hanging) = outcome {
                uncountRequest(request.id)
                return (index == 0 ? start : worker.batch[index - 1].request.end, Self.soon)
            } else {
                noteFailure(outcome, request.id, arguments, &reply)
            }
            if reply.count > Self.batchBytes { return (request.end, .drain) }
        }
        return nil
    }

    @inline(__always)
    private func countRequest(_ id: Command.ID) {
        worker.counters.requests &+= 1
        worker.counters.commands[Int(id.rawValue)] &+= 1
    }

    /// Takes back the counting of a request that will be handed over again.
    private func uncountRequest(_ id: Command.ID) {
        worker.counters.requests &-= 1
        worker.counters.commands[Int(id.rawValue)] &-= 1
    }
}

// MARK: - One request at a time

extension Session {
    /// Decodes the request that `bytes` begin with.
    func decodeOne(in bytes: UnsafeRawBufferPointer) -> RequestDecoder.Outcome { decoder.next(in: bytes) }

    /// The request that was just decoded, and what the gate says of it.
    func judge(in bytes: UnsafeRawBufferPointer) -> (Arguments, Gate.Admission) {
        let arguments = request(in: bytes)
        return (arguments, server.gate.admit(arguments, isAuthenticated: isAuthenticated))
    }

    /// Lets the last request be decoded again.
    func forgetDecoded() { decoder.reset() }
}

// MARK: - Answering

extension Session {
    /// Answers one request; returns what to do where that is not to go on.
    func answer(_ arguments: Arguments, _ admission: Gate.Admission, _ reply: inout ReplyBuffer) -> Next? {
        guard case .admitted(let id, let shape) = admission else {
            worker.counters.requests &+= 1
            answerRefusal(admission, arguments, &reply)
            return nil
        }
        countRequest(id)
        if !greeting.hasSpoken, !ConnectionGreeting.mayBePartOfIt(id) { noteSpoken() }
        if transaction != nil || shape == .none || id == .watch {
            let next = answerSpecial(id, arguments, &reply)
            if case .retry = next { uncountRequest(id) }
            return next
        }
        let outcome =
            shape == .several
            ? server.cluster.run(id, id.facts.keys, arguments, for: number, now: now, &worker.selection, &reply)
            : server.cluster.run(
                id, arguments, at: server.cluster.address(of: arguments[1]), for: number, now: now, &reply)
        if case .unavailable(.hanging) = outcome {
            uncountRequest(id)
            return Self.soon
        }
        if shape == .firstAlone { noteArguments(id, arguments) }
        if case .done = outcome {
        } else {
            noteFailure(outcome, id, arguments, isJudged: shape == .firstAlone, &reply)
        }
        return nil
    }
}

// MARK: - Commands that the session answers itself

extension Session {
    /// Answers a command without keys, WATCH, or any command inside MULTI.
    private func answerSpecial(_ id: Command.ID, _ arguments: Arguments, _ reply: inout ReplyBuffer) -> Next? {
        switch id {
        case .quit:
            reply.appendOK()
            return .close
        case .multi: multi(&reply)
        case .exec: return exec(&reply)
        case .auth where transaction == nil:
            if turnAwayFromAuthentication(&reply) { return nil }
            if let wait = waitBeforeAuthentication(arguments) { return wait }
            authenticate(arguments, isNoted: true, &reply)
        case .discard: discard(&reply)
        case .watch: return watch(arguments, &reply)
        default:
            if transaction != nil {
                queue(id, id.facts, arguments, &reply)
            } else {
                answerConnectionCommand(id, arguments, &reply)
            }
        }
        return nil
    }

    /// Answers AUTH, ECHO, PING, SELECT and UNWATCH, also as a part of a transaction.
    func answerConnectionCommand(_ id: Command.ID, _ arguments: Arguments, _ reply: inout ReplyBuffer) {
        switch id {
        case .ping: ping(arguments, &reply)
        case .echo: reply.append(bulk: arguments[1])
        case .select: select(arguments, &reply)
        case .auth: authenticate(arguments, isNoted: false, &reply)
        case .unwatch:
            unwatch()
            reply.appendOK()
        default: preconditionFailure("\(id) is not a command on the connection")
        }
    }

    private func ping(_ arguments: Arguments, _ reply: inout ReplyBuffer) {
        switch arguments.count {
        case 1: reply.append("+PONG\r\n")
        case 2: reply.append(bulk: arguments[1])
        default:
            noteError(.wrongArity, .ping)
            reply.append(RefusalText.wrongArity(.ping))
        }
    }

    private func select(_ arguments: Arguments, _ reply: inout ReplyBuffer) {
        if let database = arguments[1].parsedInteger(), database == 0 { return reply.appendOK() }
        worker.counters.errors &+= 1
        // As a part of a transaction it was judged when it was queued.
        let isOtherDatabase = transaction == nil ? noteArguments(.select, arguments) : isRefused(.select, arguments)
        if !isOtherDatabase { worker.counters.errorCounts.add(.database, .select, key: nil) }
        reply.append(.invalidDatabase)
    }
}
