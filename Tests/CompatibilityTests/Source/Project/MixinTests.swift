import Testing

@testable import Compatibility

/// Members that come to a class from elsewhere: mixins, hooks, functions that are given to an object.
@Suite struct MixinTests {
    @Test func `a module's methods have the members of the class that includes it`() throws {
        let project = try SampleProject([
            "names.rb": """
            module Names
              def names
                redis.keys("*")
              end
            end
            module ClassNames
              def all
                connection.scan(0)
              end
            end
            """,
            "store.rb": """
            require "redis"
            class Store
              include Names
              def redis
                @redis ||= Redis.new
              end
            end
            class Model
              extend ClassNames
              def self.connection
                Redis.new
              end
            end
            """,
        ])
        #expect(try project.commands() == ["names.rb:3 KEYS high", "names.rb:8 SCAN high"])
    }

    @Test func `a module that is included nowhere, or by others, is silent`() throws {
        let project = try SampleProject([
            "names.rb": "module Names\n  def names\n    store.keys\n  end\nend\n",
            "store.rb": """
            require "redis"
            class Store
              include Names
              def store
                {}
              end
            end
            class Other
              def store
                Redis.new
              end
            end
            """,
        ])
        #expect(try project.commands() == [])
    }

    @Test func `methods by hooks of a module are those of the class`() throws {
        let project = try SampleProject([
            "scripted.rb": """
            require "redis"
            module Scripted
              def self.included(base)
                base.extend(ClassMethods)
              end
              module ClassMethods
                def client
                  Redis.new
                end
              end
            end
            module Concern
              extend ActiveSupport::Concern
              class_methods do
                def connection
                  Redis.new
                end
              end
              included do
                def store
                  Redis.new
                end
              end
            end
            """,
            "use.rb": """
            class Use
              include Scripted
              include Concern
              def self.go
                client.dbsize
                connection.randomkey
              end
              def stop
                store.flushdb
                self.class.client.flushall
              end
            end
            """,
        ])
        #expect(
            try project.commands() == [
                "use.rb:5 DBSIZE high", "use.rb:6 RANDOMKEY high", "use.rb:9 FLUSHDB high", "use.rb:10 FLUSHALL high",
            ])
    }

    @Test func `a block that is passed on is called with what the last lends`() throws {
        let project = try SampleProject([
            "lender.rb": """
            module Lender
              def with(&block)
                pool.with(&block)
              end
              def pool
                @pool ||= ConnectionPool.new { Redis.new }
              end
              def redis(own = nil, &block)
                if own
                  yield own
                else
                  Sidekiq.redis(&block)
                end
              end
            end
            """,
            "job.rb": """
            class Job
              include Lender
              def go
                with { |conn| conn.keys("*") }
                self.class.redis { |c| c.call("SCAN", 0) }
              end
            end
            """,
        ])
        #expect(try project.commands() == ["job.rb:4 KEYS high", "job.rb:5 SCAN high"])
    }

    @Test func `a method of the class makes an object without naming the class`() throws {
        let project = try SampleProject([
            "locks.rb": """
            class Locks
              def self.call
                Sidekiq.redis { |conn| new(conn).upgrade }
              end
              attr_reader :conn
              def initialize(conn)
                @conn = conn
              end
              def upgrade
                conn.scan(0)
              end
            end
            """
        ])
        #expect(try project.commands() == ["locks.rb:10 SCAN high"])
    }

    @Test func `a function that becomes a member is run on the object`() throws {
        let project = try SampleProject([
            "store.js": """
            const redis = require('redis');
            function Store(name) { this.name = name; }
            function open() { this.client = redis.createClient(); }
            function other() { this.cache = new Map(); }
            Store.prototype.open = open;
            Store.prototype.other = other;
            Store.prototype.wipe = function () { this.client.flushall(); this.cache.keys('*'); };
            module.exports = Store;
            """
        ])
        #expect(try project.commands() == ["store.js:7 FLUSHALL high"])
    }

    @Test func `getters that Lombok makes are called without an object, too`() throws {
        let project = try SampleProject([
            "p/Base.java": """
            package p;
            import org.springframework.data.redis.core.StringRedisTemplate;
            @lombok.Getter class Base { private StringRedisTemplate redisTemplate; }
            """,
            "p/Use.java": """
            package p;
            class Use extends Base {
                void go() { getRedisTemplate().opsForStream().add(null); }
            }
            """,
        ])
        #expect(try project.commands() == ["p/Use.java:3 XADD high"])
    }

    @Test func `constants of the project's enumerations name commands`() throws {
        let project = try SampleProject([
            "p/Names.java": """
            package p;
            import redis.clients.jedis.Jedis;
            enum Names implements redis.clients.jedis.commands.ProtocolCommand {
                LATENCY, LIST("KEYS"), @Deprecated FT_SEARCH("FT.SEARCH", 2) { int size() { return 1; } }, MINE("mine");
                private final byte[] raw;
                Names() { raw = name().getBytes(); }
                Names(String name) { raw = name.getBytes(); }
                public byte[] getRaw() { return raw; }
            }
            """,
            "p/Use.java": """
            package p;
            class Use {
                void go(redis.clients.jedis.Jedis jedis) {
                    jedis.sendCommand(Names.LATENCY, "LATEST");
                    jedis.getClient().sendCommand(Names.LIST, "*");
                    jedis.sendCommand(Names.FT_SEARCH, "i", "q");
                    jedis.sendCommand(Names.MINE);
                }
            }
            """,
        ])
        #expect(
            try project.commands() == [
                "p/Use.java:4 LATENCY high", "p/Use.java:5 KEYS high", "p/Use.java:6 FT.SEARCH high",
            ])
    }
}
