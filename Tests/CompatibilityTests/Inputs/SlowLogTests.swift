import Testing

@testable import Compatibility

@Suite("Slow logs, as redis-cli shows them and people paste them") struct SlowLogTests {
    private func commands(_ text: String) -> [String: Int] {
        let result = Lint.text(text)
        #expect(result.summary.inputs.map(\.kind) == [.slowlog], "\(text)")
        #expect(result.summary.problems.isEmpty, "\(result.summary.problems)")
        return result.summary.commands
    }

    @Test func `all entries of a line of CSV are read`() {
        let text = """
            4,1795881219,10,"slowlog","get","128","192.0.2.1:5000","",3,1795881219,6,"set","q\\"uote","a b","192.0.2.1:5000","",\
            2,1795881219,19,"keys","*","[::1]:5000","",1,1795881219,9,"mset","a","1","b","2","/run/r.sock:0","name"

            """
        #expect(commands(text) == ["slowlog|get": 1, "set": 1, "keys": 1, "mset": 1])
        #expect(commands(text.replacing("\n", with: "\r\n")) == ["slowlog|get": 1, "set": 1, "keys": 1, "mset": 1])
        // One entry a line, and a server before 4.0, which writes no client.
        #expect(
            commands("2,1795881219,19,\"keys\",\"*\"\n1,1795881219,9,\"set\",\"a\",\"h:6379\"\n") == [
                "keys": 1, "set": 1,
            ])
        #expect(Lint.rules(Lint.text("1,1795881219,9,\"set\",\"a\",\"h:6379\"\n")) == [])
    }

    @Test(arguments: [
        "1,1795881219,9,\"set\",\"a", "1,1795881219,9,\"set\"x,\"a\"\n", "1,1795881219,9,\"get\",\"a\",2\n",
        "1,1795881219,9,\"get\",\"a\",2,3,4,5\n",
    ])
    func `CSV that ends in the midst is told`(_ text: String) {
        #expect(Lint.text(text).summary.hasFailures, "\(text)")
    }

    @Test(arguments: [
        "redis 127.0.0.1:6379> slowlog get 2\n", "127.0.0.1:6379[3]> SLOWLOG GET\n", "$ redis-cli slowlog get 10\n",
        "root@cache:~# redis-cli -h x slowlog get\n",
        "Script started on 2026-11-28 [COMMAND=\"redis-cli slowlog get\"]\n",
        "\n\n", "valkey> commandlog get 10 slow\n",
    ])
    func `what stands before the log is passed over`(_ head: String) {
        let entries = """
            1) 1) (integer) 14
               2) (integer) 1309448221
               3) (integer) 15
               4) 1) "keys"
                  2) "*"
            2) 1) (integer) 13
               2) (integer) 1309448128
               3) (integer) 30
               4) 1) "slowlog"
                  2) "get"
                  3) "100"

            """
        #expect(commands(head + entries) == ["keys": 1, "slowlog|get": 1])
        let indented = entries.split(separator: "\n").map { "    \($0)\r\n" }.joined()
        #expect(commands(head + indented) == ["keys": 1, "slowlog|get": 1])
        #expect(commands(head + "[[1,1795394111,4,[\"keys\",\"*\"],\"127.0.0.1:1\",\"\"]]\n") == ["keys": 1])
    }

    @Test func `two logs one behind the other are both read`() {
        let entry =
            "1) 1) (integer) 14\n   2) (integer) 1309448221\n   3) (integer) 15\n   4) 1) \"keys\"\n      2) \"*\"\n"
        let prompt = "127.0.0.1:6379> slowlog get 1\n"
        #expect(commands(prompt + entry + "127.0.0.1:6379> slowlog len\n(integer) 1\n" + prompt + entry) == ["keys": 2])
    }

    @Test func `JSON over many lines gives each entry its line`() {
        let text =
            "[\n  [1, 1795394111, 4, [\n    \"keys\", \"*\"], \"127.0.0.1:1\", \"\"],\n  [0, 1795394111, 4, [\"dbsize\"]]\n]\n"
        let result = Lint.text(text)
        #expect(result.findings.map(\.command) == ["KEYS", "DBSIZE"])
        #expect(result.findings.map(\.first.line) == [2, 4])
    }

    @Test func `a value that looks like a client's address stays an argument where the log has no clients`() {
        let text = "2\n1795394111\n5\nset\na\nredis:6379\n1\n1795394110\n5\nget\na\n"
        #expect(Lint.rules(Lint.text(text)) == [])
        let clients = "2\n1795394111\n5\nkeys\n*\n127.0.0.1:5000\n\n1\n1795394110\n5\ndbsize\n127.0.0.1:5000\n\n"
        #expect(Lint.text(clients).findings.map(\.examples.first?.text) == ["keys *", "dbsize"])
        // An editor has taken the last blank line away, or added some.
        #expect(Lint.text(String(clients.dropLast(2))).findings.last?.examples.first?.text == "dbsize")
        #expect(Lint.text(clients + "\n\n").findings.last?.examples.first?.text == "dbsize")
    }
}

@Suite("INFO commandstats") struct CommandStatisticsTests {
    @Test func `what the server rejected was sent as well`() {
        let result = Lint.text(
            """
            # Commandstats\r
            cmdstat_object:calls=0,usec=0,usec_per_call=0.00,rejected_calls=33,failed_calls=0\r
            cmdstat_keys:calls=0,usec=0,usec_per_call=0.00,rejected_calls=0,failed_calls=4\r
            cmdstat_dbsize:calls=5,usec=0,usec_per_call=0.00,rejected_calls=2,failed_calls=3\r
            cmdstat_time:calls=0,usec=0,usec_per_call=0.00,rejected_calls=0,failed_calls=0\r
              cmdstat_get:calls=5\r\r

            """)
        #expect(result.summary.commands == ["object": 33, "keys": 4, "dbsize": 7, "get": 5])
        #expect(result.findings.map(\.count) == [33, 4, 7])
    }

    @Test func `numbers of calls that are no counts do not overflow`() {
        let line = "cmdstat_get:calls=\(1 << 59),rejected_calls=\(1 << 59)\n"
        let result = Lint.text(String(repeating: line, count: 50))
        #expect(result.summary.commands["get"] == 1 << 60)
    }
}
