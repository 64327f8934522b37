import Testing

@testable import Compatibility

@Suite("What an input is taken for") struct RecognitionTests {
    private func kind(_ bytes: [UInt8], name: String = "input") -> InputKind? {
        Lint.bytes(bytes, name: name).summary.inputs.first?.kind
    }

    private func refusal(_ bytes: [UInt8], name: String = "input") -> String? {
        let result = Lint.bytes(bytes, name: name)
        #expect(result.summary.inputs.isEmpty && result.findings.isEmpty)
        #expect(result.summary.hasFailures)
        #expect(result.summary.problems.count == 1)
        return result.summary.problems.first?.message
    }

    @Test(arguments: [
        ("REDIS_URL = 'redis://h:6379/0'\nimport redis\nredis.Redis().keys('*')\n", "settings.py"),
        ("REDIS = 1\nimport redis\nredis.Redis().keys('*')\n", "settings.py"),
        ("REDIS2 = 1\nimport redis\nredis.Redis().keys('*')\n", "settings.py"),
        ("REDIS0011 = 1\nimport redis\nredis.Redis().keys('*')\n", "settings.py"),
        ("VALKEY_HOST = 'h'\nimport redis\nredis.Redis().keys('*')\n", "settings.py"),
        ("REDIS_CLI=redis-cli\n$REDIS_CLI keys '*'\n", "run.sh"),
    ])
    func `text that begins with the word REDIS is read as what its name says`(_ text: String, _ name: String) {
        #expect(Lint.rules(Lint.text(text, name: name)).contains("refused-command"), "\(text)")
    }

    @Test(arguments: ["REDIS_URL=redis://h:6379/3\n", "REDIS\n", "REDIS0\n", "VALKEY_URL=x\n", "REDIS0011: x\n"])
    func `text of no known kind is that, and no damaged RDB file`(_ text: String) {
        #expect(refusal(Array(text.utf8), name: "notes") == "is none of the known inputs; say with --as what it is")
        #expect(Lint.text(text, name: ".env").summary.problems.isEmpty)
    }

    @Test func `an RDB file is known by its digits, and one that is damaged there by its name`() {
        #expect(kind(Array("REDIS0009".utf8) + [0xFF, 0, 0, 0, 0, 0, 0, 0, 0]) == .rdb)
        #expect(kind(Array("VALKEY080".utf8) + [0xFF, 0, 0, 0, 0, 0, 0, 0, 0]) == .rdb)
        #expect(kind(Array("REDIS_009".utf8) + [0xFF, 0, 0], name: "dump.rdb") == .rdb)
        #expect(kind([0, 1, 2, 3], name: "dump.rdb") == .rdb)
        #expect(kind(Array("x3\r\n".utf8), name: "appendonly.aof") == .aof)
    }

    static let captureMagics: [[UInt8]] = [
        [0xA1, 0xB2, 0xC3, 0xD4], [0xD4, 0xC3, 0xB2, 0xA1], [0xA1, 0xB2, 0x3C, 0x4D], [0x4D, 0x3C, 0xB2, 0xA1],
        [0x0A, 0x0D, 0x0D, 0x0A],
    ]

    @Test(arguments: captureMagics)
    func `a packet capture is refused with one line and never searched for requests`(_ magic: [UInt8]) throws {
        let bytes = magic + [2, 0, 4, 0] + [UInt8](repeating: 0, count: 16) + Array(Lint.resp("KEYS", "*").utf8)
        #expect(try #require(refusal(bytes)).hasPrefix("is a packet capture (pcap"))
        #expect(try #require(refusal(bytes, name: "trace.resp")).hasPrefix("is a packet capture (pcap"))
        var options = LintOptions()
        options.forcedKind = .resp
        let forced = Lint.bytes(bytes, options: options)
        #expect(forced.findings.isEmpty && forced.summary.hasFailures)
    }

    @Test(
        arguments: [
            ([0x50, 0x4B, 3, 4, 0x14, 0], "archive (zip)"), ([0x28, 0xB5, 0x2F, 0xFD, 4], "compressed file (zstd)"),
            ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0], "compressed file (xz)"),
            (Array("BZh91AY&SY".utf8) + [0], "compressed file (bzip2)"),
            ([UInt8](repeating: 0x61, count: 257) + Array("ustar".utf8) + [0], "archive (tar)"),
            (Array("SQLite format 3".utf8) + [0], "database (SQLite)"),
            ([0x7F, 0x45, 0x4C, 0x46, 2, 1], "program (ELF)"),
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "picture (PNG)"),
        ] as [([UInt8], String)])
    func `a binary file is called what it is`(_ bytes: [UInt8], _ name: String) throws {
        #expect(try #require(refusal(bytes + Array(Lint.resp("KEYS", "*").utf8))).contains(name))
        // Below a folder it is counted.
        let file = TemporaryFile(bytes + Array(Lint.resp("KEYS", "*").utf8), name: "data")
        let result = Linter(LintOptions()).run([file.parent])
        #expect(result.findings.isEmpty && result.summary.problems.isEmpty)
        #expect(result.summary.leftOut.binaryFiles.values.reduce(0, +) == 1)
    }

    @Test func `an empty file that must have a beginning is told, and another one passed over`() {
        let file = TemporaryFile("", name: "dump.rdb")
        file.write([], name: "__init__.py")
        let result = Linter(LintOptions()).run([file.parent])
        #expect(result.summary.problems.map(\.message) == ["is empty"])
        #expect(result.summary.hasFailures)
        #expect(result.summary.passedOver == 1)
        #expect(refusal([], name: "dump.rdb") == "is empty")
        #expect(refusal([], name: "a.py") == "is empty")
    }

    @Test func `a file of no kind that mentions Redis is named`() {
        let file = TemporaryFile("client = redis.connect()\n", name: "a.unknown")
        file.write(Array("nothing\n".utf8), name: "b.unknown")
        let result = Linter(LintOptions()).run([file.parent])
        #expect(result.summary.passedOver == 2)
        #expect(result.summary.leftOut.unknownFiles == [file.path])
    }

    @Test func `a kind that is said counts for the files of a folder`() {
        let file = TemporaryFile("KEYS *\n", name: "commands.txt")
        var options = LintOptions()
        #expect(Linter(options).run([file.parent]).findings.isEmpty)
        options.forcedKind = .script
        #expect(Lint.rules(Linter(options).run([file.parent])) == ["refused-command"])
    }

    @Test func `a manifest of something else does not make a folder one of Redis`() {
        let file = TemporaryFile("CACHE MANIFEST\n/a.js\n", name: "app.manifest")
        file.write(Array("#!/bin/sh\nredis-cli keys x\n".utf8), name: "a.sh")
        let result = Linter(LintOptions()).run([file.parent])
        #expect(result.summary.problems.isEmpty)
        #expect(Lint.rules(result) == ["refused-command"])
    }

    @Test func `prose with a script's name is no script in a folder, and one line of it is one where it is named`() {
        let prose = (1...12).map { "The key number \($0) of redis holds a user\n" }.joined()
        let file = TemporaryFile(prose, name: "schema.redis")
        let found = Linter(LintOptions()).run([file.parent])
        #expect(found.findings.isEmpty)
        #expect(found.summary.leftOut.unknownFiles == [file.path])
        #expect(!Linter(LintOptions()).run([file.path]).findings.isEmpty)
    }

    @Test func `a page that shows a trace is none in a folder, and one where it is named`() {
        let page = "1395066363.144817 [0 127.0.0.1:60866] \"keys\" \"*\"\n"
        let file = TemporaryFile(page, name: "monitor.html.twig")
        #expect(Linter(LintOptions()).run([file.parent]).findings.isEmpty)
        #expect(!Linter(LintOptions()).run([file.path]).findings.isEmpty)
    }

    @Test func `a few sentences are no script in a folder`() {
        let file = TemporaryFile(
            "In order to run\n\nmaxmemory 300mb\nmaxmemory-policy lru\nOf course\n", name: "a.redis")
        #expect(Linter(LintOptions()).run([file.parent]).findings.isEmpty)
    }

    @Test func `a prompt in the midst of a script makes no session of it`() {
        let result = Lint.text("KEYS *\n127.0.0.1:6379> GET a\n", name: "a.redis")
        #expect(result.summary.inputs.first?.kind == .script)
        #expect(Lint.rules(result).contains("refused-command"))
    }
}
