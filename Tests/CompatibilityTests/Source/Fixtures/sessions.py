"""A session store that uses redis-py in most of the ways there are."""
import redis
import redis.asyncio as aioredis
from redis import Redis, StrictRedis as Strict
from redis.sentinel import Sentinel

URL = "redis://:secret@cache.example:6379/3"
r = redis.Redis(host="cache", port=6379, db=2)
other = Redis.from_url(URL)
strict = Strict()
master = Sentinel([("s1", 26379)]).master_for("mymaster")


def simple():
    r.set("greeting", "hello", ex=10, nx=True)
    r.set("k", "v", 60)
    r.set(name="k", value="v", keepttl=True)
    r.get("greeting")
    r.delete("a", "b")
    r.incr("counter")
    r.keys("user:*")
    other.randomkey()
    strict.rename("a", "b")
    master.flushdb()
    r.exists("a", "b")
    r.hset("h", mapping={"f": "1", "g": "2"})
    r.hset("h", "f", "1")
    r.zadd("z", {"m": 1}, nx=True)
    r.expire("k", 10, gt=True)
    r.lpop("l", 2)
    r.mset({"a": 1, "b": 2})


def hidden():
    with r.lock("lock:jobs", timeout=5):
        pass
    pipe = r.pipeline()
    pipe.set("a", 1).keys("*").execute()
    plain = r.pipeline(transaction=False)
    plain.hgetall("h")
    for key in r.scan_iter(match="user:*"):
        print(key)
    script = r.register_script("return redis.call('KEYS', '*')")
    script()
    pubsub = r.pubsub()
    pubsub.subscribe("news")


def raw(name):
    r.execute_command("OBJECT", "ENCODING", "k")
    r.execute_command("CLIENT LIST")
    r.execute_command(name)
    getattr(r, name)("x")


class Store:
    def __init__(self, client: redis.Redis, url=None):
        self.client = client
        self.own = redis.from_url(url) if url else None

    def save(self):
        self.client.bgsave()
        self.own.config_get("maxmemory")

    def typed(self, conn: "redis.Redis"):
        conn.slowlog_get(10)


async def later():
    client = await aioredis.from_url("redis://localhost")
    await client.sort("list")
    async with client.pipeline(transaction=True) as tx:
        await tx.time()


def make() -> Redis:
    return Redis(db=5)


def use():
    conn = make()
    conn.dbsize()
    with Redis() as short:
        short.info()
    f"{conn.lastsave()}"


def guessed(cache):
    cache.keys("*")
