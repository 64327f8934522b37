# Nothing here sends a command to Redis, though it names Redis everywhere.
require 'other_redis'

module Shop
  class Redis
    def self.current; new; end
    def keys(pattern); []; end
    def flushall; end
  end

  class Cache
    attr_reader :redis, :items
    def initialize(items = {}, redis = Redis.new)
      @items = items
      @redis = redis
      @client = Other::Client.new
    end

    def keys(*); @items.keys; end
    def info; 'redis'; end

    def run(cache, rows = [])
      @items.keys
      items.keys.sort
      keys('*')
      info
      redis.keys('*')
      Redis.new.keys('*')
      @client.keys('*')
      rows.sort
      rows.each { |redis| redis.keys }
      hash = { 'redis' => 1, redis: 2 }
      hash.keys
      hash.sort.time
      Time.now.time
      [1, 2].sort { |a, b| b <=> a }
      text = "#{hash.keys.size} redis.keys('*')"
      more = 'Redis.current.flushall'
      pattern = /redis.keys('*')/
      words = %w[redis.keys flushall]
      other = %q(redis.flushall)
      doc = <<~TEXT
        redis.keys('*')
        $redis.flushall
      TEXT
      proc { |client| client.keys }.call({})
      client = {}
      client.keys
      client = Other.new
      client.flushall
      run(nil) if client.keys.any?
      self.keys('*')
      send(:keys, '*')
      rows.map(&:keys)
      yield(rows).keys
      config = Shop::Redis.new
      config.keys('*')
      config&.flushall
      Struct.new(:keys).new.keys
      File.rename('a', 'b')
      Dir['*'].sort
      object = Object.new
      def object.flushall; end
      object.flushall
      cursor = rows.index { |row| row.keys == 1 } || hash.length
      # redis.flushall
    end
  end
end

=begin
Redis.new.flushall
=end

__END__
Redis.new.flushall
