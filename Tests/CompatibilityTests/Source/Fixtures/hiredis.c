/* What a program in C sends with hiredis: redisCommand(c, "FLUSHALL") in a comment. */
#include <hiredis/hiredis.h>
#include <hiredis/async.h>
#include "store.h"

#define KEYS_ALL "KEYS *"
#define ASK(c, format, ...) redisCommand(c, format, ##__VA_ARGS__)
#define TEXT "redisCommand(c, \"FLUSHALL\")"

struct store {
    redisContext *context;
    int count;
};

static const char *const dump = "BGSAVE";

/* A wrapper: its callers say what is sent. */
static redisReply *ask(redisContext *c, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    redisReply *reply = redisvCommand(c, format, arguments);
    va_end(arguments);
    return reply;
}

int work(struct store *s, const char *name, size_t length) {
    redisReply *reply = redisCommand(s->context, "KEYS user:%s:*", name);
    reply = (redisReply *)redisCommand(s->context, "RENAME %s %b", name, name, length);
    freeReplyObject(redisCommand(s->context, "SET %s %d EX 10", name, s->count));
    if (redisAppendCommand(s->context, "config get %s", "maxmemory") != REDIS_OK) return 1;
    reply = redisCommand(s->context, KEYS_ALL);
    reply = redisCommand(s->context, dump);
    reply = ASK(s->context, "FLUSHDB");
    reply = ask(s->context, "RANDOMKEY");
    reply = ask(s->context, "GET %s", name);
    reply = redisCommand(s->context, name ? "FLUSHALL" : "DBSIZE");
    reply = redisCommand(s->context, "%s %s", "LASTSAVE", name);
    reply = redisCommand(s->context, "INCRBY %s %" PRIu64 " ", name, (uint64_t)1);
    reply = redisCommand(s->context,
                         "EVAL %s "
                         "1 %s",
                         "return redis.call('KEYS', '*')", name);
    const char *words[] = {"MOVE", name, "1"};
    size_t lengths[] = {4, 1, 1};
    reply = redisCommandArgv(s->context, 3, words, lengths);
    do { reply = redisCommand(s->context, "INFO"); } while (0);
    switch (s->count) {
    case 1: reply = redisCommand(s->context, "SAVE"); break;
    default: reply = redisCommand(s->context, "ROLE");
    }
    for (int i = 0; i < 3; i++) reply = redisCommand(s->context, "XADD %s * f %d", name, i);
    return 0;
}

void subscribe(redisAsyncContext *ac, void *data) {
    redisAsyncCommand(ac, on_message, data, "SUBSCRIBE %s", "news");
    redisAsyncCommand(ac, NULL, NULL, "CLUSTER NODES");
    redisClusterAsyncCommand(ac, NULL, NULL, "SHUTDOWN");
}

#ifdef OLD
int old(redisContext *c) {
    if (c) {
        redisCommand(c, "MONITOR");
#else
int old(redisContext *c, int x) {
    if (x) {
#endif
        redisCommand(c, "SORT l BY nosort");
    }
    return 0;
}

char *formatted(void) {
    char *command;
    redisFormatCommand(&command, "SLAVEOF %s %d", "h", 1);
    return command;
}

void first_of_many(redisContext *c, size_t n) {
    const char *argv[3];
    size_t lengths[3];
    argv[0] = "KEYS";
    lengths[0] = 4;
    argv[1] = "*";
    redisCommandArgv(c, 2, argv, lengths);
    const char **words = malloc(n * sizeof(char *));
    words[0] = "GET";
    words[1] = "FLUSHALL";
    redisCommandArgv(c, (int)n, words, NULL);
}
