/// The commands of a transaction in an append-only file, kept until its EXEC: Redis drops those of one that is torn.
struct TransactionQueue {
    private var bytes: [UInt8] = []
    private var commands: [(effect: Effect, database: Int, ranges: [Range<Int>])] = []
    private(set) var isOpen = false

    mutating func begin() {
        isOpen = true
        bytes.removeAll(keepingCapacity: true)
        commands.removeAll(keepingCapacity: true)
    }

    mutating func append(_ effect: Effect, _ request: Request, database: Int) {
        var ranges: [Range<Int>] = []
        ranges.reserveCapacity(request.count)
        for index in 0..<request.count {
            let begin = bytes.count
            bytes.append(contentsOf: request.text(index))
            ranges.append(begin..<bytes.count)
        }
        commands.append((effect, database, ranges))
    }

    /// Applies the commands in their order.
    mutating func end(_ body: (Effect, Request, _ database: Int) -> Void) {
        isOpen = false
        bytes.withUnsafeBytes { memory in
            guard let base = memory.baseAddress else { return }
            for command in commands {
                command.ranges.withUnsafeBufferPointer {
                    body(command.effect, Request(base: base, ranges: $0), command.database)
                }
            }
        }
    }
}
