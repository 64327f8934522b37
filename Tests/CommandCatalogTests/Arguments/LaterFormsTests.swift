import Testing

@testable import CommandCatalog

@Suite struct LaterFormsTests {
    @Test(arguments: [
        ("SET k v KEEPTTL", "KEEPTTL", Version(6, 0, 0)), ("set k v ex 9 get", "GET", Version(6, 2, 0)),
        ("SET k v EXAT 99", "EXAT", Version(6, 2, 0)), ("SET k v NX PXAT 99", "PXAT", Version(6, 2, 0)),
        ("HSET h f v f2 v2", "several fields", Version(4, 0, 0)), ("ZADD z NX 1 a", "NX", Version(3, 0, 2)),
        ("ZADD z CH 1 a", "CH", Version(3, 0, 2)), ("ZADD z INCR 1 a", "INCR", Version(3, 0, 2)),
        ("ZADD z gt 1 a", "GT", Version(6, 2, 0)), ("SPOP s 3", "count", Version(3, 2, 0)),
        ("EXISTS a b", "several keys", Version(3, 0, 3)), ("AUTH u p", "user name", Version(6, 0, 0)),
        ("LPUSHX l a b", "several elements", Version(4, 0, 0)),
        ("RPUSHX l a b c", "several elements", Version(4, 0, 0)),
        ("LPOP l 2", "count", Version(6, 2, 0)), ("RPOP l 2", "count", Version(6, 2, 0)),
        ("EXPIRE k 1 NX", "NX", Version(7, 0, 0)), ("PEXPIREAT k 1 lt", "LT", Version(7, 0, 0)),
        ("RESTORE k 0 x REPLACE", "REPLACE", Version(3, 0, 0)), ("RESTORE k 0 x ABSTTL", "ABSTTL", Version(5, 0, 0)),
        ("RESTORE k 0 x IDLETIME 3", "IDLETIME", Version(5, 0, 0)), ("BITCOUNT k 0 -1 BIT", "BIT", Version(7, 0, 0)),
        ("ZRANGE z 0 1 BYSCORE", "BYSCORE", Version(6, 2, 0)), ("ZRANGE z 0 1 WITHSCORES REV", "REV", Version(6, 2, 0)),
        ("ZRANGE z (1 5 LIMIT 0 1", "LIMIT", Version(6, 2, 0)), ("ZRANK z m WITHSCORE", "WITHSCORE", Version(7, 2, 0)),
        ("ZREVRANK z m WITHSCORE", "WITHSCORE", Version(7, 2, 0)),
        ("HSCAN h 0 MATCH * NOVALUES", "NOVALUES", Version(7, 4, 0)),
        ("SET k v IFEQ old", "IFEQ", Version(8, 4, 0)), ("BITOP diff d a b", "DIFF", Version(8, 2, 0)),
        ("BITOP ONE d a b", "ONE", Version(8, 2, 0)), ("ZUNIONSTORE d 1 a AGGREGATE count", "COUNT", Version(8, 8, 0)),
        ("ZINTERSTORE d 2 a b WEIGHTS 1 2 AGGREGATE COUNT", "COUNT", Version(8, 8, 0)),
    ])
    func `a later form is found`(line: String, name: String, since: Version) {
        #expect(Request(line).verdict == .newerArgument(name, since: since))
    }

    @Test(arguments: [
        "SET k KEEPTTL", "SET GET GET", "SADD s NX", "SET k v EX KEEPTTL", "SET k v PX GET", "SET k v NOSUCH GET",
        "SET k v EX", "HSET h f v", "HSET h f v f2", "ZADD z 1 NX", "ZADD z 1 a 2 GT", "ZADD NX 1 a", "SPOP NX",
        "SPOP s 3 4", "EXISTS a", "EXISTS", "AUTH p", "AUTH a b c", "LPUSHX l a", "LPUSH l a b", "LPOP l", "LPOP l 2 3",
        "EXPIRE k NX", "EXPIRE k 1", "EXPIRE k 1 9", "RESTORE k 0 REPLACE", "BITCOUNT k BYTE BIT", "BITCOUNT k 0 -1",
        "ZRANGE z BYSCORE REV", "ZRANGE z 0 1 WITHSCORES", "ZRANK z WITHSCORE", "HSCAN h 0 MATCH NOVALUES",
        "HSCAN h 0 COUNT NOVALUES", "ZRANGEBYSCORE z 0 1 LIMIT 0 1", "PING a", "SRANDMEMBER s 3", "QUIT GET",
        "SDIFF GET NX", "LINSERT l BEFORE NX XX", "BITOP AND DIFF a", "BITOP NOSUCH d a", "SELECT 0", "SELECT x",
        "ZUNIONSTORE d 2 AGGREGATE COUNT", "ZUNIONSTORE d 1 a AGGREGATE SUM", "ZUNIONSTORE d 9 a AGGREGATE COUNT",
        "ZINTERSTORE d 1 a WEIGHTS COUNT AGGREGATE MAX",
    ])
    func `what 2.8 has, and what no Redis has, is not taken for a later form`(line: String) {
        #expect(Request(line).verdict == .supported)
    }

    /// Words in option position and their numbers of arguments, out of the tree of a row's syntax.
    static func options(of id: Command.ID) -> [String: Int] {
        guard case .sequence(let parts) = id.row.grammar.root else { return [:] }
        var options: [String: Int] = [:]
        for case .optional(let part) in parts {
            switch part {
            case .token(let word): options[word] = 0
            case .choice(let words): for case .token(let word) in words { options[word] = 0 }
            case .sequence(let words): if case .token(let word)? = words.first { options[word] = words.count - 1 }
            case .argument, .optional, .repeated: break
            }
        }
        return options
    }

    @Test func `the options that are passed over are those of the command's syntax`() {
        for id in Command.ID.allCases {
            guard let forms = id.laterForms, case .options(let options) = forms.content else { continue }
            let known = options.filter { $0.form == nil }
            #expect(
                Dictionary(uniqueKeysWithValues: known.map { ($0.word, $0.arguments) }) == Self.options(of: id), "\(id)"
            )
        }
    }

    @Test func `later forms begin where the syntax of 2.8 has its options or its end`() {
        for id in Command.ID.allCases {
            guard let forms = id.laterForms else { continue }
            let (least, most) = id.row.grammar.argumentCounts
            switch forms.content {
            case .surplus: #expect(forms.start == most.map { $0 + 1 }, "\(id)")
            // ZADD's stand before its scores; BITCOUNT's after the range that 2.8 allows to leave out.
            case .options: #expect(id == .zadd || id == .bitcount || forms.start == least + 1, "\(id)")
            // The word is BITOP's operation; the keys before AGGREGATE are counted.
            case .word, .aggregate: #expect(forms.start <= least, "\(id)")
            }
        }
    }

    @Test func `a form that 2.8 accepts is not among the later ones`() {
        for id in Command.ID.allCases {
            for form in id.row.laterArguments {
                #expect(form.since > Contract.clusterEdition.baseline, "\(id) \(form.name)")
            }
        }
    }

    @Test func `each later form says how the same is done with 2.8, in one fragment of a sentence`() {
        for id in Command.ID.allCases {
            for form in id.row.laterArguments {
                #expect(!form.instead.isEmpty && !form.instead.hasSuffix("."), "\(id) \(form.name)")
                #expect(form.instead.allSatisfy { $0.isASCII && !$0.isNewline }, "\(id): \(form.instead)")
                #expect(id.row.instead(ofLaterArgument: form.name) == form.instead)
                for word in form.instead.split(whereSeparator: { !$0.isLetter }) where word.allSatisfy(\.isUppercase) {
                    guard let row = Catalog.row(named: String(word)) else { continue }
                    #expect(row.id != nil, "\(id) \(form.name): \(form.instead)")
                }
            }
        }
    }

    @Test(arguments: [("SELECT 3", 3), ("select 16", 16), ("SELECT -1", -1), ("SELECT 999999999999", 999_999_999_999)])
    func `another database is refused`(line: String, number: Int) {
        #expect(Request(line).verdict == .otherDatabase(number))
        #expect(Request(line).verdict.label == "other-database")
    }

    @Test func `every argument that the documentation dates after 2.8 is found`() throws {
        // Arguments without a word of their own are in <> in the list; their words or descriptions are:
        let descriptions = [
            "AUTH <username>": ["user name"], "BITCOUNT <unit>": ["BYTE", "BIT"], "LPOP <count>": ["count"],
            "RPOP <count>": ["count"], "SPOP <count>": ["count"], "ZADD <condition>": ["NX", "XX"],
            "ZADD <comparison>": ["GT", "LT"], "ZRANGE <sortby>": ["BYSCORE", "BYLEX"],
            "EXPIRE <condition>": ["NX", "XX", "GT", "LT"], "EXPIREAT <condition>": ["NX", "XX", "GT", "LT"],
            "PEXPIRE <condition>": ["NX", "XX", "GT", "LT"], "PEXPIREAT <condition>": ["NX", "XX", "GT", "LT"],
        ]
        for record in try RedisCommandsTests.records() {
            guard let id = Catalog.row(named: record[0])?.id else { continue }
            for dated in record[4].split(separator: " ") {
                let parts = dated.split(separator: "@").map(String.init)
                let numbers = parts[1].split(separator: ".").compactMap { UInt8($0) }
                let since = Version(numbers[0], numbers[1], numbers[2])
                guard since > Contract.clusterEdition.baseline else { continue }
                for word in descriptions["\(record[0]) \(parts[0])"] ?? [parts[0]] {
                    #expect(Self.since(word, of: id) == since, "\(record[0]) \(word)")
                }
            }
        }
    }

    static func since(_ name: String, of id: Command.ID) -> Version? {
        id.row.laterArguments.first { $0.name == name }?.since
    }

    @Test func `every command whose arguments changed after 2.8 has later forms`() throws {
        for record in try RedisCommandsTests.records() {
            guard let id = Catalog.row(named: record[0])?.id else { continue }
            let changedLater = record[5].split(separator: " ").contains { ("3.0.0"..."9").contains($0) }
            // HSCAN's NOVALUES is missing in the list.
            #expect((id.laterForms != nil) == (changedLater || id == .hscan), "\(record[0])")
        }
    }
}
