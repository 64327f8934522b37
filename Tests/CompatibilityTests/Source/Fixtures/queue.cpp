// Forms of clients in C++ beside those of store.cpp.
#include <hiredis/hiredis.h>
#include <optional>
#include <sw/redis++/redis++.h>

using RedisPtr = std::shared_ptr<sw::redis::Redis>;

struct Options { sw::redis::Redis *redis = nullptr; };

class Queue {
public:
    Queue(RedisPtr redis, Options options) : redis_(std::move(redis)), options_(options) {}
    auto size() { return redis_->dbsize(); } // sends DBSIZE
    void clear() {
        options_.redis->flushall(); // sends FLUSHALL
        auto guard = [this] { redis_->bgsave(); }; // sends BGSAVE
        (*redis_).rename("a", "b"); // sends RENAME
        auto tx = redis_->transaction();
        tx.randomkey().exec(); // sends RANDOMKEY
    }

private:
    RedisPtr redis_;
    Options options_;
};

namespace {
redisReply *raw(redisContext *c) { return static_cast<redisReply *>(redisCommand(c, "KEYS *")); } // sends KEYS
}

int main() {
    const auto redis = std::make_unique<sw::redis::RedisCluster>("tcp://h");
    redis->command("OBJECT", "FREQ", "k"); // sends OBJECT
    auto &alias = *redis;
    alias.command<void>("FLUSHDB"); // sends FLUSHDB
    sw::redis::Redis direct{"tcp://h"};
    if (auto n = direct.dbsize(); n > 0) return 1; // sends DBSIZE
    direct.xlen("s"); // sends XLEN
    direct.get("keys");
}
