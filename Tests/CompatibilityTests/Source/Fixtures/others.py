import coredis
import valkey
from walrus import Database

try:
    from redis import Redis
except ImportError:
    Redis = object


class Store(Redis):
    def names(self):
        return self.scan_iter("names:*")


def check(client):
    return client.config_get("maxmemory*")


client = coredis.Redis()
client.randomkey()
valkey.Valkey().dbsize()
Database().keys("*")
Database().get("name")

if client:
    held = valkey.Valkey()
else:
    held = {}
    held.keys()
held.keys("*")
