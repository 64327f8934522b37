import Testing

@testable import Compatibility

@Suite("Names of methods and variables, JSX, and what only looks like a command") struct PassedNameTests {
    /// The commands found, each with its line, guesses with a question mark.
    private func found(_ name: String, _ text: String) -> [String] {
        let file = TemporaryFile(text, name: name)
        var options = LintOptions()
        options.minimumConfidence = .low
        let findings = withExtendedLifetime(file) { Linter(options).run([file.path]).findings }
        return findings.compactMap { finding in
            finding.command.map { "\(finding.first.line ?? 0) \($0)\(finding.confidence == .low ? "?" : "")" }
        }.filter { !$0.contains("HELLO") && !$0.contains("CLIENT SETINFO") && !$0.hasSuffix(" INFO") }.sorted()
    }

    @Test func `the code in JSX's braces is read`() {
        let text = """
            import Redis from 'ioredis';
            const redis = new Redis();
            export const A = () => <button onClick={() => redis.flushdb()}>redis.flushall()</button>;
            export function B({ names }) {
              return (
                <div className="b">
                  {names.map((n) => <li key={n} onClick={async () => { await redis.dbsize(); }}>a / b</li>)}
                  <br/> isn't {names && <A x={redis.randomkey()} {...redis.rename("a", "b")} />}
                </div>
              );
            }
            export const C = () => <><A onTap={function () { redis.bgsave() }} /></>;
            redis.lastsave();
            """
        let expected = ["12 BGSAVE", "13 LASTSAVE", "3 FLUSHDB", "7 DBSIZE", "8 RANDOMKEY", "8 RENAME"]
        #expect(found("a.jsx", text) == expected)
        #expect(found("a.tsx", text) == expected)
    }

    @Test func `a method that a function calls by the name it is given is told where it is given`() {
        let text = """
            <?php
            class Cache {
                public function __construct() { $this->redis = new Redis(); }
                protected function call($method) {
                    $arguments = func_get_args();
                    array_shift($arguments);
                    return call_user_func_array([$this->redis, $method], $arguments);
                }
                public function all($k) {
                    $this->call('get', $k); $this->call('set', $k, 1); $this->call('hget', $k, 1);
                    $this->call('del', $k); $this->call('ttl', $k); $this->call('incr', $k); $this->call('decr', $k);
                }
                public function flush() {
                    $this->call('flushdb');
                }
            }
            """
        #expect(found("a.php", text) == ["14 FLUSHDB"])
    }

    @Test func `what Yii's application gives by its name is a client`() {
        #expect(found("a.php", "<?php\n// Redis\nYii::$app->get('redis')->flushall();\n") == ["3 FLUSHALL"])
    }

    @Test func `what a block gives is not the client that it is lent`() {
        let text = """
            require 'sidekiq'
            names = Sidekiq.redis { |r| r.smembers("x") }.sort
            active = Sidekiq.redis { |c| c.hkeys("a") }
            puts active.sort + names.sort
            conn = Redis.new
            url = conn.config.server_url
            conn.sort("list")
            conn.client.disconnect
            """
        #expect(found("a.rb", text) == ["7 SORT"])
    }

    @Test func `a parameter or field that is named after Redis leaves no doubt beside an import`() {
        let text = """
            import redis
            from app import cache
            def clean(redis_client, cache_client, store):
                redis_client.flushdb()
                cache_client.rename("a", "b")
                store.rename("a", "b")
            class A:
                def go(self):
                    self.redis.rename("a", "b")
            """
        #expect(found("a.py", text) == ["4 FLUSHDB", "5 RENAME?", "9 RENAME"])
    }
}
