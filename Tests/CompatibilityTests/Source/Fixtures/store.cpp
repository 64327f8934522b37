// redis-plus-plus, hiredis and others in C++.
#include <sw/redis++/redis++.h>
#include <memory>
#include <vector>
using namespace sw::redis;

namespace app {

class Base {
protected:
    sw::redis::Redis _redis;
    std::shared_ptr<RedisCluster> cluster_;
};

class Store final : public Base {
public:
    explicit Store(const std::string &url) : client_(url), other_{std::make_unique<Redis>(url)} {}
    ~Store() { client_.flushdb(); }
    void wipe();
    template <typename T> void list(T out) const { client_.keys("*", out); }
    Redis &client() { return client_; }

private:
    Redis client_;
    std::unique_ptr<Redis> other_;
    std::vector<Redis *> all_;
};

void Store::wipe() {
    client_.flushall();
    other_->dbsize();
    _redis.randomkey();
    cluster_->command("KEYS", "*");
    this->client_.rename("a", "b");
    client().info();
    for (auto &each : all_) each->bgsave();
    auto pipe = client_.pipeline();
    pipe.set("k", "v").move("k", 1).exec();
    auto run = [&](Redis &r) { r.save(); };
    run(client_);
    client_.command<long long>("OBJECT", "ENCODING", "k");
    client_.set("k", "v", std::chrono::seconds(1));
    client_.get("k");
}

}  // namespace app

static void use(app::Store *store, sw::redis::Redis &redis, std::shared_ptr<sw::redis::Redis> shared) {
    redis.lastsave();
    shared->bgrewriteaof();
    store->client().shutdown();
    auto made = std::make_shared<Redis>("tcp://127.0.0.1");
    made->config_get("maxmemory");
    Redis local("tcp://127.0.0.1:6379");
    local.unlink("k");
    auto *raw = new Redis{"tcp://h"};
    raw->slowlog_get(10);
    auto direct = Redis("tcp://h");
    direct.sort("l");
    redis.eval<long long>(R"lua(return redis.call('DBSIZE'))lua", {}, {});
    if (auto tx = redis.transaction(); true) tx.getex("k");
    static_cast<Redis *>(raw)->wait(1, 2);
}
