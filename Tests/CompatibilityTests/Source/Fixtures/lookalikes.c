/* What only looks like a client: redisCommand(c, "KEYS *"). */
#include <hiredis/hiredis.h>
#include <glib.h>
#include <libpq-fe.h>
#include <stdio.h>

struct cache { int (*flushall)(struct cache *); char **(*keys)(struct cache *, const char *); int (*info)(void); };

static int sort(int *values, int count) { return count; }
static void monitor(const char *text) { puts(text); }
static int save(const char *path) { return rename(path, "/tmp/redis"); }
static int dbsize(void) { return 0; }

int work(struct cache *cache, redisContext *c, PGconn *sql, GHashTable *table) {
    int values[] = {2, 1};
    sort(values, 2);
    monitor("redisCommand(c, \"FLUSHALL\")");
    save("dump");
    dbsize();
    rename("a", "b");
    cache->flushall(cache);
    cache->keys(cache, "*");
    cache->info();
    shutdown(3, 2);
    wait(NULL);
    time(NULL);
    PQexec(sql, "SELECT 1");
    g_hash_table_get_keys(table);
    printf("%s", "KEYS *"); debug("KEYS");
    select(1, NULL, NULL, NULL, NULL);
    // redisCommand(c, "KEYS *"); keys(c)
    log_info("redis"); info("FLUSHALL");
    memcached_flush(NULL, 0);
    move(1, 2); wmove(NULL, 1, 2);
    sync();
    echo("KEYS"); role("KEYS");
    object("KEYS", 1);
    config("maxmemory");
    command("KEYS");
    dump("KEYS");
    freeReplyObject(redisCommand(c, "GET %s", "info()"));
    freeReplyObject(redisCommand(c, "SET info( 1"));
    cluster("a"); module("b"); migrate("c"); restore("d");
    reset(); acl(); hello(3);
    lastsave(); bgsave(); slowlog(3);
    randomkey(); latency(1); memory(2);
    touch("a"); copy("a", "b");
    return client("x") + failover(0);
}
