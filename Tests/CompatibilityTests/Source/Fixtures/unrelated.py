"""Imports redis, and calls methods of the same names on everything else."""
import os
import time
import redis
from collections import OrderedDict

client = redis.Redis()
settings = {"a": 1}
cache = {}
redis_cache = OrderedDict()


def plain(text, names, key):
    settings.keys()
    cache.keys()
    cache.get("a")
    redis_cache.move("x", 1)
    names.sort()
    os.rename("a", "b")
    time.time()
    text.append("x")
    key.type()
    "a,b".join(names)
    [].sort()
    {}.keys()
    print("r.keys('*')")
    # client.keys("*")
    '''client.flushall()'''
    """client.flushdb()"""
    b"client.keys('*')"
    client.close()
    client.connection_pool.disconnect()


def shadowed():
    client = {}
    client.keys()
    client.sort()


def parameter(client):
    client.flush_all()


class Other:
    def __init__(self):
        self.client = []
        self.cache = dict()

    def run(self):
        self.client.sort()
        self.cache.keys()
        self.redis_info = None

    def keys(self):
        return self.items.keys()


def declared(cache: dict[str, int], redis_client: "list[str]"):
    cache.keys()
    redis_client.sort()


def nested():
    rows = sorted(settings.keys())
    for r in rows:
        r.upper()
    return [x.keys() for x in (settings, cache)]


def handlers(logger, error):
    logger.info("client.keys")
    error.time()
    try:
        pass
    except redis.ConnectionError as problem:
        problem.info()
    getattr(settings, "keys")()
    setattr(client, "name", "x")


keys = settings.keys
values = cache.values()
path = os.path.join("redis://host/3/extra", "x")
