-- redis.call('FLUSHALL') in a comment
--[[ redis.call('FLUSHDB')
]]
local call = redis.call
local n = redis.call('INCR', KEYS[1])
if n == 1 then
  redis.call('EXPIRE', KEYS[1], 60)
end
call('KEYS', 'user:*')
redis.pcall("RENAME", KEYS[1], KEYS[2])
redis.call(ARGV[1], KEYS[1])
redis.call('DEL', unpack(KEYS))
redis.call 'RANDOMKEY'
local text = "redis.call('FLUSHALL')"
local long = [[redis.call('FLUSHALL')]]
other.redis.call('FLUSHALL')
redis.log(redis.LOG_NOTICE, 'KEYS')
return { redis.call('TIME'), redis.status_reply('OK') }
