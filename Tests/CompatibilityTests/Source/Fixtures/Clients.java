import com.netflix.dyno.jedis.DynoJedisClient;
import io.lettuce.core.api.sync.BaseRedisCommands;
import io.lettuce.core.api.async.RedisServerAsyncCommands;
import java.util.Optional;
import org.redisson.Redisson;
import org.redisson.api.*;
import org.redisson.config.Config;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.*;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import redis.clients.jedis.*;

public class Clients {
    private RedissonClient redisson;
    private StringRedisTemplate template;
    private RedisMessageListenerContainer container;
    private UnifiedJedis unified;
    private Holder holder;
    private DynoJedisClient dyno;

    void run(PipeliningBase pipeline, BaseRedisCommands<String, String> base, RedisServerAsyncCommands<String, String> server) throws Exception {
        Config config = new Config();
        config.useSingleServer().setDatabase(3);
        redisson = Redisson.create(config);
        RKeys keys = redisson.getKeys();
        keys.flushall();
        keys.deleteByPattern("a*");
        redisson.getPatternTopic("t").addListener(String.class, (p, c, m) -> {});
        redisson.getScript().eval(RScript.Mode.READ_ONLY, "return 1", RScript.ReturnType.INTEGER);
        RLock lock = redisson.getLock("l");
        if (lock.tryLock(1, 2, TimeUnit.SECONDS)) lock.unlock();
        redisson.getHyperLogLog("h").add("x");
        redisson.getBlockingQueue("q").take();
        pipeline.lmove("a", "b", null, null);
        base.publish("c", "m");
        server.flushallAsync();
        unified.functionList();
        dyno.keys("*");
        holder.getJedis().randomKey();
        Optional<Jedis> found = Optional.ofNullable(holder.getJedis());
        found.ifPresent(jedis -> jedis.lastsave());
        container.addMessageListener((message, pattern) -> {}, new ChannelTopic("c"));
        template.execute(new SessionCallback<Object>() {
            @Override
            public Object execute(RedisOperations operations) {
                operations.multi();
                operations.randomKey();
                return operations.exec();
            }
        });
        template.execute(new RedisCallback<Long>() {
            public Long doInRedis(RedisConnection connection) { return connection.serverCommands().dbSize(); }
        });
        template.executePipelined((RedisCallback<Object>) connection -> { connection.keyCommands().randomKey(); return null; });
        template.opsForValue().getOperations().keys("*");
        template.getConnectionFactory().getConnection().serverCommands().flushDb();
        for (Jedis shard : holder.all()) shard.dbSize();
        try (Jedis jedis = holder.getPool().getResource()) { jedis.migrate("h", 1, "k", 0, 1); }
    }

    @Data
    static class Holder {
        private Jedis jedis;
        private JedisPool pool;
        java.util.List<Jedis> all() { return null; }
    }
}
