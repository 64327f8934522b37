import redis.clients.jedis.Jedis

data class Attempts(val attempts: Int)

fun Jedis.requeue(message: Message) {
    message.apply {
        message.attempts().run { copy(attempts = attempts + 1) }
    }
    keys("*")
}
