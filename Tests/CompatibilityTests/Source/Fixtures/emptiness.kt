package shop

import redis.clients.jedis.JedisPool

class Emptiness(private val cache: Map<String, String>, val redis: List<String>) {
    private val jedis = mutableMapOf<String, String>()

    fun run(names: List<String>, rdb: MutableMap<String, Int>) {
        cache.keys()
        redis.sort()
        jedis.keys("*")
        rdb.rename("a", "b")
        names.forEach { it.keys() }
        names.forEach { jedis -> jedis.keys() }
        val text = "jedis.keys(\"*\")"
        val long = """
            jedis.flushAll()
        """
        // jedis.flushAll()
        /* jedis.flushAll() /* nested */ jedis.flushDB() */
        "$text ${long.length}".type()
        for (r in names) {
            r.move("a", 1)
        }
        when (names.size) {
            1 -> names.time()
        }
    }
}
