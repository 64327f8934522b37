-- Names like those of clients, none of which is one.
local redis = require "resty.redis"
local lock = require "resty.lock"
local shared = ngx.shared.dict
local M = {}
local self_made = { keys = function() end, flushall = function() end }

shared:keys("*")
shared:flush_all()
lock:new("locks"):unlock()
self_made.keys("*")
self_made:flushall()
table.sort({})
string.rename = nil
M.keys = function(self) return self.list end
M:keys()
function M:flushdb() return true end
M:flushdb()
M.flushdb(M)
local t = setmetatable({}, { __index = M })
t:keys()
t:flushdb()
local text = "red:keys('*')"
local long = [==[ red:flushall() ]==]
--[[ red:keys('*') ]]
--[==[
red:flushall()
]==]
-- red:flushdb()
local a = redis.null
local b = redis._VERSION
redis.add_commands("foo")
local keys, info = {}, {}
keys.keys("a")
info:info()
goto done
::done::
local unknown = require("app.cache")
unknown:keys("*")
unknown.flush()
local red = make()
for i = 1, 10 do keys[i] = i .. "" end
while false do break end
repeat local save = 1 until save
local f = function(...) return select("#", ...) end
f("KEYS", "*")
local x <const> = 5
if x == 1 then f() elseif x ~= 2 then f() else f() end
return M
