-- Called with EVAL: KEYS[1] session, KEYS[2] index; ARGV the user, the time, the pattern.
local rcall, pcall_ = redis.call, redis.pcall
local send = redis.pcall
local session = KEYS[1]
local now = redis.call('TIME')[1]

local function touch(key, ttl)
  redis.call('EXPIRE', key, ttl)
  redis.call("PEXPIRE", key, ttl * 1000)
  return redis.call('TTL', key) + redis.call('PTTL', key)
end

redis.call('SET', session, ARGV[1], 'EX', 10, 'NX')
redis.call('set', 'k', 'v', 'KEEPTTL')
redis.call('HSET', session, 'user', ARGV[1], 'at', now)
redis.call('HMSET', session, unpack(ARGV))
redis.call('HGETALL', session)
redis.call('SADD', KEYS[2], session)
redis.call('SREM', KEYS[2], 'a', 'b')
redis.call('ZADD', 'z', 'NX', 1, 'm')
redis.call('ZRANGEBYSCORE', 'z', '-inf', '+inf', 'LIMIT', 0, 10)
for _, key in ipairs(redis.call('KEYS', ARGV[3])) do
  redis.call('RENAME', key, key .. ':old')
  send('RANDOMKEY')
end
if redis.call('EXISTS', 'a', 'b') == 1 then
  redis.call('SORT', 'l', 'BY', 'nosort')
elseif send("OBJECT", "ENCODING", 'k') then
  redis.pcall('PUBLISH', 'news', ARGV[1])
end
redis.call('SELECT', 3)
redis.call('INFO')
redis.call("FLUSHDB")
redis.call([[DBSIZE]])
redis.call('CONFIG', 'GET', 'maxmemory')
redis.call('SCAN', 0, 'MATCH', ARGV[3])
redis.call(
  'LPUSH',
  'l', 'x')
redis.call('SPOP', 's', 2)
redis.call('PFADD', 'p', 'x')
local command = 'DEL'
redis.call(command, session)
redis.call(table.concat({ 'G', 'ET' }), session)
return touch(session, 60)
