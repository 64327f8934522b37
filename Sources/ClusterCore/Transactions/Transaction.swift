import CommandCatalog

/// The commands that a connection has queued since MULTI, and the keys it holds for them.
struct Transaction {
    /// One queued command: its arguments' places are `arguments` in the transaction's list.
    struct Queued {
        let id: Command.ID
        private let firstArgument: Int32
        private let argumentCount: Int32

        init(_ id: Command.ID, arguments: Range<Int>) {
            self.id = id
            firstArgument = Int32(arguments.lowerBound)
            argumentCount = Int32(arguments.count)
        }

        var facts: Command.Facts { id.facts }
        var arguments: Range<Int> { Int(firstArgument)..<Int(firstArgument) + Int(argumentCount) }
    }

    private(set) var commands: [Queued] = []
    /// The arguments of all commands, one after another, and their places.
    private var bytes: [UInt8] = []
    private var places: [Range<Int>] = []
    /// The keys that this transaction holds.
    private(set) var heldKeys: [[UInt8]] = []
    /// Whether an error while queueing makes EXEC refuse the whole.
    private(set) var isAborted = false

    /// The bytes that the queue takes: of the arguments, of what tells where they are, of the held keys with their locks.
    private(set) var byteCount = 0

    /// What a held key takes beside twice its bytes, about: a copy of it here, and its record among the shard's locks.
    private static let bytesPerHeldKey = 128

    /// What a command would take if it was queued, with all its keys.
    static func size(of facts: Command.Facts, _ arguments: Arguments, holdsKeys: Bool) -> Int {
        var size = MemoryLayout<Queued>.stride
        for index in 0..<arguments.count { size += arguments[index].count + MemoryLayout<Range<Int>>.stride }
        guard holdsKeys else { return size }
        for index in arguments.keyIndexes(facts.keys) { size += 2 * arguments[index].count + bytesPerHeldKey }
        return size
    }

    mutating func abort() { isAborted = true }

    /// Remembers a key that was taken.
    mutating func hold(_ key: ByteView) {
        heldKeys.append(key.copied())
        byteCount += 2 * key.count + Self.bytesPerHeldKey
    }

    /// Queues a copy of a command.
    mutating func append(_ id: Command.ID, _ arguments: Arguments) {
        byteCount += Self.size(of: id.facts, arguments, holdsKeys: false)
        let first = places.count
        for index in 0..<arguments.count {
            let begin = bytes.count
            bytes.append(contentsOf: arguments[index].buffer)
            places.append(begin..<bytes.count)
        }
        commands.append(Queued(id, arguments: first..<places.count))
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
