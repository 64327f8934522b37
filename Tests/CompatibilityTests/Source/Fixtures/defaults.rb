require 'redis'

class Store
  attr_reader :names, :conn
  def initialize(conn = Redis.new, names = {}, other: Redis.new)
    @conn = conn
    @names = names
    @other = other
    conn.time
  end

  def run
    @conn.keys('*')
    @other.info
    @names.keys
    conn.randomkey
    names.keys
    self.conn.dbsize
  end
end
