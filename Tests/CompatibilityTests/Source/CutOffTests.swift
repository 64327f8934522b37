import Testing

@testable import Compatibility

@Suite("Code that is not read to its end, and names that are no commands") struct CutOffTests {
    private func result(_ name: String, _ text: String) -> LintResult {
        let file = TemporaryFile(text, name: name)
        return withExtendedLifetime(file) { Linter(LintOptions()).run([file.path]) }
    }

    @Test func `code that is too deep in brackets is said not to be read`() {
        let deep = String(repeating: "(() => {", count: 400) + "r.flushall();" + String(repeating: "})()", count: 400)
        let problems = result("a.js", "const r = new (require('ioredis'))();\n" + deep + "\n").summary.problems
        #expect(problems.contains { $0.message.contains("too deep in each other") })
        #expect(result("b.js", "const r = new (require('ioredis'))();\nr.flushall();\n").summary.problems.isEmpty)
    }

    @Test func `a function of the standard library of C++ is no method of a client around it`() {
        let text = """
            #include <sw/redis++/redis++.h>
            class Store : public sw::redis::Redis {
                void f(std::string s) { g(std::move(s)); std::rename("a", "b"); flushall(); }
            };
            """
        #expect(result("a.cpp", text).findings.compactMap(\.command).filter { $0 != "CLIENT SETINFO" } == ["FLUSHALL"])
    }

    @Test func `a method of any name that Ruby sends is a command only if one has that name`() {
        let text = "require 'redis'\nr = Redis.new\nr.send(:on_each_node, :close)\nr.send(:flushall)\n"
        let found = result("a.rb", text).findings.filter { ($0.first.line ?? 0) >= 3 }
        #expect(found.compactMap(\.command) == ["FLUSHALL"])
    }
}
