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
        ] as [(String, [String: Int])])
    func `Commands leave the sizes that Redis has`(_ script: String, _ expected: [String: Int]) {
        #expect(Self.sizes(script) == expected, "\(script)")
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
