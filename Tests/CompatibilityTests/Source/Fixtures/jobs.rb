require 'redis'
require 'connection_pool'

REDIS = Redis.new(url: 'redis://localhost:6379/2', db: 3)
$global = Redis.new
POOL = ConnectionPool.new(size: 5) { Redis.new }

class Jobs
  def initialize(host, redis = nil)
    @redis = redis || Redis.new(host: host)
    @other ||= Redis.current
  end

  def run(key, keys, name)
    @redis.set('k', 'v', ex: 10, nx: true)
    @redis.set "k", "v", keepttl: true
    @redis.keys 'user:*'
    @redis.keys('user:*')
    @redis.dbsize
    @redis.del('a', 'b')
    @redis.hset('h', 'f', 1, 'g', 2)
    @redis.mapped_mset('a' => 1, 'b' => 2)
    @redis.exists?('k')
    @redis.call('OBJECT', 'ENCODING', key)
    @redis.call(:keys, '*')
    @redis.call(name)
    @redis.public_send(name, key)
    @redis.zadd('z', 1, 'm', gt: true)
    @redis.expire('k', 10, nx: true)
    @other.rename('a', 'b') if key
    REDIS.randomkey
    $global.flushdb unless key
    @redis.multi do |tx|
      tx.set('a', 1)
      tx.info
    end
    @redis.pipelined { |pipe| pipe.time }
    POOL.with do |conn|
      conn.lastsave
    end
    @redis.scan_each(match: 'user:*') { |found| puts found }
    @redis.config(:get, 'maxmemory')
    @redis.eval(<<~LUA, [key])
      return redis.call('SORT', KEYS[1])
    LUA
    "#{@redis.bgsave}"
    connection.slowlog('get', 10)
    local = Redis.new
    local.object('idletime', key)
  end

  def connection
    @connection ||= Redis.new
  end

  def guess(cache)
    cache.keys('*')
  end
end
