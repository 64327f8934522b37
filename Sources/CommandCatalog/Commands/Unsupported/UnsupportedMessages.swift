// Publish and subscribe, and approximate counting.

extension Unsupported {
    static let messages: [Command] = [
        .refused("PSUBSCRIBE", Version(2, 0, 0), .pubSub, arity: -2, instead: Instead.subscribing),
        .refused("PUBLISH", Version(2, 0, 0), .pubSub, arity: 3, instead: Instead.publishing),
        .refused("PUBSUB", Version(2, 8, 0), .pubSub, arity: -2, instead: Instead.channelNames),
        .refused("PUBSUB CHANNELS", Version(2, 8, 0), .pubSub, arity: -2, instead: Instead.channelNames),
        .unnamed("PUBSUB HELP", Version(6, 2, 0), .pubSub, arity: 2, instead: Instead.channelNames),
        .refused("PUBSUB NUMPAT", Version(2, 8, 0), .pubSub, arity: 2, instead: Instead.channelPatterns),
        .refused("PUBSUB NUMSUB", Version(2, 8, 0), .pubSub, arity: -2, instead: Instead.channelReceivers),
        .unnamed("PUBSUB SHARDCHANNELS", Version(7, 0, 0), .pubSub, arity: -2, instead: Instead.shardChannelNames),
        .unnamed("PUBSUB SHARDNUMSUB", Version(7, 0, 0), .pubSub, arity: -2, instead: Instead.shardChannelReceivers),
        .refused("PUNSUBSCRIBE", Version(2, 0, 0), .pubSub, arity: -1, instead: Instead.unsubscribing),
        .unnamed("SPUBLISH", Version(7, 0, 0), .pubSub, arity: 3, instead: Instead.publishing),
        .unnamed("SSUBSCRIBE", Version(7, 0, 0), .pubSub, arity: -2, instead: Instead.subscribing),
        .refused("SUBSCRIBE", Version(2, 0, 0), .pubSub, arity: -2, instead: Instead.subscribing),
        .unnamed("SUNSUBSCRIBE", Version(7, 0, 0), .pubSub, arity: -1, instead: Instead.unsubscribing),
        .refused("UNSUBSCRIBE", Version(2, 0, 0), .pubSub, arity: -1, instead: Instead.unsubscribing),
        .refused("PFADD", Version(2, 8, 9), .hyperLogLog, arity: -2, keys: .first, instead: Instead.distinctCount),
        .refused("PFCOUNT", Version(2, 8, 9), .hyperLogLog, arity: -2, keys: .every, instead: Instead.distinctCount),
        .unnamed("PFDEBUG", Version(2, 8, 9), .hyperLogLog, arity: -3, instead: Instead.serverTest),
        .refused(
            "PFMERGE", Version(2, 8, 9), .hyperLogLog, arity: -2, keys: .every,
            instead: "SUNIONSTORE of sets, or BITOP OR of bitmaps"),
        .unnamed("PFSELFTEST", Version(2, 8, 9), .hyperLogLog, arity: 1, instead: Instead.serverTest),
    ]
}
