import TestSupport
import Testing

/// The same lines through redis-cli and through `clusterctl repl`: the same bytes on stdout.
@Suite("The dialect of redis-cli") struct RedisCliTests {
    private static let hasPeers = Machine.has("redis-cli") && Machine.has(RedisServer.program)

    /// Every type of reply, nested and empty, and the texts that are never put in quotes.
    private static let replies: [String] = [
        "PING", "SET k v", "GET k", "GET none", "INCR n", "STRLEN k", "LRANGE none 0 -1", "MGET k none n",
        #"SET binary "\x00\x01\x07\b\t\n\r\x1b\"'\\ \x7f\x80\xc3\xa9\xff""#, "GET binary", "APPEND empty ''",
        "GET empty", "RPUSH l a b c d e f g h i j k", "LRANGE l 0 -1", "LRANGE l 0 0", "GET l", "NOSUCH a 'b c'", "GET",
        "MULTI", "GET k", "LRANGE l 0 2", "GET l", "EXEC", "EXEC", "HMSET h f v g w", "HGETALL h", "ZADD z 1.5 m 2 n",
        "ZRANGE z 0 -1 WITHSCORES", "SCAN 0 COUNT 1 MATCH nothing", "TYPE z", "3 PING", "2 GET k", "0 PING", "-1 PING",
        "99999999999999999999 PING", "-99999999999999999999 PING", "\"\" PING", "+2 PING", "2x PING", "\" 2\" PING",
        "EVAL \"return {1,{2,{3,'x'},{}},{},false,'y'}\" 0", "EVAL \"return {}\" 0", "EVAL \"return {{}}\" 0",
        "EVAL \"return {{{'deep'}}}\" 0", "EVAL \"return redis.error_reply('MY error')\" 0",
        "EVAL \"return {redis.error_reply('inner'),1}\" 0", "EVAL \"return redis.status_reply('fine')\" 0",
        "EVAL \"return {redis.status_reply('fine'),2}\" 0", "EVAL \"return false\" 0",
        "EVAL \"local t={} for i=1,120 do t[i]={i,{i}} end return t\" 0", "CONFIG GET maxmemory*", "MEMORY DOCTOR",
        "CLUSTER INFO", "COMMAND COUNT", "OBJECT HELP", "", "   ", "\t", "get k", "  GET   k  ", "GET k ;", "GET|k",
    ]

    /// Quotes where they belong and where they do not.
    private static let quoting: [String] = [
        #"ECHO "a""#, #"ECHO 'a'"#, #"ECHO foo"bar""#, #"ECHO "foo"bar"#, #"ECHO 'a'b"#, #"ECHO "foo"#, #"ECHO 'foo"#,
        #"ECHO "\x41\x4g\xZZ\x4""#, #"ECHO "\n\r\t\b\a\q\\""#, #"ECHO '\n\'\\'"#, #"ECHO '\\'"#, #"ECHO a\ b"#,
        #"ECHO a\"b"#, #"ECHO """#, #"ECHO ''"#, #"ECHO "" "#, #"ECHO ''''"#, #"ECHO """""#, #"ECHO "a" "b""#,
        #"ECHO "'""#, #"ECHO '"'"#, #"ECHO \"#, #"ECHO "\"#, #"ECHO "\x"#, "ECHO a\u{B}b", "ECHO a\u{C}b",
        "ECHO é", "ECHO 日本語", #""ECHO" "x""#, #"E"CHO" x"#, #"ECHO a#b"#, "ECHO {a}", "ECHO $HOME", "ECHO *",
    ]

    /// Lines out of the characters that matter, by a seed.
    private static func randomLines(_ count: Int, _ generator: inout SeededGenerator) -> [[UInt8]] {
        let alphabet = Array("\"'\\ abnrtx0f4\t".utf8) + [0xC3, 0xA9, 0xFF, 0x0B]
        return (0..<count).map { _ in
            let length = Int.random(in: 1...14, using: &generator)
            return Array("ECHO ".utf8) + (0..<length).compactMap { _ in alphabet.randomElement(using: &generator) }
        }
    }

    @Test(
        .enabled(if: hasPeers, "redis-cli or redis-server is not installed"),
        arguments: [("raw", ""), ("tty", "--no-raw"), ("csv", "--csv")])
    func `replies and quoting are the same bytes`(mode: String, option: String) throws {
        let server = try RedisServer()
        guard case .path(let socket) = server.endpoint else {
            Issue.record("the server has no socket")
            return
        }
        var generator = SeededGenerator()
        let lines = (Self.replies + Self.quoting).map { Array($0.utf8) } + Self.randomLines(400, &generator)
        let flush = try Peer.run("/usr/bin/env", ["redis-cli", "-s", socket, "FLUSHALL"])
        try #require(flush.status == 0, "\(flush.errors)")
        let theirs = try Peer.run(
            "/usr/bin/env", ["redis-cli", "-s", socket] + (option.isEmpty ? [] : [option]), input: Self.script(lines))
        _ = try Peer.run("/usr/bin/env", ["redis-cli", "-s", socket, "FLUSHALL"])
        let ours = try Peer.run(
            Program.path,
            ["repl", socket, "--mode", mode, "--dialect", "7", "--check", "off", "--keep-going"],
            input: Self.script(lines))
        try #require(theirs.bytes.count > 5000, "\(theirs.output)\(theirs.errors)")
        let difference = zip(ours.bytes, theirs.bytes).prefix { $0 == $1 }.count
        #expect(
            ours.bytes == theirs.bytes,
            """
            they differ at byte \(difference), with CLUSTERCTL_TEST_SEED=\(generator.seed)
            ours:   \(String(decoding: ours.bytes.dropFirst(max(0, difference - 80)).prefix(160), as: UTF8.self))
            theirs: \(String(decoding: theirs.bytes.dropFirst(max(0, difference - 80)).prefix(160), as: UTF8.self))
            """)
    }

    private static func script(_ lines: [[UInt8]]) -> [UInt8] { Array(lines.joined(separator: [10])) + [10] }
}
