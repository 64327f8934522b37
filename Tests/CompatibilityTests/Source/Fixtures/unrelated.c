/* Redis is spoken of, and nothing is sent: hiredis.h is not even included. */
#include <stdio.h>
#define redis_like(c, f) other(c, f)

struct redis { int (*keys)(const char *); int (*flushall)(void); };

static int keys(const char *pattern) { return pattern[0]; }
static int flushall(void) { return 0; }

int main(int argc, char **argv) {
    struct redis r = {keys, flushall};
    struct redis *redis = &r;
    printf("KEYS *\n");
    fprintf(stderr, "FLUSHALL %s", argv[0]);
    r.keys("*");
    redis->keys("*");
    redis->flushall();
    keys("*");
    redis_like(redis, "KEYS *");
    my_redisCommand(redis, "KEYS *");
    redisCommandX(redis, "KEYS *");
    const char *text = "redisCommand(c, \"KEYS *\")";
    // redisCommand(c, "KEYS *");
    /* redisCommand(c, "KEYS *"); */
    char c = '"';
    snprintf(0, 0, "SELECT %d", 3);
    int sort = 1, info = 2, move = 3;
    (void)text; (void)c;
    return sort * info * move;
}
