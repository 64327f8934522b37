require 'redis'

class Store
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
  end
end
