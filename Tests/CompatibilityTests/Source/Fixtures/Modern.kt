package shop.modern

import io.lettuce.core.api.StatefulRedisConnection
import io.lettuce.core.api.coroutines
import org.springframework.data.redis.core.RedisTemplate
import org.springframework.data.redis.core.StringRedisTemplate
import redis.clients.jedis.*
import redis.clients.jedis.params.SetParams

private const val PATTERN = "user:*"
val shared = JedisPooled("localhost", 6379)

typealias Client = Jedis

fun Jedis.wipe(): String {
    flushAll()
    return this.flushDB()
}

val Jedis.size: Long get() = dbSize()

fun <R> JedisPool.withClient(name: String = "x", block: (Jedis) -> R): R = resource.use { block(it) }

fun JedisPool.running(block: Jedis.() -> Unit) {
    resource.use { it.block() }
}

@Component
open class Orders @Inject constructor(
    @Named("main") private val pool: JedisPool,
    private val template: StringRedisTemplate?,
    connection: StatefulRedisConnection<String, String>,
) : Base(pool), Runnable {
    private val async = connection.async()
    private val lazily by lazy { Jedis("h") }
    private val injected: Jedis by inject()
    private lateinit var later: Client
    val first: Jedis
        get() = pool.resource
    private val clients = listOf(Jedis("a"), Jedis("b"))

    init {
        pool.resource.use { it.configGet("maxmemory") }
    }

    companion object {
        val static = Jedis("h")
        fun make(): Jedis? = null
    }

    suspend fun run(value: Any, key: String) {
        with(pool.resource) {
            randomKey()
            keys("$key:${PATTERN.length}")
        }
        pool.withClient { jedis -> jedis.lastsave() }
        pool.running { time() }
        lazily.info()
        injected.save()
        later.bgsave()
        first.slowlogReset()
        static.scriptFlush()
        make()?.clientList()
        make()!!.shutdown()
        for (client in clients) client.flushDB()
        clients.forEach { it.flushAll() }
        shared.publish("c", "m")
        async.pfadd("p", "x")
        template?.keys("*")
        template!!.execute { connection -> connection.serverCommands().dbSize() }
        val other = if (value is Jedis) value else null
        (value as Jedis).move("k", 2)
        when (value) {
            is String -> {}
            else -> shared.eval("return 1")
        }
        val made = runCatching { pool.resource }.getOrNull() ?: return
        made.sort("l")
        pool.resource.apply { wipe() }.let { c -> c.objectEncoding("k") }
        try {
            pool.resource.brpop(0, "l")
        } catch (e: Exception) {
            pool.resource.blpop(0, "l")
        } finally {
            make()?.run { debug("x") }
        }
        own.geoadd("g", 1.0, 2.0, "m")
        shared.set("k", "v", SetParams.setParams().nx().ex(10))
        listOf(1, 2).map { pool.resource }.first().bitpos("k", true)
        val callback = object : JedisPubSub() { override fun onMessage(c: String, m: String) { shared.del(c) } }
        pool.resource.subscribe(callback, "c")
    }

    override fun run() = pool.resource.use { client ->
        client.randomKey()
        Unit
    }
}

open class Base(protected val poolOfBase: JedisPool) {
    protected val own get() = poolOfBase.resource
}
