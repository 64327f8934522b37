import CommandCatalog
import Glibc

/// Runs a command and logs what it has changed, on each shard for itself: no log names a key of another shard.
///
/// The shards of all its keys are locked. A shard without a log is left out.
struct EffectLogger {
    let id: Command.ID
    let call: Call
    private let effect: Effect

    @inline(__always)
    init(_ id: Command.ID, _ call: Call) {
        self.id = id
        self.call = call
        effect = Effect(of: id)
    }

    /// Whether the command may have logged something.
    @inline(__always)
    var mayLog: Bool {
        if case .none = effect { false } else { true }
    }

    /// Runs the command; an error has changed and logged nothing.
    @inline(__always)
    func run(_ reply: inout ReplyBuffer) throws(ReplyError) {
        switch effect {
        case .none: try Dispatch.run(id, call, &reply)
        case .verbatim:
            call.home.pointee.isDirty = false
            try Dispatch.run(id, call, &reply)
            if call.home.pointee.isDirty { logAsSent() }
        case .state where call.arguments.count == 3 && id == .set:
            // The most frequent write: nothing has to be looked up again.
            try Dispatch.run(id, call, &reply)
            guard let log = call.home.pointee.keyspace.log else { return }
            if log.pointee.isCapturing { _ = captures(call.key(at: 1)) }
            log.pointee.append(call.arguments)
        default: try runRarer(&reply)
        }
    }

    /// Logs the command itself, or the key's whole state where a copy needs it.
    @inline(__always)
    private func logAsSent() {
        guard let log = call.home.pointee.keyspace.log else { return }
        if log.pointee.isCapturing, captures(call.key(at: 1)) { return logState(of: call.key(at: 1)) }
        log.pointee.append(call.arguments)
    }

    @inline(never)
    private func runRarer(_ reply: inout ReplyBuffer) throws(ReplyError) {
        switch effect {
        case .none, .verbatim: preconditionFailure("not one of the rarer commands")
        case .removals: logRemovals()
        case .numbers, .sum, .scores, .equalScores:
            let isPlain = isReadAlike
            call.home.pointee.isDirty = false
            try Dispatch.run(id, call, &reply)
            guard call.home.pointee.isDirty else { return }
            return isPlain ? logAsSent() : logState(of: call.key(at: 1))
        case .destination(let index):
            let existed = call.key(at: index).slot() != nil
            try Dispatch.run(id, call, &reply)
            let destination = call.key(at: index)
            guard existed || destination.slot() != nil else { return }
            return logState(of: destination)
        default: break
        }
        let mark = reply.count
        call.home.pointee.isDirty = false
        try Dispatch.run(id, call, &reply)
        if call.home.pointee.isDirty { log(reply, from: mark) }
    }

    /// Logs what a command has done that has answered what stands in `reply` from `mark` on.
    private func log(_ reply: borrowing ReplyBuffer, from mark: Int) {
        switch effect {
        case .none, .verbatim, .numbers, .sum, .scores, .equalScores, .removals, .destination: break
        case .state: logState(of: call.key(at: 1))
        case .deadline: write(call.key(at: 1), logDeadline)
        case .field: write(call.key(at: 1), logField)
        case .poppedMember: logPoppedMember(reply, from: mark)
        case .pairs:
            for index in stride(from: 1, to: call.arguments.count, by: 2) { logState(of: call.key(at: index)) }
        case .movedElement: logMovedElement()
        case .movedMember: logMovedMember()
        }
    }
}

// MARK: - Numbers

extension EffectLogger {
    /// Whether every Redis does the same with the command as it was sent: the numbers that it reads are written as each
    /// of them writes them, and a range of names is among members of one score.
    private var isReadAlike: Bool {
        let arguments = call.arguments
        switch effect {
        case .numbers(let places): return places.allSatisfy { arguments[$0].isPlainInteger }
        case .scores(let first):
            for index in stride(from: first, to: arguments.count, by: 2) where !arguments[index].isPlainText {
                return false
            }
            return true
        case .sum:
            guard arguments.count < 3 || arguments[2].isPlainInteger else { return false }
            guard let record = call.key(at: 1).slot()?.pointee, record.form == .string else { return true }
            return record.value.isPlainInteger
        case .equalScores:
            guard let slot = call.key(at: 1).slot(), slot.pointee.form.type == .sortedSet else { return true }
            return SortedSetMembers(slot.pointee).haveOneScore
        default: return true
        }
    }
}

extension ByteView {
    /// Whether the bytes are a number's digits as they are printed.
    fileprivate var isPlainInteger: Bool {
        guard let number = parsedInteger() else { return false }
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var span = digits.mutableSpan
        var isPlain = false
        span.withDigits(of: number) { isPlain = $0 == self }
        return isPlain
    }

    /// Whether there are bytes, and none of them is zero.
    fileprivate var isPlainText: Bool { count > 0 && memchr(start, 0, count) == nil }
}

// MARK: - One key

extension EffectLogger {
    /// Notes that a key is logged; true where the copy that is being made did not have it yet, and its whole state must
    /// be logged.
    private func captures(_ key: Key) -> Bool {
        key.shard.pointee.keyspace.log?.pointee.capture(key.bytes, hash: key.hash) ?? false
    }

    private func logState(of key: Key) {
        guard let log = key.shard.pointee.keyspace.log else { return }
        if log.pointee.isCapturing { _ = captures(key) }
        if let slot = key.slot() {
            KeyState.log(slot.pointee, to: &log.pointee)
        } else {
            KeyState.appendRemoval(of: key.bytes, to: &log.pointee)
        }
    }

    /// Logs a change of a key by `body`, or the key's whole state where a copy needs it.
    private func write(_ key: Key, _ body: (Key, inout WriteLog) -> Void) {
        guard let log = key.shard.pointee.keyspace.log else { return }
        if log.pointee.isCapturing, captures(key) { return logState(of: key) }
        body(key, &log.pointee)
    }

    private func logDeadline(_ key: Key, _ log: inout WriteLog) {
        if let slot = key.slot() {
            KeyState.appendDeadline(slot.pointee, to: &log)
        } else {
            KeyState.appendRemoval(of: key.bytes, to: &log)
        }
    }

    private func logField(_ key: Key, _ log: inout WriteLog) {
        let field = call.arguments[2]
        guard let slot = key.slot(), let value = HashValue(slot).entry(field).value else { return }
        log.beginCommand(arguments: 4)
        log.append("HSET")
        log.append(key.bytes)
        log.append(field)
        log.append(value)
    }

    /// The member is read from the reply, `$3 abc`; where that was too large to be kept, the set is logged.
    private func logPoppedMember(_ reply: borrowing ReplyBuffer, from mark: Int) {
        let key = call.key(at: 1)
        guard !reply.isOverflowing, let member = reply.bulk(at: mark) else { return logState(of: key) }
        write(key) { key, log in Self.append("SREM", key, member, to: &log) }
    }

    private static func append(_ name: StaticString, _ key: Key, _ element: ByteView, to log: inout WriteLog) {
        log.beginCommand(arguments: 3)
        log.append(name)
        log.append(key.bytes)
        log.append(element)
    }
}

// MARK: - Several keys

extension EffectLogger {
    /// Before the keys are removed: afterwards nobody knows which of them there were.
    private func logRemovals() {
        for index in 1..<call.arguments.count {
            let key = call.key(at: index)
            guard let log = key.shard.pointee.keyspace.log, key.slot() != nil else { continue }
            _ = log.pointee.capture(key.bytes, hash: key.hash)
            KeyState.appendRemoval(of: key.bytes, to: &log.pointee)
        }
    }

    private func logMovedElement() {
        let (source, destination) = (call.key(at: 1), call.key(at: 2))
        guard let slot = destination.slot() else { return }
        if source.bytes == destination.bytes {
            return write(source) { _, log in log.append(call.arguments) }
        }
        let element = ListValue(slot).bytes(at: .head)
        write(source) { key, log in
            log.beginCommand(arguments: 2)
            log.append("RPOP")
            log.append(key.bytes)
        }
        write(destination) { key, log in Self.append("LPUSH", key, element, to: &log) }
    }

    private func logMovedMember() {
        let member = call.arguments[3]
        write(call.key(at: 1)) { key, log in Self.append("SREM", key, member, to: &log) }
        write(call.key(at: 2)) { key, log in Self.append("SADD", key, member, to: &log) }
    }
}
