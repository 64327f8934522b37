import CommandCatalog
import Presentation
import WireFormats

/// Answering and counting what is not let in, and counting what has failed.
extension Session {
    private var server: ServerState { worker.server }

    /// Answers a request that the gate has not let in.
    @inline(never)
    func answerRefusal(_ refusal: Gate.Admission, _ arguments: Arguments, _ reply: inout ReplyBuffer) {
        worker.counters.errors &+= 1
        transaction?.abort()
        switch refusal {
        case .admitted: preconditionFailure("an admitted request is not refused")
        case .unauthenticated:
            worker.counters.errorCounts.add(.unauthenticated, nil, key: nil)
            reply.append("-NOAUTH Authentication required.\r\n")
        case .wrongArity(let id):
            reply.append(RefusalText.wrongArity(id))
            if !noteArguments(id, arguments) {
                worker.counters.errorCounts.add(.wrongArity, id, key: firstKey(of: arguments, id.row)?.copied())
            }
        case .keyTooLong(let index):
            let limit = server.configuration.contract.maxKeyBytes
            reply.append(RefusalText.keyTooLong(bytes: arguments[index].count, limit: limit))
            noteTooLongKey(arguments, at: index)
        case .refused: refuse(arguments, &reply)
        }
    }

    private func refuse(_ arguments: Arguments, _ reply: inout ReplyBuffer) {
        let contract = server.configuration.contract
        let row = arguments.withSpans { Catalog.row(in: $0, arguments: $1) }
        let verdict = row.map(contract.verdict(on:)) ?? .unknown
        reply.append(
            RefusalText.line(
                for: arguments[0], row: row, verdict: verdict, contract: contract,
                isTerse: server.configuration.hasTerseErrors))
        let name = row?.name ?? ShownArgument.name(arguments[0])
        greeting.learnLibrary(name, arguments)
        let part = greeting.part(name, arguments)
        server.ledger.refused(
            name, verdict, firstKey: firstKey(of: arguments, row)?.shortCopy(), client: client,
            instead: lockAdvice(arguments, row), greeting: part, library: greeting.library)
        switch part {
        case .harmless: break
        case .open: greeting.expectMore(after: name)
        case nil: if !greeting.hasSpoken { noteSpoken() }
        }
        HandshakeAdvice.log(name, library: greeting.library, client: client, server)
    }

    /// What to do in place of a script that releases a lock; nil for every other request.
    private func lockAdvice(_ arguments: Arguments, _ row: Command?) -> String? {
        guard row?.group == .scripting else { return nil }
        return arguments.withSpans { LockScript.releases(in: $0, arguments: $1) } ? LockScript.instead : nil
    }

    /// The first key of a request, or the pattern of KEYS, which stands for keys; nil if the command has none, and if it may
    /// be a secret.
    private func firstKey(of arguments: Arguments, _ row: Command?) -> ByteView? {
        guard let row else { return nil }
        var index: Int? = row.name == "KEYS" ? 1 : nil
        if index == nil {
            var keys = arguments.withSpans { row.facts.keys.indexes(in: $0, arguments: $1) }
            index = keys.next()
        }
        let secrets = arguments.withSpans { RequestSecrets(in: $0, arguments: $1) }
        guard let index, index < arguments.count, index < secrets.first else { return nil }
        return arguments[index]
    }

    private func noteTooLongKey(_ arguments: Arguments, at index: Int) {
        let name = RefusalText.printable(arguments[0], longest: 64).uppercased()
        server.ledger.exceeded(.key, key: arguments[index].copied(), bytes: arguments[index].count, command: name)
        if case .supported(let id)? = Catalog.find(arguments[0].buffer.span) { noteArguments(id, arguments) }
    }
}

// MARK: - Arguments that the contract does not have

extension Session {
    /// Whether the contract lacks what the arguments of a supported command ask for: a form of a later release, or
    /// another database.
    func isRefused(_ id: Command.ID, _ arguments: Arguments) -> Bool {
        let contract = server.configuration.contract
        return arguments.withSpans { contract.verdict(onArgumentsOf: id, in: $0, arguments: $1) } != .supported
    }

    /// Counts a supported command whose arguments ask for what the contract lacks, whatever 2.8 answers it; false where
    /// they ask for nothing of the kind.
    @inline(never) @discardableResult
    func noteArguments(_ id: Command.ID, _ arguments: Arguments) -> Bool {
        let contract = server.configuration.contract
        let verdict = arguments.withSpans { contract.verdict(onArgumentsOf: id, in: $0, arguments: $1) }
        let name: String
        switch verdict {
        case .newerArgument(let argument, _): name = "\(id.row.name) \(argument)"
        case .otherDatabase(let number): name = "\(id.row.name) \(number)"
        case .supported, .refused, .unlisted, .newer, .unknown: return false
        }
        let key = firstKey(of: arguments, id.row)?.shortCopy()
        server.ledger.refused(name, verdict, firstKey: key, client: client)
        return true
    }
}

// MARK: - Failures

extension Session {
    /// Counts a command that failed; the line of one that was not run is written here.
    ///
    /// - Parameter isJudged: whether what its arguments ask for has been counted before.
    @inline(never)
    func noteFailure(
        _ outcome: EmbeddedCluster.Outcome, _ id: Command.ID, _ arguments: Arguments, isJudged: Bool = false,
        _ reply: inout ReplyBuffer
    ) {
        worker.counters.errors &+= 1
        let isRefused = isJudged ? isRefused(id, arguments) : noteArguments(id, arguments)
        switch outcome {
        case .done: break
        case .locked(let index):
            worker.counters.locked &+= 1
            worker.counters.errorCounts.add(.locked, id, key: arguments[index].shortCopy())
            reply.append(RefusalText.locked(arguments[index]))
        case .unavailable(let reason):
            worker.counters.errorCounts.add(reason.errorKind, id, key: firstKey(of: arguments, id.row)?.shortCopy())
            reply.append(RefusalText.unavailable(reason, server))
        case .failed(.valueTooLarge(let key, let bytes, _)), .failed(.resultTooLarge(let key, let bytes, _)):
            server.ledger.exceeded(.value, key: key, bytes: bytes, command: id.row.name)
        case .failed(let error):
            // The error is what 2.8 answers to the later form.
            if isRefused && error.kind != .wrongType { return }
            let isMiscounted = error.kind == .syntax && !id.accepts(wordCount: arguments.count)
            let kind = isMiscounted ? ErrorKind.wrongArity : error.kind
            worker.counters.errorCounts.add(kind, id, key: firstKey(of: arguments, id.row)?.shortCopy())
        }
    }

    /// Counts an error that has nothing to do with a key.
    func noteError(_ kind: ErrorKind, _ id: Command.ID) {
        worker.counters.errors &+= 1
        worker.counters.errorCounts.add(kind, id, key: nil)
    }

    /// Counts bytes that were no request, or the beginning of one that is too large.
    @inline(never)
    func noteProtocolError(_ error: ProtocolError) {
        worker.counters.errors &+= 1
        guard case .requestTooLarge(let bytes, _) = error.kind else {
            return worker.counters.errorCounts.add(.protocolError, nil, key: nil)
        }
        worker.counters.requests &+= 1
        server.ledger.exceeded(.request, key: [], bytes: bytes, command: "")
    }
}

extension EmbeddedCluster.Unavailability {
    /// What an answer of this kind is counted as.
    var errorKind: ErrorKind {
        switch self {
        case .down, .hanging: .noPrimary
        case .refusesWrites: .logFailure
        case .outOfMemory: .outOfMemory
        }
    }
}

extension ByteView {
    /// The first bytes, for a report.
    fileprivate func shortCopy() -> [UInt8] { Array(buffer.prefix(1_024)) }
}
