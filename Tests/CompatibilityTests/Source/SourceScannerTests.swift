import Compatibility
import Foundation
import Testing

@Suite struct SourceScannerTests {
    private func scan(_ text: String, _ language: SourceLanguage) -> SourceScan {
        var text = text
        let scanner = SourceScanner()
        return text.withUTF8 { scanner.scan(UnsafeRawBufferPointer($0), language: language) }
    }

    @Test("A program's commands are those of the file of expectations beside it", arguments: FixtureFile.all)
    func fixture(_ file: FixtureFile) throws {
        let found = try file.found()
        let expected = try file.expected
        for line in found where !expected.contains(line) { Issue.record("\(file.name) gives, and should not: \(line)") }
        for line in expected where !found.contains(line) { Issue.record("\(file.name) should give: \(line)") }
        #expect(found.count == expected.count)
    }

    @Test func `There are programs of every language, and silent ones beside those that fire`() throws {
        let files = FixtureFile.all
        #expect(files.count >= 16)
        for language in SourceLanguage.allCases {
            let ofLanguage = try files.filter { file in
                try file.bytes.withUnsafeBytes { SourceLanguage.of(path: file.name, head: $0) } == language
            }
            #expect(!ofLanguage.isEmpty, "\(language)")
        }
    }

    @Test func `A file that imports no client is silent whatever it calls`() {
        let python = "r = make()\nr.keys('*')\nredis.info()\nredis_client.sort('l')\n"
        #expect(scan("import os\n" + python, .python).commands.isEmpty)
        // `redis` is the module here, and no client.
        #expect(scan("import redis\n" + python, .python).commands.map(\.confidence) == [.low, .low])
    }

    @Test func `a receiver name that is given is trusted, with or without an import`() {
        let text = "# redis\ndef f(kv):\n    kv.keys('*')\n"
        #expect(scan(text, .python).commands.isEmpty)
        #expect(scan("import redis\n" + text, .python).commands.isEmpty)
        let scanner = SourceScanner(ReceiverNames(trusted: ["KV"]))
        let commands = Array(text.utf8).withUnsafeBytes { scanner.scan($0, language: .python).commands }
        #expect(commands.map(\.confidence) == [.high])
    }

    @Test func `what nothing but a client of Redis has is a guess, and with it other calls on the same name`() {
        let text = "import redis\ndef f(store, other):\n    store.keys('*')\n    store.xlen('s')\n    other.keys('*')\n"
        let commands = scan(text, .python).commands
        #expect(commands.map(\.name) == ["KEYS", "XLEN"])
        #expect(commands.map(\.confidence) == [.low, .low])
    }

    @Test func `what has a type that is no client's is none, unless its name is trusted`() {
        let text = "package a // redis\n\nfunc f(s acme.Store) { s.XLen(\"k\"); s.XDel(\"k\", \"i\") }\n"
        #expect(scan(text, .go).commands.isEmpty)
        let scanner = SourceScanner(ReceiverNames(trusted: ["s"]))
        let commands = Array(text.utf8).withUnsafeBytes { scanner.scan($0, language: .go).commands }
        #expect(commands.map(\.name) == ["XLEN", "XDEL"])
        #expect(commands.map(\.confidence) == [.high, .high])
    }

    @Test func `two commands on a name leave no doubt where a client is imported`() {
        let text = "def f(store):\n    store.keys('*')\n    store.xlen('s')\n    store.xdel('s', 'i')\n"
        #expect(scan("import redis\n" + text, .python).commands.map(\.confidence) == [.high, .high, .high])
        #expect(scan("# redis\n" + text, .python).commands.map(\.confidence) == [.low, .low, .low])
    }

    @Test func `a method named like memcached's, and one of the class around, is no guess`() {
        let text =
            "import redis\ndef f(other):\n    other.flush_all()\nclass A:\n    def g(self):\n        self.flushall()\n"
        #expect(scan(text, .python).commands.isEmpty)
    }

    @Test func `a command's name that a function passes on is told where it is chosen`() {
        let text = """
            import { RedisClient } from 'bun';
            class Store {
              constructor(private client: RedisClient) {}
              send(command: string, args: string[]) { return this.client.send(command, args); }
              names() { return this.send('KEYS', ['*']); }
              size() { return this.send('XLEN', ['s']); }
              one() { return this.send('GET', ['a']); }
            }
            """
        let commands = scan(text, .typescript).commands
        #expect(commands.map(\.name) == ["KEYS", "XLEN", "GET"])
        #expect(commands.map(\.place.line) == [5, 6, 7])
        #expect(commands.map(\.confidence) == [.high, .high, .high])
    }

    @Test func `a script that a program puts together of strings is read as one`() {
        let text = "const s = 'redis.call(\"keys\", \"' + prefix + ':*\")\\n' +\n  'redis.call(\"get\", \"a\")';\n"
        #expect(scan(text, .javascript).commands.map(\.name) == ["KEYS", "GET"])
    }

    @Test func `A scanner gives the same for a file again and after other files`() throws {
        let scanner = SourceScanner()
        let files = try FixtureFile.all.map { file in
            let bytes = try file.bytes
            return (bytes, bytes.withUnsafeBytes { SourceLanguage.of(path: file.name, head: $0) }, try file.found())
        }
        for _ in 0..<2 {
            for (bytes, language, found) in files {
                guard let language else { continue }
                #expect(bytes.withUnsafeBytes { scanner.scan($0, language: language).lines } == found)
            }
        }
    }

    @Test func `Columns count scalars, and offsets bytes`() throws {
        let text = "import redis\nr = redis.Redis()\nключ = 'é'; r.keys('*')\n"
        let command = try #require(scan(text, .python).commands.first)
        #expect(command.place.line == 3)
        #expect(command.place.column == 15)
        #expect(command.place.endColumn == 19)
        #expect(Array(Array(text.utf8)[command.place.bytes]) == Array("keys".utf8))
    }

    @Test func `A request holds the literal words, and nothing for the others`() throws {
        let command = try #require(
            scan("import redis\nr = redis.Redis()\nr.set('k', value, nx=True)\n", .python).commands.first)
        let (bytes, arguments) = command.request()
        #expect(arguments.map { String(decoding: bytes[$0], as: UTF8.self) } == ["SET", "k", "", "NX"])
    }

    @Test(
        "A database number is taken from a URL",
        arguments: [
            ("redis://localhost:6379/3", 3), ("rediss://u:p@h/12?ssl=1", 12), ("unix:///run/r.sock?db=4", 4),
            ("redis://h/0", nil), ("redis://h", nil), ("redis://h/queue", nil), ("http://h/3", nil),
            ("redis://h/3/x", nil),
        ] as [(String, Int?)])
    func url(_ url: String, _ number: Int?) {
        let commands = scan("import redis\nr = redis.Redis.from_url('\(url)')\n", .python).commands
        #expect(
            commands.map(\.words)
                == (number.map { [[.literal(Array("SELECT".utf8)), .literal(Array("\($0)".utf8))]] } ?? []))
    }

    @Test func `Deep nesting and endless strings end`() {
        let deep = "import redis\n" + String(repeating: "(", count: 100_000)
        let interpolated = "import Redis from 'ioredis';\n" + String(repeating: "`${", count: 50_000)
        #expect(scan(deep, .python).commands.isEmpty)
        #expect(scan(interpolated, .javascript).commands.isEmpty)
        for language in SourceLanguage.allCases {
            #expect(scan("redis " + String(repeating: "{[(<", count: 20_000), language).commands.isEmpty)
        }
    }

    @Test(arguments: ["\\", "new \\", "\\Predis\\", "new \\Predis\\", "use Predis\\"])
    func `A name of PHP that is cut off is none`(end: String) {
        #expect(scan("<?php\nuse Predis\\Client;\n$r = \(end)", .php).commands.isEmpty)
        #expect(scan("<?php\nuse Predis\\Client;\n$r = \(end);", .php).commands.isEmpty)
    }

    @Test(arguments: SourceLanguage.allCases)
    func `Brackets that are open in a call's types or keys end with the file`(_ language: SourceLanguage) {
        let calls = [
            "redis<[>(", "redis<(>(", "redis<{>(", "redis.a<[>(", "redis[(]", "redis({)", "redis::<[>(",
            "redis<[>[0](b",
        ]
        for call in calls {
            for text in [call, "f(\(call)", "if (a) { \(call)", "x = \(call);\n"] {
                let commands = scan(text, language).commands
                #expect(commands.allSatisfy { $0.place.bytes.upperBound <= text.utf8.count }, "\(text)")
            }
        }
    }

    @Test func `Random damage of source never traps and gives places inside the file`() throws {
        let seed =
            ProcessInfo.processInfo.environment["SOURCE_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0 ... .max)
        print("SOURCE_SEED=\(seed)")
        var random = SplitMix(state: seed)
        let scanner = SourceScanner()
        for file in FixtureFile.all {
            let original = try file.bytes
            for _ in 0..<60 {
                let damaged = random.damage(original)
                for language in SourceLanguage.allCases where random.next() % 4 == 0 {
                    let found = damaged.withUnsafeBytes { scanner.scan($0, language: language) }
                    for command in found.commands {
                        try #require(
                            command.place.bytes.upperBound <= damaged.count, "\(file.name) SOURCE_SEED=\(seed)")
                    }
                }
            }
        }
    }

    @Test(.enabled(if: PythonLibrary.folder != nil))
    func `An interpreter's own library, which sends nothing to Redis, gives no finding`() throws {
        let folder = try #require(PythonLibrary.folder)
        let scanner = SourceScanner()
        var files = 0
        for path in PythonLibrary.files(in: folder) {
            guard let data = FileManager.default.contents(atPath: path) else { continue }
            files += 1
            let found = Array(data).withUnsafeBytes { scanner.scan($0, language: .python) }
            #expect(found.lines.isEmpty, "\(path)")
            // The import alone must not make a module's own dictionaries and lists clients.
            let forced = (Array("import redis\n".utf8) + data).withUnsafeBytes { scanner.scan($0, language: .python) }
            #expect(forced.commands.filter { $0.confidence == .high }.isEmpty, "\(path) with an import")
        }
        #expect(files > 100)
    }
}

/// The folder of an interpreter's library.
enum PythonLibrary {
    static let folder: String? = ["3.14", "3.13", "3.12", "3.11", "3.10", "3.9"]
        .map { "/usr/lib/python\($0)" }
        .first { FileManager.default.fileExists(atPath: $0 + "/os.py") }

    static func files(in folder: String) -> [String] {
        guard let paths = FileManager.default.enumerator(atPath: folder) else { return [] }
        return paths.compactMap { ($0 as? String).map { folder + "/" + $0 } }.filter { $0.hasSuffix(".py") }.sorted()
    }
}

/// A small generator of random numbers with a seed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Flips bits, cuts, doubles and moves pieces, puts in the signs that matter.
    mutating func damage(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...8, using: &self) {
            guard bytes.count > 8 else { return bytes }
            let place = Int.random(in: 0..<bytes.count, using: &self)
            let length = Int.random(in: 0...min(80, bytes.count - place), using: &self)
            switch Int.random(in: 0..<5, using: &self) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &self)
            case 1: bytes.removeSubrange(place..<place + length)
            case 2: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
            case 3: bytes.insert(Array("(){}[]\"'`$#\\/<>|:,.=".utf8).randomElement(using: &self) ?? 0, at: place)
            default: bytes.removeSubrange(place...)
            }
        }
        return bytes
    }
}
