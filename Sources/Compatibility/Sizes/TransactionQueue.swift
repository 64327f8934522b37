/// The commands of a transaction in an append-only file, kept until its EXEC: Redis drops those of one that is torn.
///
/// One that has more than is kept is applied as it comes: nearly all are whole.
struct TransactionQueue {
    /// So much is kept.
    private static let mostBytes = 64 << 20

    private var bytes: [UInt8] = []
    private var commands: [Command] = []
    private(set) var isOpen = false
    /// Whether commands of the open transaction were applied already.
    private(set) var hasSpilled = false
    /// Whether commands are to be applied before more are kept.
    var isFull: Bool { bytes.count > Self.mostBytes }

    private struct Command {
        let effect: Effect
        let database: Int
        let ranges: [Range<Int>]
        /// The arguments' lengths; nil where they are those of the ranges.
        let lengths: [Int]?
        let notation: Request.Notation
    }

    mutating func begin() {
        isOpen = true
        hasSpilled = false
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
        let lengths = request.lengths.map { Array(UnsafeBufferPointer(start: $0, count: request.count)) }
        commands.append(
            Command(
                effect: effect, database: database, ranges: ranges, lengths: lengths, notation: request.notation))
    }

    /// Applies the commands in their order, and ends the transaction.
    mutating func end(_ body: (Effect, Request, _ database: Int) -> Void) {
        isOpen = false
        apply(body)
    }

    /// Applies what is kept, before more is.
    mutating func spill(_ body: (Effect, Request, _ database: Int) -> Void) {
        hasSpilled = true
        apply(body)
        bytes.removeAll()
        commands.removeAll()
    }

    private func apply(_ body: (Effect, Request, _ database: Int) -> Void) {
        bytes.withUnsafeBytes { memory in
            guard let base = memory.baseAddress else { return }
            for command in commands {
                command.ranges.withUnsafeBufferPointer { ranges in
                    (command.lengths ?? []).withUnsafeBufferPointer { lengths in
                        let request = Request(
                            base: base, ranges: ranges, lengths: command.lengths == nil ? nil : lengths.baseAddress,
                            notation: command.notation)
                        body(command.effect, request, command.database)
                    }
                }
            }
        }
    }
}
