import io.github.crackthecodeabhi.kreds.connection.newClient
import io.vertx.redis.client.*
import org.redisson.Redisson
import org.redisson.api.RedissonClient
import io.quarkus.redis.datasource.RedisDataSource

val kreds = newClient("h")
kreds.keys("*")
kreds.use { it.flushAll() }

val redisson: RedissonClient = Redisson.create()
redisson.keys.getKeysByPattern("a*")
redisson.getTopic("t").publish("m")
redisson.getLock("l").lock()
redisson.getBlockingQueue<String>("q").take()
redisson.getMap<String, String>("m").put("a", "b")

fun quarkus(source: RedisDataSource) {
    source.key().keys("*")
    source.execute("INFO")
    source.flushall()
}

val api = RedisAPI.api(Redis.createClient(vertx, "redis://h/4"))
api.dbsize()
Redis.createClient(vertx).connect().await().send(Request.cmd(Command.FLUSHDB))
