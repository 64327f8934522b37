"""Clients that are None somewhere."""
import redis

_client = None
_late = None
_other = None

try:
    redis_client = redis.Redis()
    redis_client.ping()
except redis.ConnectionError:
    redis_client = None


def use():
    redis_client.keys("*")
    _client.info()
    _late.time()
    _other.keys("*")


def connect():
    global _client
    if _client is None:
        _client = redis.Redis()
    return _client


def close():
    global _client, _late
    _client.dbsize()
    _client = None


def set_late():
    global _late
    _late = redis.Redis()


def local():
    _other = redis.Redis()
    _other.randomkey()
    _late = {}
    return _late.keys()
