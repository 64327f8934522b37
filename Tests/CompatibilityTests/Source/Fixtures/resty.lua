-- lua-resty-redis in one file: what it sends, in the forms that programs use.
local redis = require "resty.redis"
local cluster = require("resty.rediscluster")
local redis_new = require("resty.redis").new
local _M = { _VERSION = "1" }
local mt = { __index = _M }
local PATTERN = "keys"

local function connect(conf)
  local red, err = redis:new()
  if not red then return nil, err end
  red:set_timeouts(1000, 1000, 1000)
  local ok, err = red:connect(conf.host, conf.port or 6379)
  if not ok then return nil, "failed: " .. err end
  return red, nil
end

function _M.new(conf)
  local self = { conf = conf, red = connect(conf) }
  return setmetatable(self, mt)
end

function _M:wipe()
  self.red:flushall()
  local red = assert(connect(self.conf))
  red:flushdb()
  red["randomkey"](red)
  red.keys(red, "*")
  local keys = red.keys
  keys(red, "user:*")
end

function _M.scan(self, pattern)
  return self.red:keys(pattern)
end

local function pipelined(red)
  red:init_pipeline()
  red:rename("a", "b")
  red:eval([[ return redis.call("DBSIZE") ]], 0)
  local results, err = red:commit_pipeline()
  return results, err
end

pipelined(redis_new())
local ok, red = pcall(redis.new, redis)
red:dbsize()
pcall(red.save, red)
pcall(function() red:bgsave() end)
xpcall(function() red:lastsave() end, debug.traceback)
red[PATTERN](red, "*")
for _, name in ipairs({ "flushdb", "flushall" }) do
  red[name](red)
end
for _, client in ipairs({ redis:new(), cluster:new({ name = "c" }) }) do
  client:info()
end
local clients = {}
clients.main = redis:new()
clients.main:move("a", 1)
local function with(callback) return callback(redis:new()) end
with(function(client) client:shutdown() end)
red:object("encoding", "k")
red:unlink "key"
red:getex("k", "EX", 10)
red:get("k")
red:hmset("h", { a = 1, b = 2 })
red:set(unpack({ "k", "v" }))
red:zrange("z", 0, -1, "REV")
return _M
