import Testing

@testable import Compatibility

@Suite("Fields that are named like commands, and methods that come by their names") struct NamedMemberTests {
    private func commands(_ text: String) throws -> [String] { try SampleProject(["a.php": text]).commands() }

    @Test func `a name that callers give is a client's method only where the object is nothing else`() throws {
        let text = """
            <?php
            class Log { function write($text) {} }
            class Caller {
                function __construct() { $this->things = [new Redis(), new Log()]; $this->redis = new Redis(); }
                function callAny($name) { foreach ($this->things as $thing) { $thing->{$name}(1); } }
                function callRedis($name) { $this->redis->{$name}(1); }
            }
            $caller = new Caller();
            $caller->callAny('config');
            $caller->callRedis('dbsize');
            """
        #expect(try commands(text) == ["a.php:5 CONFIG low", "a.php:10 DBSIZE high"])
    }

    @Test(
        arguments: [
            "$f = $redis->info; $f('x');", "$f = $redis['info']; $f('x');", "$k = 'info'; $f = $redis[$k]; $f('x');",
        ])
    func `a field is no method`(_ line: String) throws {
        #expect(try commands("<?php\n$redis = new Redis();\n$redis->keys('*');\n\(line)\n") == ["a.php:3 KEYS high"])
    }

    @Test func `a method that is named by a variable or listed with its object is called`() throws {
        let text = "<?php\n$redis = new Redis();\n$k = 'info'; $redis->$k();\ncall_user_func([$redis, 'dbsize']);\n"
        #expect(try commands(text) == ["a.php:3 INFO high", "a.php:4 DBSIZE high"])
    }
}
