-- What every client test does, with lua-redis. Usage: program.lua PORT
local redis = require 'redis'

local port = tonumber(arg[1])

local function text(value)
    if type(value) ~= 'table' then return tostring(value) end
    local parts = {}
    for _, part in ipairs(value) do parts[#parts + 1] = text(part) end
    return '{' .. table.concat(parts, ' ') .. '}'
end

local function check(step, got, want)
    if text(got) ~= text(want) then
        io.stderr:write(step, ': got ', text(got), ', want ', text(want), '\n')
        os.exit(1)
    end
    print(step .. ' ok')
end

local function connect() return redis.connect('127.0.0.1', port) end

-- The text of the error that a function raises, without the place in the library.
local function message(body)
    local succeeded, reason = pcall(body)
    return succeeded and 'no error' or (tostring(reason):gsub('^.-: ', ''):gsub('^redis error: ', ''))
end

local client, other = connect(), connect()
check('connect', client:ping(), true)

local key, bytes = 'key\0\255\r\n', {}
for byte = 0, 255 do bytes[#bytes + 1] = string.char(byte) end
local value = table.concat(bytes)
client:set(key, value)
check('binary', client:get(key), value)

local lengths = client:pipeline(function(pipeline)
    for number = 0, 99 do pipeline:rpush('list', number) end
end)
check('pipeline', { #lengths, lengths[100], client:lrange('list', -2, -1) }, { 100, 100, { '98', '99' } })

client:set('counter', 5)
local attempts = 0
local replies = client:transaction({ watch = 'counter', cas = true, retry = 2 }, function(transaction)
    attempts = attempts + 1
    local seen = transaction:get('counter')
    if attempts == 1 then other:incr('counter') end
    transaction:multi()
    transaction:set('counter', seen * 2)
    transaction:get('counter')
end)
check('transaction', { attempts, replies }, { 2, { true, '12' } })

local wrong_type = 'WRONGTYPE Operation against a key holding the wrong kind of value'
check('error', message(function() client:lpush('counter', 1) end), wrong_type)

other:raw_cmd('MULTI\r\n')
other:raw_cmd('SET held 1\r\n')
local locked = "LOCKED key 'held' is held by a transaction in progress"
local found = {
    message(function() client:get('held') end),
    message(function() client:transaction(function(transaction) transaction:get('held') end) end):gsub('^.-: ', ''),
    client:get('counter'),
}
-- An error within a pipeline leaves the replies behind it unread: the next command takes one of them for its own.
local pipelining = connect()
found[4] = message(function()
    pipelining:pipeline(function(pipeline)
        pipeline:get('held')
        pipeline:get('counter')
    end)
end)
found[5] = pipelining:get('no such key')
other:raw_cmd('DISCARD\r\n')
check('locked', found, { locked, locked, '12', locked, '12' })

local refusal = message(function() client:keys('*') end):match('^[^,]*')
check('refused', { refusal, client:get('counter') }, { "ERR unknown command 'KEYS'", '12' })

-- After the idle close every command fails, in a transaction too, until the program connects again.
local watcher = connect()
client:set('watched', 1)
local lost = message(function()
    watcher:transaction({ watch = 'watched', cas = true }, function(transaction)
        client:set('watched', 2)
        require('socket').sleep(5)
        transaction:multi()
        transaction:set('watched', 3)
    end)
end)
local failures = {}
for attempt = 1, 2 do failures[attempt] = message(function() client:get('counter') end):match('closed') end
client = connect()
check('reconnect', { failures, client:get('counter') }, { { 'closed', 'closed' }, '12' })
check('watched', { lost:match('closed'), client:get('watched') }, { 'closed', '2' })
