import CommandCatalog
import WireFormats

/// Answering while faults are in force, or commands are timed: one request after another, none looked ahead.
extension Session {
    /// Answers the requests in `bytes` as `process` does.
    func processSingly(
        _ bytes: UnsafeRawBufferPointer, _ reply: inout ReplyBuffer, _ turn: inout Turn
    ) -> (consumed: Int, next: Next) {
        var consumed = 0
        while reply.count <= Self.batchBytes {
            if consumed > 0, consumed < bytes.count, turn.isOver { return (consumed, .turn) }
            let rest = UnsafeRawBufferPointer(rebasing: bytes[consumed...])
            switch decodeOne(in: rest) {
            case .needMore: return (consumed, .read)
            case .empty(let count): consumed += count
            case .failure(let error):
                noteProtocolError(error)
                reply.append(error.replyLine)
                return (bytes.count, .close)
            case .request(let count):
                let mark = reply.count
                if let next = answerSingly(in: rest, &reply, mark) {
                    guard case .retry = next else { return (consumed + count, next) }
                    forgetDecoded()
                    return (consumed, next)
                }
                consumed += count
            }
        }
        return (consumed, .drain)
    }

    private func answerSingly(
        in bytes: UnsafeRawBufferPointer, _ reply: inout ReplyBuffer, _ mark: Int
    ) -> Next? {
        let (arguments, admission) = judge(in: bytes)
        guard case .admitted(let id, _) = admission else { return answer(arguments, admission, &reply) }
        guard !isDelayed, let fault = worker.server.faults.meets(id, arguments) else {
            isDelayed = false
            return answerTimed(id, arguments, admission, &reply)
        }
        switch fault {
        case .delay(let milliseconds):
            isDelayed = true
            return .retry(milliseconds: milliseconds)
        case .fail(let line):
            worker.counters.requests &+= 1
            noteError(.injected, id)
            transaction?.abort()
            reply.append(Array("-\(line)\r\n".utf8))
            return nil
        case .drop:
            _ = answer(arguments, admission, &reply)
            reply.truncate(to: mark + (reply.count - mark) / 2)
            return .close
        case .refuse, .idle, .hold: preconditionFailure("\(fault.name) does not meet requests")
        }
    }

    private func answerTimed(
        _ id: Command.ID, _ arguments: Arguments, _ admission: Gate.Admission, _ reply: inout ReplyBuffer
    ) -> Next? {
        guard worker.latencies != nil else { return answer(arguments, admission, &reply) }
        let start = ContinuousClock.now
        let next = answer(arguments, admission, &reply)
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        worker.latencies?.add(id, nanoseconds: seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
        return next
    }
}
