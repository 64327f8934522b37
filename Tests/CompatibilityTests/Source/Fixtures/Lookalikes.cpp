// What only looks like a client of Redis.
#include <QMap>
#include <boost/asio.hpp>
#include <map>
#include <sw/redis++/redis++.h>

class MockStore {
public:
    std::vector<std::string> keys(const std::string &pattern) { return {}; }
    void flushall() {}
    long long dbsize() { return 0; }
    MockStore &rename(const char *, const char *) { return *this; }
};

struct Window { void move(int, int); void save(); std::string info() const; };

int work(QMap<int, int> map, MockStore &mock, Window *window, boost::asio::ip::tcp::socket socket, sw::redis::Redis &redis) {
    map.keys();
    mock.keys("*");
    mock.flushall();
    mock.dbsize();
    mock.rename("a", "b").rename("c", "d");
    window->move(1, 2);
    window->save();
    window->info();
    socket.shutdown(boost::asio::ip::tcp::socket::shutdown_both);
    std::sort(list.begin(), list.end());
    std::move(mock);
    std::rename("a", "b");
    spdlog::info("redis.keys(\"*\")");
    logger->debug("redis {}", redis.get("k").value());
    // redis.flushall();
    auto text = R"(redis.flushall())";
    thread.wait();
    buffer.dump(std::cout);
    json.dump(2);
    redis.set("flushall()", "keys()");
    return 0;
}
