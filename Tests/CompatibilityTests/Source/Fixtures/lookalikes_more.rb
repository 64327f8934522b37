# What only looks like a client of Redis.
require 'redis'
require 'dalli'
require 'logger'

class FakeRedis
  def initialize
    @rows = {}
  end

  def keys(pattern = '*') = @rows.keys()
  def flushall() = @rows.clear
  def info() = { 'version' => 'fake' }
end

module Work
  LOG = Logger.new($stdout)
  MEMCACHED = Dalli::Client.new('h:11211')

  def self.run(rows, window, redis = Redis.new)
    LOG.info("redis.keys('*')")
    LOG.debug('redis.flushall()')
    MEMCACHED.flush()
    rows.sort() { |a, b| a <=> b }
    { a: 1 }.keys()
    window.move(1, 2)
    window.save(1)
    File.rename('a', 'b')
    FakeRedis.new.keys('*')
    FakeRedis.new.flushall()
    # redis.keys('*')
    text = "redis.dbsize()"
    ENV.keys().sort()
    Thread.new { window.wait(1) }
    JSON.dump({})
    redis.get('keys()')
    redis.hset('flushall()', 'a', 'b')
    ActiveRecord::Base.connection.select('info()')
    socket.shutdown(2)
  end
end
