require 'redis'

CLIENT = Redis.new
SETTINGS = { a: 1 }

class Things
  def initialize
    @items = {}
    @cache = {}
    @redis = []
  end

  def run(names, file)
    @items.keys
    @cache.keys
    @redis.sort
    SETTINGS.keys
    names.sort
    names.sort.keys
    file.rename('a', 'b')
    File.rename 'a', 'b'
    Time.now.time
    names.map(&:keys)
    names.each { |client| client.keys }
    names.each do |r|
      r.upcase
    end
    # CLIENT.keys('*')
    text = "CLIENT.keys('*')"
    other = 'CLIENT.flushall'
    words = %w[CLIENT.keys flushall]
    pattern = /CLIENT.keys/
    symbol = :flushall
    doc = <<~TEXT
      CLIENT.keys('*')
    TEXT
    CLIENT.close
    CLIENT.connected?
    [3, 1].sort
    {}.keys
    keys
    self.keys
    text.append(other).info
    words.move if names.empty?
    names.first&.keys
    names << pattern << symbol << doc
    Process.time
    puts SETTINGS.keys, names.type
  end

  def keys
    []
  end

  def shadow
    client = {}
    client.keys
    local = []
    local.sort
    local = names.dump
    local.keys
  end
end
=begin
CLIENT.flushall
=end
