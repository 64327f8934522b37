import CommandCatalog
import Testing

@Suite struct KeyLayoutTests {
    @Test(arguments: [
        ("GET k", [1]), ("PING", []), ("DEL a b c", [1, 2, 3]), ("MSET a 1 b 2 c 3", [1, 3, 5]),
        ("BITOP AND d a b", [2, 3, 4]), ("SMOVE a b m", [1, 2]), ("SDIFFSTORE d a b", [1, 2, 3]),
        ("WATCH a b", [1, 2]),
        ("ZUNIONSTORE d 2 a b", [1, 3, 4]), ("ZUNIONSTORE d 2 a b WEIGHTS 1 2", [1, 3, 4]),
        ("zinterstore d 1 a AGGREGATE MAX", [1, 3]),
    ])
    func `keys of supported commands`(line: String, expected: [Int]) {
        #expect(Request(line).keyIndexes == expected)
    }

    @Test(arguments: [
        ("GET", []), ("DEL", []), ("MSET a 1 b", [1, 3]), ("BITOP AND", []), ("SMOVE a", [1]), ("ZUNIONSTORE", []),
        ("ZUNIONSTORE d", [1]), ("ZUNIONSTORE d 1", [1]),
    ])
    func `keys of requests that are too short stay within the arguments`(line: String, expected: [Int]) {
        #expect(Request(line).keyIndexes == expected)
    }

    @Test(arguments: ["0", "-1", "x", "3", "", "99999999999999999999", "1x", " 1"])
    func `a number of keys that makes no sense leaves the destination alone`(number: String) {
        #expect(Request(["ZUNIONSTORE", "d", number, "a", "b"]).keyIndexes == [1])
    }

    @Test(arguments: [
        ("SORT k", [1]), ("SORT k LIMIT 0 5 BY w_* GET o_* STORE dst", [1, 10]), ("SORT k BY STORE", [1]),
        ("SORT k GET STORE store dst", [1, 5]), ("SORT k STORE a STORE b", [1, 5]), ("SORT k STORE", [1]),
    ])
    func `SORT gives away the key that it stores into`(line: String, expected: [Int]) {
        // The destination comes first, as in every layout that has one.
        #expect(Request(line).keyIndexes.sorted() == expected)
    }

    @Test(arguments: [
        ("EVAL s 2 a b x", [3, 4]), ("EVALSHA s 0 x", []), ("EVAL s 5 a", []), ("MIGRATE h 1 k 0 9", [3]),
        ("MIGRATE h 1 \"\" 0 9 COPY KEYS a b", [8, 9]), ("BRPOP a b 0", [1, 2]), ("BLPOP a 0", [1]),
        ("OBJECT ENCODING k", [2]), ("DEBUG OBJECT k", [2]), ("XREAD COUNT 2 STREAMS a b 0 0", [4, 5]),
        ("XREADGROUP GROUP g c STREAMS s >", [5]), ("MEMORY USAGE k", [2]), ("COPY a b", [1, 2]),
        ("ZDIFF 2 a b WITHSCORES", [2, 3]), ("ZDIFFSTORE d 2 a b", [1, 3, 4]), ("CONFIG GET a", []),
        ("GEORADIUS k 1 2 3 m STORE d", [1, 7]),
    ])
    func `keys of refused and newer commands, for the linter`(line: String, expected: [Int]) {
        #expect(Request(line).keyIndexes.sorted() == expected)
    }

    @Test func `the count says how many keys the sequence gives`() {
        for line in ["GET k", "PING", "MSET a 1 b 2 c", "MSET a 1 b 2", "ZUNIONSTORE d 2 a b", "ZUNIONSTORE d x a"] {
            let request = Request(line)
            guard let row = Catalog.row(in: request.buffer.span, arguments: request.arguments.span) else { continue }
            let keys = row.facts.keys.indexes(in: request.buffer.span, arguments: request.arguments.span)
            #expect(keys.count == Array(keys).count, "\(line)")
            #expect(keys.isEmpty == (keys.count == 0), "\(line)")
        }
    }

    @Test func `the form without a buffer asks for the one argument that it needs`() {
        var asked: [Int] = []
        let keys = Command.ID.zunionstore.facts.keys.indexes(argumentCount: 5) { index in
            asked.append(index)
            return 2
        }
        #expect(Array(keys) == [1, 3, 4])
        #expect(asked == [2])
        let plain = Command.ID.mset.facts.keys.indexes(argumentCount: 5) { _ in
            Issue.record("MSET's keys depend on no argument")
            return nil
        }
        #expect(Array(plain) == [1, 3])
    }
}
