"""Words that look like options and are none."""
import redis

r = redis.Redis()
d = {"get": 1}
r.set("k", "v", ex=d["get"])
r.set("k", "v", ex=d.get("get"), nx=True)
r.set("k", "v", 10, d["keepttl"])
r.zadd("z", {"nx": 1, "ch": 2})
r.zadd("z", {"nx": 1}, nx=True)
r.expire("k", d["nx"])
