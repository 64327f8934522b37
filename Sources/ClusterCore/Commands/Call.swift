/// What a command's function is given: the arguments, the shards they lead to, the instant, the limits.
///
/// The shards of all its keys are locked, and the gate has checked the arity, the keys' sizes and the key locks.
struct Call {
    let arguments: Arguments
    let shards: ShardSet
    /// The shard of the first key; of a command without keys, any.
    let home: ShardSet.Reference
    /// Where the first key stands among the arguments.
    let homeIndex: Int
    /// The hash of the first key.
    let homeHash: UInt64
    /// The instant at which the command runs.
    let now: Instant
    /// The most payload bytes under one key.
    let maximumValueBytes: Int

    /// The key at an argument's place.
    @inline(__always)
    func key(at index: Int) -> Key {
        let bytes = arguments[index]
        let isHome = index == homeIndex
        return Key(
            bytes: bytes,
            hash: isHome ? homeHash : KeyHash.hash(bytes),
            shard: isHome ? home : shards.shard(of: bytes),
            now: now,
            maximumValueBytes: maximumValueBytes
        )
    }

    /// Whether an argument is the same as the one before it.
    func repeats(_ index: Int) -> Bool { arguments[index] == arguments[index - 1] }

    /// The argument as a whole number.
    func integer(at index: Int) throws(ReplyError) -> Int64 {
        guard let value = arguments[index].parsedInteger() else { throw .notInteger }
        return value
    }

    /// The argument as a double.
    func double(at index: Int) throws(ReplyError) -> Double {
        guard let value = arguments[index].parsedDouble() else { throw .notFloat }
        return value
    }
}
