require 'redis'
require 'connection_pool'

module Redisable
  extend ActiveSupport::Concern

  private

  def redis
    @redis ||= Redis.current
  end
end

module Shop
  STORE = Redis.new(host: 'h')

  class Base
    include Redisable
    attr_reader :conn, :count
    delegate :dbsize, to: :conn
    def initialize(conn = Redis.new, count: 0, **options)
      @conn = conn
      @count = count
    end

    class << self
      def shared; @shared ||= Redis::Namespace.new(:shop, redis: Redis.new); end
    end

    def self.lend
      yield Redis.new
    end

    def borrow(&block)
      POOL.with(&block)
    end
  end

  class Stock < Base
    def run(key, *rest)
      redis.keys '*'
      conn.keys('*')
      redis.dbsize
      self.conn.info if key
      Base.shared.keys('a')
      Shop::Base.shared.randomkey
      Base.lend { |c| c.keys('b') }
      borrow do |c|
        c.keys 'c'
      end
      POOL.with(&:lastsave)
      STORE.time
      Shop::STORE.bgsave
      $redis.flushdb unless rest.empty?
      Sidekiq.redis { |c| c.keys('d') }
      Resque.redis.keys('e')
      Rails.cache.redis.with { |c| c.flushall }
      %w[KEYS DBSIZE].each { |name| redis.call(name) }
      redis.call('SCAN', 0, 'MATCH', "#{key}:*")
      redis.public_send(:keys, 'f')
      first, second = redis, 1
      first.keys('g')
      value = if key then redis.keys('h') else redis.keys('i') end
      case key
      when /keys('no')/ then redis.keys('j')
      else redis.keys('k')
      end
      begin
        redis.keys('l')
      rescue Redis::BaseError => e
        redis.keys('m')
      ensure
        redis.keys('n')
      end
      while redis.keys('o').any? do redis.keys('p') end
      redis.pipelined do |pipe|
        pipe.keys('q')
      end
      redis.multi { |tx| tx.rename('a', 'b') }
      action = ->(r) { r.keys('r') }
      action.call(redis)
      puts "found #{redis.keys('s').size}"
      redis&.keys('t')
      redis
        .keys('u')
      return redis.keys('v') unless rest
      redis.set(key, 'v', ex: 10, nx: true)
      other = value ? redis : conn
      other.keys('w')
      [redis, conn].each { |r| r.keys('x') }
      handle(redis) { it.keys('y') }
      redis.keys('z') and return
      dbsize
    end

    def one_line = redis.keys('aa')

    def handle(r)
      yield r
    end
  end
end

POOL = ConnectionPool.new(size: 5, timeout: 1) { Redis.new }
$redis = Redis.new(url: 'redis://localhost:6379/4')
pool = ConnectionPool::Wrapper.new { Redis.new }
pool.keys('ab')
client = RedisClient.config(host: 'h').new_client
client.call('KEYS', '*')
client.call_v(%w[KEYS ac])
[].each do |x| Shop::Stock.new.handle(client) { |c| c.call('FLUSHALL') } end
