package shop;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.Map;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ValueOperations;
import redis.clients.jedis.*;
import redis.clients.jedis.params.SetParams;

public class Catalogue {
    private final StringRedisTemplate template;
    private final JedisPool pool = new JedisPool("localhost", 6379);
    private static final RedisClient CLIENT = RedisClient.create("redis://localhost:6379/4");

    public Catalogue(StringRedisTemplate template) {
        this.template = template;
    }

    void jedis(String key) {
        try (Jedis jedis = pool.getResource()) {
            jedis.set("k", "v", SetParams.setParams().ex(10).keepttl());
            jedis.del("a", "b");
            jedis.keys("user:*");
            jedis.zrangeByScoreWithScores("z", 0, 1);
            jedis.configGet("maxmemory");
            jedis.objectIdletime("k");
            jedis.select(3);
            jedis.sendCommand(Protocol.Command.KEYS, "*");
            Transaction tx = jedis.multi();
            tx.set("a", "1");
            tx.exec();
            Pipeline p = jedis.pipelined();
            p.randomKey();
            p.sync();
            for (String found : jedis.keys(key)) {
                jedis.unlink(found);
            }
        }
        new Jedis("localhost").flushAll();
    }

    void lettuce() {
        StatefulRedisConnection<String, String> connection = CLIENT.connect();
        RedisCommands<String, String> commands = connection.sync();
        commands.set("k", "v", SetArgs.Builder.nx().px(100));
        commands.hset("h", Map.of("f", "1"));
        commands.scan();
        connection.async().dbsize();
        commands.dispatch(CommandType.KEYS, null, null);
        RedisURI uri = RedisURI.builder().withHost("h").withDatabase(7).build();
    }

    void spring() {
        template.opsForValue().set("k", "v");
        template.opsForValue().multiSet(Map.of());
        template.opsForHash().put("h", "f", "v");
        template.opsForZSet().reverseRange("z", 0, -1);
        template.boundListOps("l").leftPush("x");
        template.delete("k");
        template.hasKey("k");
        template.convertAndSend("news", "hi");
        this.template.keys("*");
        template.execute(script(), List.of("k"));
        template.execute((RedisCallback<Void>) connection -> {
            connection.flushDb();
            return null;
        });
        ValueOperations<String, String> values = template.opsForValue();
        values.increment("n");
        template.opsForSet().randomMember("s");
        template.renameIfAbsent("a", "b");
        redis().keys("x*");
    }

    private Jedis redis() {
        return pool.getResource();
    }

    private Object script() {
        return null;
    }
}
