package shop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;

public class Unrelated {
    private final Map<String, String> cache = new HashMap<>();
    private final List<String> redis = List.of();
    private Jedis jedis;

    void run(Map<String, Integer> jedis, List<String> names, java.io.File file, Runnable task) {
        jedis.keys();
        jedis.get("a");
        names.sort(null);
        file.renameTo(new java.io.File("x"));
        cache.keys();
        cache.keySet();
        redis.sort(null);
        this.cache.info();
        task.run();
        String text = "jedis.keys(\"*\")";
        // this.jedis.keys("*");
        /* this.jedis.flushAll(); */
        Map<String, String> local = new HashMap<>();
        local.keys();
        local.move("a");
        Thread.currentThread().info();
        System.out.println(text.type());
        text.append("x").time();
        Other other = new Other();
        other.keys("*");
        other.flushAll();
        Other.scan("0");
        keys("*");
        sort();
        List<String> found = cache.values().stream().sort().toList();
        names.forEach(name -> name.keys());
        names.forEach((name) -> name.time());
        for (Map.Entry<String, String> r : cache.entrySet()) {
            r.keys();
        }
        this.jedis.close();
        char quote = '"';
        String block = """
            this.jedis.keys("*");
            """;
        if (names.size() > 3) {
            names.save();
        }
        int a = names.size() < cache.size() ? 1 : 2;
        Object object = new Object() {
            public void flushAll() {}
        };
        object.flushAll();
    }

    void keys(String pattern) {}

    void sort() {}

    private Map<String, String> lookup(Map<String, String> redis) {
        redis.keys();
        redis.config();
        return redis;
    }

    void more() {
        lookup(null).keys();
        var rdb = new Other();
        rdb.keys("*");
    }
}
