"""What every client test does, with redis-py. Usage: program.py PORT; the release is the one that PYTHONPATH leads to."""

import sys
import time

import redis

port = int(sys.argv[1])
options = {"protocol": 2} if int(redis.__version__.split(".")[0]) >= 8 else {}


def connect():
    return redis.Redis(host="127.0.0.1", port=port, **options)


def check(step, got, want):
    if got != want:
        sys.exit(f"{step}: got {got!r}, want {want!r}")
    print(step, "ok")


client, other = connect(), connect()
check("connect", client.ping(), True)

key, value = b"key\x00\xff\r\n", bytes(range(256))
client.set(key, value)
check("binary", client.get(key), value)

pipeline = client.pipeline(transaction=False)
for number in range(100):
    pipeline.rpush("list", number)
pipeline.lrange("list", -2, -1)
check("pipeline", pipeline.execute(), [*range(1, 101), [b"98", b"99"]])

client.set("counter", 5)
attempts = 0


def double(pipe):
    """Reads, lets another client interfere the first time, writes."""
    global attempts
    seen = int(pipe.get("counter"))
    attempts += 1
    if attempts == 1:
        other.incr("counter")
    pipe.multi()
    pipe.set("counter", seen * 2)
    pipe.get("counter")


result = client.transaction(double, "counter")
check("transaction", (attempts, result), (2, [True, b"12"]))



def message(body):
    """The text of the error that a function raises."""
    try:
        body()
    except redis.RedisError as error:
        return str(error)
    return "no error"


wrong_type = "WRONGTYPE Operation against a key holding the wrong kind of value"
check("error", message(lambda: client.lpush("counter", 1)), wrong_type)

holder = connect().connection_pool.make_connection()
for words in [("MULTI",), ("SET", "held", 1)]:
    holder.send_command(*words)
    holder.read_response()
locked = "LOCKED key 'held' is held by a transaction in progress"
found = [message(lambda: client.get("held"))]
for is_transaction in (False, True):
    pipeline = client.pipeline(transaction=is_transaction)
    pipeline.get("held")
    found.append(message(pipeline.execute).rpartition("error: ")[2])
found.append(client.get("counter"))
holder.send_command("DISCARD")
check("locked", found, [locked, locked, locked, b"12"])

refusal = message(lambda: client.keys("*")).partition(",")[0]
check("refused", (refusal, client.get("counter")), ("unknown command 'KEYS'", b"12"))

watcher = client.pipeline()
client.set("watched", 1)
watcher.watch("watched")
client.set("watched", 2)
time.sleep(5)
check("reconnect", client.get("counter"), b"12")
# A closed connection is told as a broken WATCH.
watcher.multi()
watcher.set("watched", 3)
try:
    error = watcher.execute()
except redis.WatchError:
    error = "WatchError"
check("watched", (error, client.get("watched")), ("WatchError", b"2"))
