import CommandCatalog
import Testing

@testable import Compatibility

/// The arithmetic of the commands, by the sizes that it leaves.
@Suite struct ReplayTests {
    /// The keys with their payload after some commands, a command a line.
    static func sizes(_ script: String, type: Bool = false) -> [String: Int] {
        var options = SizeOptions()
        options.contract.maxValueBytes = 0
        options.contract.maxKeyBytes = 1000
        let text =
            Lint.resp("SELECT", "0")
            + script.split(separator: "\n").map { line in
                let words = line.split(separator: " ").map { $0 == "''" ? "" : String($0) }
                return "*\(words.count)\r\n" + words.map { "$\($0.utf8.count)\r\n\($0)\r\n" }.joined()
            }.joined()
        let file = TemporaryFile(text, name: "x.aof")
        let result = SizeReport.read([file.path], options)
        #expect(!result.summary.hasFailures, "\(result.summary.problems)")
        return Dictionary(
            uniqueKeysWithValues: result.violations.map { (String(decoding: $0.key, as: UTF8.self), $0.valueBytes) })
    }

    @Test(
        arguments: [
            ("SET k abc\nAPPEND k de\nAPPEND n x", ["k": 5, "n": 1]),
            ("SET k abc\nSETRANGE k 10 xy\nSETRANGE n 5 ''", ["k": 12]),
            ("SETBIT b 17 1\nSETBIT b 3 0", ["b": 3]),
            ("SET a xxxxx\nSET b y\nBITOP OR d a b\nBITOP NOT e b", ["a": 5, "b": 1, "d": 5, "e": 1]),
            ("SET n 9\nINCR n\nINCRBY n 995\nDECRBY m 100", ["n": 4, "m": 4]),
            ("SET n 1\nAPPEND n 5\nINCRBY n 85", ["n": 3]),
            ("SETNX k abc\nSETNX k abcdef\nMSET a 1 b 22\nMSETNX a 333 c 4", ["k": 3, "a": 1, "b": 2]),
            ("SET k abc XX\nSET j abc NX\nSET j abcd NX\nGETSET j ab", ["j": 2]),
            ("SET k abc\nDEL k\nSET a 12\nRENAME a b\nCOPY b c\nUNLINK b", ["c": 2]),
            ("RPUSH l aa b\nLPUSH l ccc\nLPUSHX x a\nRPOP l\nLSET l 0 dddd", ["l": 6]),
            ("RPUSH l a bb a ccc a\nLREM l 2 a\nLINSERT l BEFORE ccc zz\nLTRIM l 1 -1", ["l": 6]),
            ("RPUSH l a bb a\nLREM l -1 a\nRPOPLPUSH l m\nRPOPLPUSH l l", ["l": 1, "m": 2]),
            ("RPUSH l a\nLPOP l\nSADD s a\nSREM s a\nHSET h a b\nHDEL h a", [:]),
            (
                "SADD s aa b aa\nSADD t b cc\nSUNIONSTORE u s t\nSINTERSTORE i s t\nSDIFFSTORE d s t",
                ["s": 3, "t": 3, "u": 5, "i": 1, "d": 2]
            ),
            ("SADD s aa b\nSMOVE s t aa\nSMOVE s t nothing", ["s": 1, "t": 2]),
            ("HSET h f abc\nHSET h f ab\nHMSET h g 1 hh 22\nHSETNX h g 999\nHINCRBY h g 99", ["h": 11]),
            ("ZADD z 1 a 2 bb 1 a\nZINCRBY z 5 ccc\nZREM z bb", ["z": 20]),
            ("ZADD z 1 a 2 b 3 c 4 d\nZREMRANGEBYRANK z 0 0\nZREMRANGEBYSCORE z (2 3", ["z": 18]),
            ("ZADD z 0 a 0 b 0 c 0 d\nZREMRANGEBYLEX z [b (d", ["z": 18]),
            (
                "ZADD z 1 a 2 b\nZADD y 1 b 2 cc\nZUNIONSTORE u 2 z y WEIGHTS 2 3\nZINTERSTORE i 2 z y AGGREGATE MIN",
                ["z": 18, "y": 19, "u": 28, "i": 9]
            ),
            ("SADD s a\nRPUSH s b\nAPPEND s c\nHSET s f v\nINCR s", ["s": 1]),
            ("SET a 1\nMULTI\nSET b 22\nAPPEND b 3\nEXEC", ["a": 1, "b": 3]),
            ("SET a 1\nFLUSHALL\nSET b 22", ["b": 2]),
            ("SADD s 10 2 33\nSORT s STORE l", ["s": 5, "l": 5]),
            ("RPUSH l abc\nGETSET l x\nGETDEL l\nSET l x GET\nSET n x GET\nGETDEL n", ["l": 3]),
            ("BITFIELD b GET u8 800 SET u8 #3 1 INCRBY i5 30 1\nBITFIELD c GET u8 9\nBITFIELD d SET x 0 1", ["b": 5]),
            ("RPUSH k a bb ccc\nLMPOP 2 n k LEFT COUNT 2\nRPUSH j a bb\nBLMPOP 0 2 n j RIGHT", ["k": 3, "j": 1]),
            ("ZADD z 1 a 2 bb 3 ccc\nZMPOP 2 n z MAX\nZADD y 1 a 2 bb\nBZMPOP 0 1 y MIN", ["z": 19, "y": 10]),
            ("ZADD z 1 a 2 bb 3 ccc\nBZPOPMIN n z 0\nBZPOPMAX z 0", ["z": 10]),
            ("ZADD z 1 a 2 bb 3 ccc\nSADD s bb\nZDIFFSTORE d 2 z s", ["z": 30, "s": 2, "d": 20]),
            ("ZADD z 1 a 2 bb 3 ccc\nZRANGESTORE d z 0 0 REV", ["z": 30, "d": 11]),
            ("ZADD z 1 a 2 bb 3 ccc\nZRANGESTORE d z 3 2 BYSCORE REV LIMIT 1 5", ["z": 30, "d": 10]),
            ("ZADD z 0 a 0 bb 0 ccc\nZRANGESTORE d z [b + BYLEX LIMIT 0 1", ["z": 30, "d": 10]),
            ("ZADD z 0 a\nZRANGESTORE z n 0 -1", [:]),
            ("GEOADD g 13.361389 38.115556 Palermo 15.087269 37.502669 Catania\nZPOPMAX g", ["g": 15]),
        ] as [(String, [String: Int])])
    func `Commands leave the sizes that Redis has`(_ script: String, _ expected: [String: Int]) {
        #expect(Self.sizes(script) == expected, "\(script)")
    }

    @Test func `A place has the score that Redis gives it`() {
        #expect(Geohash.score(longitude: 13.361389, latitude: 38.115556) == 3_479_099_956_230_698)
        #expect(Geohash.score(longitude: 15.087269, latitude: 37.502669) == 3_479_447_370_796_909)
        #expect(Geohash.score(longitude: 15, latitude: 86) == nil)
    }

    @Test(
        arguments: [
            "GEOADD k 13 38 a\nGEORADIUS k 15 37 1 km STORE k", "PFADD k a", "PFMERGE k a",
            "HSET k f v\nHEXPIRE k 1 FIELDS 1 f",
            "SET k v\nMIGRATE h 6379 k 0 100", "GEOADD a 13 38 a\nGEOSEARCHSTORE k a FROMLONLAT 15 37 BYRADIUS 1 km",
        ])
    func `What cannot be followed exactly marks its key`(_ script: String) {
        let text = script.split(separator: "\n").map { line in
            let words = line.split(separator: " ")
            return "*\(words.count)\r\n" + words.map { "$\($0.utf8.count)\r\n\($0)\r\n" }.joined()
        }
        let file = TemporaryFile(Lint.resp("SELECT", "0") + text.joined(), name: "x.aof")
        let keys = SizeReport.read([file.path], SizeOptions()).largest
        #expect(keys.first { $0.key == Array("k".utf8) }?.isApproximate == true)
    }

    /// Commands that leave the sizes of their keys as they are; a new command of the catalog belongs here or has an
    /// effect.
    private static let sizeless: Set<String> = [
        "BITCOUNT", "BITFIELD_RO", "BITPOS", "DIGEST", "DUMP", "EXISTS", "EXPIRETIME", "GEODIST", "GEOHASH", "GEOPOS",
        "GEORADIUSBYMEMBER_RO", "GEORADIUS_RO", "GEOSEARCH", "GET", "GETBIT", "GETRANGE", "HEXISTS", "HEXPIRETIME",
        "HGET", "HGETALL", "HKEYS", "HLEN", "HMGET", "HPERSIST", "HPEXPIRETIME", "HPTTL", "HRANDFIELD", "HSCAN",
        "HSTRLEN", "HTTL", "HVALS", "KEYS", "LCS", "STRALGO", "SDIFFCARD", "SUNIONCARD", "LINDEX", "LLEN", "LPOS",
        "LRANGE", "MGET", "OBJECT", "PEXPIRETIME",
        "PFCOUNT", "PFDEBUG", "PFSELFTEST", "PTTL", "RANDOMKEY", "SCAN", "SCARD", "SDIFF", "SINTER", "SINTERCARD",
        "SISMEMBER", "SMEMBERS", "SMISMEMBER", "SORT_RO", "SRANDMEMBER", "SSCAN", "STRLEN", "SUBSTR", "SUNION", "TOUCH",
        "TTL", "TYPE", "WAIT", "WAITAOF", "ZCARD", "ZCOUNT", "ZDIFF", "ZINTER", "ZINTERCARD", "ZLEXCOUNT", "ZMSCORE",
        "ZRANDMEMBER", "ZRANGE", "ZRANGEBYLEX", "ZRANGEBYSCORE", "ZRANK", "ZREVRANGE", "ZREVRANGEBYLEX",
        "ZREVRANGEBYSCORE", "ZREVRANK", "ZSCAN", "ZSCORE", "ZUNION",
        // A stream has no size by the contract.
        "XACK", "XAUTOCLAIM", "XCLAIM", "XDEL", "XINFO", "XLEN", "XPENDING", "XRANGE", "XREAD", "XREADGROUP",
        "XREVRANGE", "XSETID", "XTRIM", "XACKDEL", "XCFGSET", "XDELEX", "XIDMPRECORD", "XNACK",
        // Its subcommand has the keys.
        "HIMPORT",
    ]

    @Test func `Every command on data is followed, or marks its keys, or leaves their sizes`() {
        let groups: [Command.Group] = [.key, .string, .hash, .list, .set, .sortedSet, .hyperLogLog, .geo, .stream]
        let unknown = Catalog.all.filter { command in
            groups.contains(command.group) && command.container == nil && Effect.named[command.name] == nil
                && Effect.ofLaterReleases[command.name] == nil
                && !Self.sizeless.contains(command.name)
        }
        #expect(unknown.map(\.name) == [])
    }

    @Test func `A time to live that overflows is computed as 2_8 does: a negative deadline is none`() {
        let start = 1_700_000_000
        let lines = [
            "SET kept v PX 9223372036854775807", "SET far v PX 4611686018427387904",
            "SET gone v EX 9223372036854775807", "SETEX kept2 9223372036854776 v", "SET expired v",
            "EXPIRE expired 9223372036854775807", "SET pexpired v", "PEXPIREAT pexpired -5", "SET stays v",
            "EXPIREAT stays 1000000000000000000",
        ]
        let text = (lines.map { (start, $0) } + [(start + 10, "PING")]).map { time, line in
            "\(time).000000 [0 127.0.0.1:5000] "
                + line.split(separator: " ").map { "\"\($0)\"" }.joined(separator: " ") + "\n"
        }.joined()
        let file = TemporaryFile(text, name: "x.log")
        let keys = SizeReport.read([file.path], SizeOptions()).largest
        #expect(Set(keys.map { String(decoding: $0.key, as: UTF8.self) }) == ["kept", "kept2", "far", "stays"])
    }

    @Test func `A transaction without its EXEC is dropped`() {
        #expect(Self.sizes("SET a 1\nMULTI\nSET a 22") == ["a": 1])
    }

    @Test func `A member table keeps its members through growth and removal`() {
        var random = SeededNumbers(7)
        var table = MemberTable()
        var model: [UInt64: Int] = [:]
        for _ in 0..<20_000 {
            // Few low bits, so that places collide.
            let hash = UInt64.random(in: 1..<500, using: &random) << 40
            if Bool.random(using: &random) {
                let length = Int.random(in: 0..<100, using: &random)
                table.put(MemberTable.Member(hash: hash, length: UInt32(length)))
                model[hash] = length
            } else {
                #expect((table.remove(hash) != nil) == (model.removeValue(forKey: hash) != nil))
            }
            #expect(table.count == model.count)
        }
        #expect(table.payload == model.values.reduce(0, +), "seed \(SeededNumbers.seed)")
        for (hash, length) in model { #expect(table.find(hash)?.length == UInt32(length)) }
    }

    @Test func `A list does what an array does`() {
        var random = SeededNumbers(8)
        var list = ElementList()
        var model: [ElementList.Element] = []
        for _ in 0..<5000 {
            let element = ElementList.Element(
                hash: UInt64.random(in: 0..<4, using: &random), length: UInt32.random(in: 0..<9, using: &random))
            switch Int.random(in: 0..<8, using: &random) {
            case 0, 1:
                list.pushLeft(element)
                model.insert(element, at: 0)
            case 2, 3:
                list.pushRight(element)
                model.append(element)
            case 4:
                let (left, right) = (list.popLeft()?.length, model.isEmpty ? nil : model.removeFirst().length)
                #expect(left == right)
            case 5: #expect(list.popRight()?.length == model.popLast()?.length)
            case 6 where list.count > 20:
                list.keep(2, 15)
                model = Array(model[2...15])
            default:
                list.remove(element.hash, count: -1)
                if let index = model.lastIndex(where: { $0.hash == element.hash }) { model.remove(at: index) }
            }
            #expect(list.count == model.count)
            #expect(list.payload == model.reduce(0) { $0 + Int($1.length) }, "seed \(SeededNumbers.seed)")
        }
    }
}

@Suite struct SizeCounterTests {
    @Test func `Exactly the limit is allowed and the histogram splits there`() {
        var options = SizeOptions()
        options.top = 2
        var counter = SizeCounter(options: options)
        for (key, value) in [(127, 1_000_000), (128, 1_000_001), (1, 0), (64, 65)] {
            counter.add("string", keyBytes: key, valueBytes: value) {
                SizedKey(
                    key: [UInt8](repeating: 97, count: key), type: "string", keyBytes: key, valueBytes: value,
                    database: 0, location: Location(path: "x"))
            }
        }
        var result = SizeResult()
        counter.write(to: &result)
        #expect(result.violations.map(\.rule.name).sorted() == ["key-too-long", "value-too-large"])
        #expect(result.largest.map(\.valueBytes) == [1_000_001, 1_000_000])
        #expect(result.keyHistogram.first { $0.upperBound == 127 }?.keys == 1)
        #expect(result.keyHistogram.first { $0.upperBound == 128 }?.keys == 1)
        #expect(result.valueHistogram.first { $0.upperBound == 1_000_000 }?.keys == 1)
        #expect(result.valueHistogram.reduce(0) { $0 + $1.keys } == 4)
        #expect(result.totals == [SizeTotal(type: "string", keys: 4, keyBytes: 320, valueBytes: 2_000_066)])
    }
}
