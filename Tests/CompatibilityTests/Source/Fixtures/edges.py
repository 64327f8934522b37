"""Forms that a scanner easily gets wrong."""
from redis import Redis
import redis as rd
from django_redis import get_redis_connection

conn = get_redis_connection("default")
late: Redis | None = None
class_level = {"redis": Redis}


class Cache:
    shared = rd.Redis()
    backup: "rd.Redis"

    @property
    def connection(self) -> rd.Redis:
        return self.shared

    @classmethod
    def clear(cls):
        cls.shared.flushall()

    def run(self, *, conn=None, **options):
        self.shared.keys(
            # a comment with a ) in it
            "user:*",
        )
        self.backup.time()
        self.connection.keys("x")
        (self.shared).info()
        self.shared.mset({**options, "a": 1})
        self.shared.delete(*options)
        self.shared.set("long", "x" * 2_000_000)
        self.shared.set("joined" "key", b"v")
        self.shared.hset("h", mapping=options)
        conn.sort("l")
        return [self.shared.type(key) for key in options] or self.shared.dbsize()


def inner():
    client = Redis(
        host="h",
        db=0,
    )
    def deeper():
        return client.randomkey()
    x, y = client.lastsave(), 1
    if (found := client.object("encoding", "k")):
        client.zrange("z", 0, -1, byscore=True)
    lambda r: r.keys()
    client.transaction(lambda pipe: pipe.flushdb(), "k")
    del client
    return deeper, x, y, found


def outside():
    client.keys("*")
    late.bgsave()
    conn.shutdown()
