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

try:
    client.lpush("counter", 1)
    message = "no error"
except redis.ResponseError as error:
    message = str(error)
check("error", message, "WRONGTYPE Operation against a key holding the wrong kind of value")

time.sleep(5)
check("reconnect", client.get("counter"), b"12")
