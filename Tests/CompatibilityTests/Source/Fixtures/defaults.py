"""Clients as the values of parameters that a call may leave out."""
import redis


class Store:
    def __init__(self, conn=redis.Redis(db=2), names={}, *, other: object = redis.Redis()):
        self.conn = conn
        self.names = names
        conn.time()
        other.info()

    def run(self):
        self.conn.keys("*")
        self.names.keys()
