local counters = { "a", "b" }
redis.call("HMSET", "counters", unpack_all(counters))
redis.call("HSETNX", "counters", "a")
redis.call("KEYS", "*")
