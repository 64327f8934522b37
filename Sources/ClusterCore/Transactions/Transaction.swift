import CommandCatalog

/// The commands that a connection has queued since MULTI, and the keys it holds for them.
struct Transaction {
    /// One queued command: its arguments' places are `arguments` in the transaction's list.
    struct Queued {
        let id: Command.ID
        let facts: Command.Facts
        let arguments: Range<Int>
    }

    private(set) var commands: [Queued] = []
    /// The arguments of all commands, one after another, and their places.
    private var bytes: [UInt8] = []
    private var places: [Range<Int>] = []
    /// The keys that this transaction holds.
    private(set) var heldKeys: [[UInt8]] = []
    /// Whether an error while queueing makes EXEC refuse the whole.
    private(set) var isAborted = false

    /// What the queue takes.
    var byteCount: Int { bytes.count + places.count * MemoryLayout<Range<Int>>.size }

    mutating func abort() { isAborted = true }

    /// Remembers a key that was taken.
    mutating func hold(_ key: ByteView) { heldKeys.append(key.copied()) }

    /// Queues a copy of a command.
    mutating func append(_ id: Command.ID, _ facts: Command.Facts, _ arguments: Arguments) {
        let first = places.count
        for index in 0..<arguments.count {
            let begin = bytes.count
            bytes.append(contentsOf: arguments[index].buffer)
            places.append(begin..<bytes.count)
        }
        commands.append(Queued(id: id, facts: facts, arguments: first..<places.count))
    }

    /// Visits the commands in the order they came in.
    func forEach(_ body: (Queued, Arguments) -> Void) {
        bytes.withByteView { all in
            places.withUnsafeBufferPointer { places in
                guard let firstPlace = places.baseAddress else { return }
                for command in commands {
                    let range = command.arguments
                    body(
                        command,
                        Arguments(start: all.start, ranges: firstPlace + range.lowerBound, count: range.count)
                    )
                }
            }
        }
    }
}
