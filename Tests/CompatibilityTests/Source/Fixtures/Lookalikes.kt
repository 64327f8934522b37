package shop.lookalikes

import redis.clients.jedis.Jedis
import redis.clients.jedis.JedisPool

data class Order(val id: String, val keys: List<String>, val info: Map<String, Int>)

interface Store {
    fun keys(pattern: String): List<String>
    fun flushAll()
    val time: Long
}

/* nested /* comment */ pool.resource.keys("*") */
class Lookalikes(private val pool: JedisPool, private val store: Store, val map: MutableMap<String, Order>) {
    private val cache = mutableMapOf<String, List<Int>>()
    private val names: List<String> by lazy { pool.resource.use { it.smembers("names").toList() } }
    private val `keys` = "keys"

    fun keys(pattern: String) = store.keys(pattern)

    fun run(redis: Store, sort: (List<Int>) -> List<Int>) {
        map.keys.sorted()
        map.values.forEach { it.keys.sort() }
        cache.keys()
        names.sort()
        store.keys("*")
        store.flushAll()
        redis.keys("*")
        redis.apply { flushAll() }
        with(store) { keys("*") }
        keys("*")
        pool.resource.use { jedis -> jedis.get("a") }?.let { it.sort() }
        val members = pool.resource.use { it.smembers("s") }
        members.sort()
        members.size
        sort(listOf(1))
        val text = "jedis.keys(\"*\") ${map.keys} $keys"
        val raw = """pool.resource.keys("*") ${cache.keys.size}"""
        val order = Order("a", listOf(), mapOf())
        order.info.keys
        val (id, keys) = order
        keys.sort()
        for ((key, value) in map) value.keys.sort()
        when (text) {
            "keys" -> store.flushAll()
            in names -> Unit
            else -> redis.time
        }
        val sum = cache.values.sumOf { it.sort(); it.size }
        listOf(store).forEach { it.keys("a") }
        val x = if (sum < 3 && sum > 1) store else redis
        x.flushAll()
        run { flushAll() }
        pool.resource.close()
        println(id.also { it.sort() })
        runBlocking { delay(10) }
        return Unit
    }

    private fun flushAll() {}
    fun String.sort() = this
    fun List<Int>.keys() = this
}
