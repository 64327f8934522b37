import CommandCatalog
import Testing

@Suite struct LockScriptTests {
    private static func releases(_ words: String...) -> Bool {
        let request = Request(words)
        return LockScript.releases(in: request.buffer.span, arguments: request.arguments.span)
    }

    private static let release =
        "if redis.call(\"get\", KEYS[1]) == ARGV[1] then\n  return redis.call('DEL', KEYS[1])\nelse return 0 end"

    @Test func `A script that deletes a key if the value is the caller's releases a lock`() {
        #expect(Self.releases("EVAL", Self.release, "1", "lock", "token"))
        #expect(Self.releases("script", "load", Self.release))
        #expect(Self.releases("EVALSHA", "C3F8721CBB97F72BC19E972846BD7AAF91901658", "1", "lock", "token"))
    }

    @Test func `Other scripts release none`() {
        #expect(!Self.releases("EVAL", "return redis.call('get', KEYS[1])", "1", "k"))
        #expect(!Self.releases("EVAL", "redis.call('del', KEYS[1])", "1", "k"))
        #expect(!Self.releases("EVALSHA", String(repeating: "0", count: 40), "0"))
        #expect(!Self.releases("EVAL"))
        #expect(!Self.releases("SCRIPT", "EXISTS", Self.release))
    }
}
