import Testing

@testable import Compatibility

@Suite("A language of which nothing was understood") struct NotUnderstoodTests {
    /// What is found in a folder of files.
    private func findings(_ files: [String: String], confidence: Confidence = .low) -> [Finding] {
        let folder = TemporaryFile("nothing\n", name: "note.txt")
        for (name, text) in files { folder.write(Array(text.utf8), name: name) }
        var options = LintOptions()
        options.minimumConfidence = confidence
        return Linter(options).run([folder.parent]).findings.filter { $0.rule == .notUnderstood }
    }

    @Test func `is said once, at the first of its files`() throws {
        let text = "from acme.redis_store import store\nstore.renamed()\n"
        let found = findings(["b.py": text, "a.py": "\n" + text])
        #expect(found.count == 1)
        let first = try #require(found.first)
        #expect(first.message == "2 python files use Redis: no command was understood")
        #expect(first.first.path.hasSuffix("/a.py"))
        #expect(first.first.line == 2)
        #expect(first.severity == .warning)
    }

    @Test func `is said of one that is not read at all`() {
        let found = findings(["a.zig": "const std = @import(\"std\");\nconst redis = @import(\"redis\");\n"])
        #expect(found.map(\.message) == ["one .zig file uses Redis: the language is not read"])
    }

    @Test func `is said of files whose every command is a variable`() {
        let text = "#include <hiredis/hiredis.h>\nvoid f(redisContext *c, const char *s) { redisCommand(c, s); }\n"
        #expect(findings(["a.c": text]).map(\.message) == ["one c file uses Redis: no command was understood"])
    }

    @Test func `is not said where one command was understood, nor of each language for another`() {
        let known = "import redis\nredis.Redis().get('a')\n"
        let silent = "from redis_store import store\nstore.renamed()\n"
        #expect(findings(["a.py": known, "b.py": silent]).isEmpty)
        #expect(findings(["a.py": known, "b.js": "import store from 'redis-store';\nstore.renamed();\n"]).count == 1)
    }

    @Test(arguments: [
        "# use of Redis is planned\n", "import os\n\"\"\"\nuse and redistribution are free\n\"\"\"\n",
        "name = 'redis'\n", "import rediscover\n", "",
    ])
    func `is not said of files that only speak of it`(_ text: String) {
        #expect(findings(["a.py": text]).isEmpty)
    }

    @Test func `can be ignored like any other rule`() {
        var options = LintOptions()
        options.disabledRules = [Rule.notUnderstood.id]
        let file = TemporaryFile("import redis_store\n", name: "a.py")
        #expect(Linter(options).run([file.parent]).findings.isEmpty)
    }
}
