/// The shards that one command or transaction touches: locked in ascending order, so that no two callers ever wait for
/// each other, and unlocked together.
///
/// One is kept a loop and used again, so selecting does not allocate.
struct ShardSelection: ~Copyable {
    private var words: [UInt64]
    private(set) var isEmpty = true

    init(shards: Int) {
        words = Array(repeating: 0, count: (shards + 63) / 64)
    }

    /// Selects all of the shards.
    init(allOf shards: ShardSet) {
        self.init(shards: shards.count)
        for shard in 0..<shards.count { insert(shard) }
    }

    /// Selects nothing.
    mutating func removeAll() {
        guard !isEmpty else { return }
        for index in words.indices { words[index] = 0 }
        isEmpty = true
    }

    mutating func insert(_ shard: Int) {
        words[shard / 64] |= 1 << UInt64(shard % 64)
        isEmpty = false
    }

    /// Visits the selected shards in ascending order.
    func forEach(_ body: (Int) -> Void) {
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                body(index * 64 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }

    func lock(_ shards: ShardSet) { forEach { shards.lock($0) } }

    /// What a command has to look at on any of the shards.
    func attention(of shards: ShardSet) -> Shard.Attention {
        var attention: Shard.Attention = []
        forEach { attention.formUnion(shards[$0].pointee.attention) }
        return attention
    }

    func unlock(_ shards: ShardSet) { forEach { shards.unlock($0) } }
}
