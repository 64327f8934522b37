/* What every client test does, with hiredis. Usage: program PORT */
#include <hiredis/hiredis.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void fail(const char *step, const char *got) {
    fprintf(stderr, "%s: got %s\n", step, got);
    exit(1);
}

static void check(const char *step, int is_right) {
    if (!is_right) fail(step, "something else");
    printf("%s ok\n", step);
}

static redisContext *connect_to(int port) {
    redisContext *context = redisConnect("127.0.0.1", port);
    if (context == NULL || context->err) fail("connect", context ? context->errstr : "no memory");
    return context;
}

static int is_text(const redisReply *reply, const char *text) {
    return reply != NULL && reply->str != NULL && strcmp(reply->str, text) == 0;
}

/* Reads, lets another client interfere the first time, writes; returns the attempts that it took. */
static int double_counter(redisContext *client, redisContext *other) {
    for (int attempt = 1;; attempt++) {
        freeReplyObject(redisCommand(client, "WATCH counter"));
        redisReply *seen = redisCommand(client, "GET counter");
        int value = seen ? atoi(seen->str) : 0;
        freeReplyObject(seen);
        if (attempt == 1) freeReplyObject(redisCommand(other, "INCR counter"));
        freeReplyObject(redisCommand(client, "MULTI"));
        freeReplyObject(redisCommand(client, "SET counter %d", value * 2));
        redisReply *replies = redisCommand(client, "EXEC");
        int is_done = replies != NULL && replies->type == REDIS_REPLY_ARRAY;
        freeReplyObject(replies);
        if (is_done) return attempt;
    }
}

int main(int count, char **arguments) {
    int port = count > 1 ? atoi(arguments[1]) : 6379;
    redisContext *client = connect_to(port), *other = connect_to(port);
    redisReply *reply = redisCommand(client, "PING");
    check("connect", is_text(reply, "PONG"));
    freeReplyObject(reply);

    char value[256];
    for (int byte = 0; byte < 256; byte++) value[byte] = (char)byte;
    freeReplyObject(redisCommand(client, "SET %b %b", "key\0\xff\r\n", (size_t)7, value, sizeof value));
    reply = redisCommand(client, "GET %b", "key\0\xff\r\n", (size_t)7);
    check("binary", reply != NULL && reply->len == 256 && memcmp(reply->str, value, 256) == 0);
    freeReplyObject(reply);

    for (int number = 0; number < 100; number++) redisAppendCommand(client, "RPUSH list %d", number);
    for (int number = 1; number <= 100; number++) {
        void *answer = NULL;
        if (redisGetReply(client, &answer) != REDIS_OK) fail("pipeline", client->errstr);
        if (((redisReply *)answer)->integer != number) fail("pipeline", "a wrong length");
        freeReplyObject(answer);
    }
    check("pipeline", 1);

    freeReplyObject(redisCommand(client, "SET counter 5"));
    int attempts = double_counter(client, other);
    reply = redisCommand(client, "GET counter");
    check("transaction", attempts == 2 && is_text(reply, "12"));
    freeReplyObject(reply);

    reply = redisCommand(client, "LPUSH counter 1");
    check("error", is_text(reply, "WRONGTYPE Operation against a key holding the wrong kind of value"));
    freeReplyObject(reply);

    freeReplyObject(redisCommand(other, "MULTI"));
    freeReplyObject(redisCommand(other, "SET held 1"));
    reply = redisCommand(client, "GET held");
    int is_locked = is_text(reply, "LOCKED key 'held' is held by a transaction in progress");
    freeReplyObject(reply);
    reply = redisCommand(client, "GET counter");
    check("locked", is_locked && is_text(reply, "12"));
    freeReplyObject(reply);
    freeReplyObject(redisCommand(other, "DISCARD"));

    reply = redisCommand(client, "KEYS *");
    const char refusal[] = "ERR unknown command 'KEYS',";
    check("refused", reply != NULL && reply->str != NULL && strncmp(reply->str, refusal, sizeof refusal - 1) == 0);
    freeReplyObject(reply);

    /* hiredis leaves it to its user to connect again. */
    redisContext *watcher = connect_to(port);
    freeReplyObject(redisCommand(client, "SET watched 1"));
    freeReplyObject(redisCommand(watcher, "WATCH watched"));
    freeReplyObject(redisCommand(client, "SET watched 2"));
    sleep(5);
    reply = redisCommand(client, "GET counter");
    int is_lost = reply == NULL;
    if (is_lost && redisReconnect(client) == REDIS_OK) reply = redisCommand(client, "GET counter");
    check("reconnect", is_lost && is_text(reply, "12"));
    freeReplyObject(reply);
    check("watched", redisCommand(watcher, "MULTI") == NULL);

    redisFree(client);
    redisFree(other);
    redisFree(watcher);
    return 0;
}
