import CommandCatalog

/// What a command does to the sizes of its keys: the arithmetic that replaying needs.
///
/// Commands with the same effect share a case; where their arguments stand differently they have one each. Refused and
/// newer commands are here too: a trace of another server has them.
enum Effect: UInt8, BitwiseCopyable {
    case none
    case delete, deleteOne, getDelete, rename, renameIfAbsent, copy, move, restore, sortStore, flushAll, flushDatabase,
        swapDatabases
    case expire, expireMilliseconds, expireAt, expireAtMilliseconds, persist, getExpire
    case set, setExpiring, setExpiringMilliseconds, setIfAbsent, getSet, setMany, setManyIfAbsent
    case append, setRange, setBit, combineBits, increment, decrement, incrementBy, decrementBy, incrementByFloat
    case bitField, countDistinct
    case pushLeft, pushRight, pushLeftIfPresent, pushRightIfPresent, popLeft, popRight, blockingPopLeft,
        blockingPopRight
    case setElement, trim, removeElements, insertElement, popPush, blockingPopPush, moveElement
    case popElements, blockingPopElements
    case addMembers, removeMembers, popMember, moveMember, unionStore, intersectionStore, differenceStore
    case setFields, setFieldIfAbsent, removeFields, incrementField, incrementFieldByFloat
    case addScored, incrementScore, removeScored, removeByRank, removeByScore, removeByLex
    case unionScored, intersectionScored, differenceScored, rangeStore, addPlaces, searchStore, radiusStore
    case popMinimum, popMaximum, blockingPopMinimum, blockingPopMaximum, popScored, blockingPopScored
    /// The key gets a type whose size the contract does not count.
    case foreign
    /// XGROUP, which makes a stream on request.
    case makeGroup
    /// What becomes of the keys is not in the trace.
    case migrate
    /// Fields get a time to live: when they go, a log has HDEL.
    case expireFields
    /// HSETEX and HGETDEL: their fields stand behind FIELDS and a number.
    case setFieldsExpiring, removeNamedFields
    /// MSETEX: a number of pairs, and options.
    case setManyExpiring
    /// What a script or a function does to its keys, and to others.
    case script
    /// What the command of a module, or of a later release, does to its keys.
    case unknown

    /// The effects by the commands' names.
    static let named: [String: Effect] = [
        "DEL": .delete, "UNLINK": .delete, "GETDEL": .getDelete, "RENAME": .rename, "RENAMENX": .renameIfAbsent,
        "COPY": .copy, "MOVE": .move, "RESTORE": .restore, "RESTORE-ASKING": .restore, "SORT": .sortStore,
        "FLUSHALL": .flushAll, "FLUSHDB": .flushDatabase, "SWAPDB": .swapDatabases,
        "EXPIRE": .expire, "PEXPIRE": .expireMilliseconds, "EXPIREAT": .expireAt, "PEXPIREAT": .expireAtMilliseconds,
        "PERSIST": .persist, "GETEX": .getExpire,
        "SET": .set, "SETEX": .setExpiring, "PSETEX": .setExpiringMilliseconds, "SETNX": .setIfAbsent,
        "GETSET": .getSet, "MSET": .setMany, "MSETNX": .setManyIfAbsent,
        "APPEND": .append, "SETRANGE": .setRange, "SETBIT": .setBit, "BITOP": .combineBits,
        "INCR": .increment, "DECR": .decrement, "INCRBY": .incrementBy, "DECRBY": .decrementBy,
        "INCRBYFLOAT": .incrementByFloat, "BITFIELD": .bitField, "PFADD": .countDistinct, "PFMERGE": .countDistinct,
        "LPUSH": .pushLeft, "RPUSH": .pushRight, "LPUSHX": .pushLeftIfPresent, "RPUSHX": .pushRightIfPresent,
        "LPOP": .popLeft, "RPOP": .popRight, "BLPOP": .blockingPopLeft, "BRPOP": .blockingPopRight,
        "LSET": .setElement, "LTRIM": .trim, "LREM": .removeElements, "LINSERT": .insertElement,
        "RPOPLPUSH": .popPush, "BRPOPLPUSH": .blockingPopPush, "LMOVE": .moveElement, "BLMOVE": .moveElement,
        "LMPOP": .popElements, "BLMPOP": .blockingPopElements,
        "SADD": .addMembers, "SREM": .removeMembers, "SPOP": .popMember, "SMOVE": .moveMember,
        "SUNIONSTORE": .unionStore, "SINTERSTORE": .intersectionStore, "SDIFFSTORE": .differenceStore,
        "HSET": .setFields, "HMSET": .setFields, "HSETNX": .setFieldIfAbsent, "HDEL": .removeFields,
        "HINCRBY": .incrementField, "HINCRBYFLOAT": .incrementFieldByFloat,
        "ZADD": .addScored, "ZINCRBY": .incrementScore, "ZREM": .removeScored, "ZREMRANGEBYRANK": .removeByRank,
        "ZREMRANGEBYSCORE": .removeByScore, "ZREMRANGEBYLEX": .removeByLex, "ZUNIONSTORE": .unionScored,
        "ZINTERSTORE": .intersectionScored, "ZDIFFSTORE": .differenceScored, "ZRANGESTORE": .rangeStore,
        "ZPOPMIN": .popMinimum, "ZPOPMAX": .popMaximum, "BZPOPMIN": .blockingPopMinimum,
        "BZPOPMAX": .blockingPopMaximum, "ZMPOP": .popScored, "BZMPOP": .blockingPopScored,
        "GEOADD": .addPlaces, "GEOSEARCHSTORE": .searchStore, "GEORADIUS": .radiusStore,
        "GEORADIUSBYMEMBER": .radiusStore,
        "XADD": .foreign, "XGROUP": .makeGroup, "MIGRATE": .migrate,
        "HEXPIRE": .expireFields, "HPEXPIRE": .expireFields, "HEXPIREAT": .expireFields, "HPEXPIREAT": .expireFields,
        "EVAL": .script, "EVALSHA": .script, "FCALL": .script,
    ]

    /// What commands of Redis 8 and Valkey 9 do, by their names.
    static let ofLaterReleases: [String: Effect] = [
        "HSETEX": .setFieldsExpiring, "HGETEX": .expireFields, "HGETDEL": .removeNamedFields,
        "MSETEX": .setManyExpiring,
        "DELEX": .deleteOne, "DELIFEQ": .deleteOne,
        "XACKDEL": .none, "XDELEX": .none, "XNACK": .none, "XCFGSET": .none, "XIDMPRECORD": .none,
        "DIGEST": .none, "SDIFFCARD": .none, "SUNIONCARD": .none, "STRALGO": .none,
        "INCREX": .unknown, "LMOVEM": .unknown, "BLMOVEM": .unknown, "HIMPORT": .unknown, "HIMPORT SET": .unknown,
    ]

    /// What a command of the catalog does.
    static func of(_ command: Command) -> Effect {
        if let effect = named[command.name] ?? ofLaterReleases[command.name] { return effect }
        switch command.group {
        // Their values have no size by the contract, and none that is known here.
        case .module, .array, .vectorSet: return .unknown
        default: return .none
        }
    }
}
