// Redis in words alone.
#include <map>
#include <string>
namespace redis_like {
struct Redis {
    std::map<std::string, int> keys() { return {}; }
    void flushall() {}
    void rename(const char *, const char *) {}
};
}
class Cache {
public:
    Cache() : redis_() {}
    void clear() { redis_.flushall(); keys(); redis_.keys(); }
    int keys() { return 0; }
private:
    redis_like::Redis redis_;
};
int main() {
    redis_like::Redis redis;
    redis.flushall();
    redis.keys();
    redis.rename("a", "b");
    Cache cache;
    cache.keys();
    std::map<std::string, int> m;
    m.keys();
    auto f = [](auto &&x) { return x.keys(); };
    f(redis);
    std::string s = "redis.keys('*')", t = R"(redisCommand(c, "KEYS *"))";
    std::rename("a", "b");
    if (s < t && t > s) { redis.flushall(); }
    delete new Cache();
    return 0;
}
