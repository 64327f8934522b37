-- Not one of these calls Redis, though the file speaks of redis.call('KEYS', '*').
local M = {}
local keys = { 'KEYS', 'FLUSHALL' }
local call = function(name, ...) return name, ... end
local redis_like = { call = call }

--[==[
redis.call('FLUSHALL')
redis.pcall('FLUSHDB')
]==]

call('KEYS', '*')
call('FLUSHALL')
redis_like.call('KEYS', '*')
redis_like.call 'FLUSHALL'
M.call = call
M.call('RENAME', 'a', 'b')
M.redis = { call = call, pcall = call }
M.redis.call('FLUSHALL')
M.redis.pcall('FLUSHDB')
pcall('KEYS', '*')
pcall(call, 'KEYS', '*')
xredis.call('KEYS', '*')
redis.calls('KEYS', '*')
redis.log(redis.LOG_WARNING, 'KEYS')
redis.sha1hex('KEYS')
redis.error_reply('FLUSHALL')
redis.status_reply('FLUSHALL')
redis.replicate_commands()
redis.breakpoint()
redis.debug('KEYS')
redis.setresp(3)
redis['log'](1, 'KEYS')
local a = "redis.call('KEYS', '*')"
local b = 'redis.call("KEYS", "*")'
local c = [[redis.call('KEYS', '*')]]
local d = [=[ redis.pcall('KEYS') ]] ]=]
local e = "\"redis.call('KEYS')"
local f = redis.call
table.sort(keys)
os.rename('a', 'b')
string.append(a, b, c, d, e)
table.move(keys, 1, 2, 3)
os.time()
keys.keys()
f = nil
return M
