/// A key's whole state as commands that make it, whatever was there before.
///
/// ```text
///   string       SET key value                            PEXPIREAT key ms
///   others       DEL key, RPUSH|SADD|HMSET|ZADD key …     PEXPIREAT key ms
///   no such key  DEL key
/// ```
enum KeyState {
    /// How many elements one command carries at most, as in Redis' own logs.
    private static let elementsPerCommand = 64

    /// Logs the state of a key that has this record, as one whole.
    static func log(_ record: Record, to log: inout WriteLog) {
        if record.form == .string, record.deadline == Deadline.never { return appendString(record, to: &log) }
        log.framed { log in
            if record.form == .string {
                appendString(record, to: &log)
            } else {
                appendRemoval(of: record.key, to: &log)
                appendElements(record, to: &log)
            }
            appendDeadline(record, to: &log)
        }
    }

    /// Logs that there is no such key.
    static func appendRemoval(of key: ByteView, to log: inout WriteLog) {
        log.beginCommand(arguments: 2)
        log.append("DEL")
        log.append(key)
    }

    /// Logs when a key expires; nothing where it does not.
    static func appendDeadline(_ record: Record, to log: inout WriteLog) {
        guard let deadline = record.deadline.milliseconds else { return }
        log.beginCommand(arguments: 3)
        log.append("PEXPIREAT")
        log.append(record.key)
        log.append(deadline)
    }

    private static func appendString(_ record: Record, to log: inout WriteLog) {
        log.beginCommand(arguments: 3)
        log.append("SET")
        log.append(record.key)
        log.append(record.value)
    }

    private static func appendElements(_ record: Record, to log: inout WriteLog) {
        var record = record
        let key = record.key
        switch record.form.type {
        case .string: preconditionFailure("a string has no elements")
        case .list:
            withUnsafeMutablePointer(to: &record) { slot in
                let list = ListValue(slot)
                var command = Command("RPUSH", elements: list.count, words: 1)
                list.forEach { command.append($0, to: &log, key) }
            }
        case .set:
            let members = SetMembers(record)
            var command = Command("SADD", elements: members.count, words: 1)
            members.forEach { command.append($0, to: &log, key) }
        case .hash:
            withUnsafeMutablePointer(to: &record) { slot in
                let hash = HashValue(slot)
                var command = Command("HMSET", elements: hash.count, words: 2)
                hash.forEach { field, value in
                    command.append(field, to: &log, key)
                    log.append(value)
                }
            }
        case .sortedSet:
            let members = SortedSetMembers(record)
            var command = Command("ZADD", elements: members.count, words: 2)
            members.forEach { member, score in
                ScoreText.withText(of: score) { command.append($0, to: &log, key) }
                log.append(member)
            }
        }
    }

    /// Spreads elements over commands.
    private struct Command {
        private let name: StaticString
        private let words: Int
        private var remaining: Int
        private var left = 0

        init(_ name: StaticString, elements: Int, words: Int) {
            self.name = name
            self.words = words
            remaining = elements
        }

        /// The next element, or the first word of it, with the command before it where one is to begin.
        mutating func append(_ word: ByteView, to log: inout WriteLog, _ key: ByteView) {
            if left == 0 {
                left = min(remaining, KeyState.elementsPerCommand)
                remaining -= left
                log.beginCommand(arguments: 2 + left * words)
                log.append(name)
                log.append(key)
            }
            left -= 1
            log.append(word)
        }
    }
}
