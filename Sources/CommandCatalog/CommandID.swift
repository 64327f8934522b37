/// The identity of a supported command: a dense number, in the order of the documentation.
extension Command {
    /// The 107 supported commands.
    public enum ID: UInt8, Sendable, CaseIterable, BitwiseCopyable {
        // Commands on keys of any type.
        case del, dump, exists, expire, expireat, persist, pexpire, pexpireat, pttl, restore, ttl, type
        // Strings, counters and bitmaps.
        case append, bitcount, bitop, decr, decrby, get, getbit, getrange, getset, incr, incrby, incrbyfloat, mget,
            mset, msetnx, psetex, set, setbit, setex, setnx, setrange, strlen
        // Hashes.
        case hdel, hexists, hget, hgetall, hincrby, hincrbyfloat, hkeys, hlen, hmget, hmset, hscan, hset, hsetnx,
            hvals
        // Lists.
        case lindex, linsert, llen, lpop, lpush, lpushx, lrange, lrem, lset, ltrim, rpop, rpoplpush, rpush, rpushx
        // Sets.
        case sadd, scard, sdiff, sdiffstore, sinter, sinterstore, sismember, smembers, smove, spop, srandmember,
            srem, sscan, sunion, sunionstore
        // Sorted sets.
        case zadd, zcard, zcount, zincrby, zinterstore, zlexcount, zrange, zrangebylex, zrangebyscore, zrank, zrem,
            zremrangebylex, zremrangebyrank, zremrangebyscore, zrevrange, zrevrangebyscore, zrevrank, zscan, zscore,
            zunionstore
        // Transactions.
        case discard, exec, multi, unwatch, watch
        // The connection itself.
        case auth, echo, ping, quit, select
    }
}
