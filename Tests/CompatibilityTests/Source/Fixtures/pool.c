/* Forms of hiredis beside those of hiredis.c. */
#include <hiredis.h>
#include <hiredis_cluster/hircluster.h>
#include <stdio.h>

typedef struct pool { redisContext *all[8]; redisClusterContext *cluster; redisAsyncContext *async; } pool_t;

static redisContext *take(pool_t *p) { return p->all[0]; }

static void one(redisContext *c) { freeReplyObject(redisCommand(c, "SAVE")); } /* sends SAVE */

int main(int argc, char **argv) {
    pool_t pool;
    redisReply *r;
    const char *v[] = {"KEYS", "*"};
    redisContext *c = redisConnectWithTimeout("h", 6379, (struct timeval){1, 0});
    if ((r = redisCommand(c, "BGSAVE")) == NULL) return 1; /* sends BGSAVE */
    r = redisCommand(take(&pool), "RENAMENX a b"); /* sends RENAMENX */
    r = redisClusterCommand(pool.cluster, "DBSIZE"); /* sends DBSIZE */
    redisAsyncCommand(pool.async, NULL, NULL, "MONITOR"); /* sends MONITOR */
    r = redisCommand(pool.all[1], "SORT %s", argv[1]); /* sends SORT */
    r = redisCommandArgv(c, 2, v, NULL); /* sends KEYS */
    for (int i = 0; i < 8; i++) redisAppendCommand(pool.all[i], "FLUSHALL"); /* sends FLUSHALL */
    while (argc--) r = (redisReply *)redisCommand(c, "OBJECT " "ENCODING %s", argv[argc]); /* sends OBJECT */
    one(c);
    r = redisCommand(c, "GET keys");
    return r ? 0 : 1;
}
