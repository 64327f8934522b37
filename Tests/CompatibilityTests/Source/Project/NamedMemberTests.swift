import Testing

@testable import Compatibility

@Suite("Fields that are named like commands, and methods that come by their names") struct NamedMemberTests {
    /// The commands found, each with its line, guesses with a question mark.
    private func found(_ text: String) -> [String] {
        let file = TemporaryFile(text, name: "a.php")
        var options = LintOptions()
        options.minimumConfidence = .low
        let findings = withExtendedLifetime(file) { Linter(options).run([file.path]).findings }
        return findings.compactMap { finding in
            finding.command.map { "\(finding.first.line ?? 0) \($0)\(finding.confidence == .low ? "?" : "")" }
        }.sorted()
    }

    @Test func `a name that callers give is a client's method only where the object is nothing else`() {
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
        #expect(found(text) == ["10 DBSIZE", "5 CONFIG?"])
    }

    @Test(
        arguments: [
            "$f = $redis->info; $f('x');", "$f = $redis['info']; $f('x');", "$k = 'info'; $f = $redis[$k]; $f('x');",
        ])
    func `a field is no method`(_ line: String) {
        #expect(found("<?php\n$redis = new Redis();\n$redis->keys('*');\n\(line)\n") == ["3 KEYS"])
    }

    @Test func `a method that is named by a variable or listed with its object is called`() {
        let text = "<?php\n$redis = new Redis();\n$k = 'info'; $redis->$k();\ncall_user_func([$redis, 'dbsize']);\n"
        #expect(found(text) == ["3 INFO", "4 DBSIZE"])
    }
}
