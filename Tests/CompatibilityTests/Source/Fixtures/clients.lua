-- redis-lua, lua-hiredis, the connector.
local redis = require 'redis'
local client = redis.connect('127.0.0.1', 6379)
client:keys('*')
client:config('get', 'maxmemory')
local replies = client:pipeline(function(p)
  p:flushdb()
  p:get('a')
end)
client:transaction({ watch = 'a' }, function(t) t:set('a', 1) end)
local hiredis = require "hiredis"
local conn = hiredis.connect("localhost", 6379)
conn:command("KEYS", "*")
conn:command(unpack({ "DEL", "k" }))
conn:append_command("RANDOMKEY")
local rc = require("resty.redis.connector").new({ url = "redis://localhost:6379/3" })
local red, err = rc:connect()
red:dbsize()
