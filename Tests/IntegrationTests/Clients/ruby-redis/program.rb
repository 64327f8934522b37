# What every client test does, with redis-rb. Usage: program.rb PORT
require 'redis'

PORT = ARGV.fetch(0).to_i
$stdout.sync = true

def check(step, got, want)
  abort "#{step}: got #{got.inspect}, want #{want.inspect}" unless got == want
  puts "#{step} ok"
end

def message
  yield
  'no error'
rescue Redis::BaseError => error
  error.message
end

def connect(**options) = Redis.new(host: '127.0.0.1', port: PORT, **options)

client = connect
other = connect
check 'connect', client.ping, 'PONG'

key = "key\x00\xff\r\n".b
value = (0..255).to_a.pack('C*')
client.set(key, value)
check 'binary', client.get(key).b, value

lengths = client.pipelined { |pipeline| 100.times { |number| pipeline.rpush('list', number) } }
check 'pipeline', [lengths, client.lrange('list', -2, -1)], [(1..100).to_a, %w[98 99]]

client.set('counter', 5)
attempts = 0
replies = nil
until replies
  attempts += 1
  replies = client.watch('counter') do
    seen = client.get('counter').to_i
    other.incr('counter') if attempts == 1
    client.multi do |multi|
      multi.set('counter', seen * 2)
      multi.get('counter')
    end
  end
end
check 'transaction', [attempts, replies], [2, %w[OK 12]]

wrong_type = 'WRONGTYPE Operation against a key holding the wrong kind of value'
check 'error', message { client.lpush('counter', 1) }, wrong_type

other.call('MULTI')
other.call('SET', 'held', 1)
locked = "LOCKED key 'held' is held by a transaction in progress"
found = [
  message { client.get('held') }, message { client.pipelined { |pipeline| pipeline.get('held') } },
  message { client.multi { |multi| multi.get('held') } }, client.get('counter')
]
other.call('DISCARD')
check 'locked', found, [locked, locked, locked, '12']

check 'refused', [message { client.keys('*') }[/\A[^,]*/], client.get('counter')], ["ERR unknown command 'keys'", '12']

# Inside `watch` a command opens the closed connection again: the transaction runs, and nothing is watched any more. A
# client that does not connect again by itself raises an error.
watcher = connect
careful = connect(reconnect_attempts: 0)
client.mset('watched', 1, 'guarded', 1)
[[watcher, 'watched'], [careful, 'guarded']].each { |redis, name| redis.watch(name) }
client.mset('watched', 2, 'guarded', 2)
sleep 5
check 'reconnect', client.get('counter'), '12'
replies = watcher.multi { |multi| multi.set('watched', 3) }
error = message { careful.multi { |multi| multi.set('guarded', 3) } }
check 'watched', [replies, error[/\AConnection lost/], client.mget('watched', 'guarded')], [['OK'], 'Connection lost', %w[3 2]]
