import redis
client = redis.Redis()
client.eval(f"return redis.call('{cmd}', KEYS[1])", 1, "k")
client.eval("return redis.call('%s', KEYS[1])" % cmd, 1, "k")
client.eval("return redis.call('" + cmd + "', KEYS[1])", 1, "k")
client.eval(string.Template("return redis.call('get$cmd')").substitute(cmd=c), 0)
client.eval("return redis.call('<%= cmd %>')", 0)
client.eval("return redis.call('get', '" + name + "') .. redis.call('keys', '" + name + ":*')", 0)
client.eval("return redis.call('kyes', '*')", 0)
