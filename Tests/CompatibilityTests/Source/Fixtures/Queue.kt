package shop

import io.lettuce.core.RedisClient
import org.springframework.data.redis.core.RedisTemplate
import redis.clients.jedis.Jedis
import redis.clients.jedis.JedisPool

class Queue(private val template: RedisTemplate<String, String>, val jedis: Jedis) {
    private val pool = JedisPool("localhost")
    private val commands = RedisClient.create("redis://localhost").connect().sync()

    fun run() {
        template.opsForList().leftPush("l", "x")
        jedis.keys("*")
        commands.randomkey()
        pool.resource.use { client ->
            client.rename("a", "b")
        }
        pool.resource.use { it.dbSize() }
        val other: Jedis = Jedis("h", 6379)
        other.lastsave()
        "${other.time()}"
        make().flushDB()
    }

    fun make(): Jedis = pool.resource
}

fun plain(map: Map<String, String>, cache: MutableMap<String, String>) {
    map.keys()
    cache.sort("x")
    listOf(1).sort()
    val jedis = mapOf("a" to "b")
    jedis.keys()
}
