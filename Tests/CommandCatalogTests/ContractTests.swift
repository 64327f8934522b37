import CommandCatalog
import Testing

@Suite struct ContractTests {
    /// The commands that the page of the product lists as refused.
    static let refused = [
        "KEYS", "MIGRATE", "MOVE", "OBJECT", "RANDOMKEY", "RENAME", "RENAMENX", "SCAN", "SORT", "EVALSHA",
        "SCRIPT EXISTS", "SCRIPT FLUSH", "SCRIPT KILL", "SCRIPT LOAD", "BGREWRITEAOF", "BGSAVE", "CLIENT GETNAME",
        "CLIENT KILL", "CLIENT LIST", "CLIENT SETNAME", "CONFIG GET", "CONFIG RESETSTAT", "CONFIG REWRITE",
        "CONFIG SET", "DBSIZE", "DEBUG OBJECT", "DEBUG SEGFAULT", "FLUSHALL", "FLUSHDB", "INFO", "LASTSAVE", "MONITOR",
        "PSYNC", "SAVE", "SHUTDOWN", "SLAVEOF", "SLOWLOG", "SYNC", "TIME", "PSUBSCRIBE", "PUBLISH", "PUBSUB",
        "PUNSUBSCRIBE", "SUBSCRIBE", "UNSUBSCRIBE", "PFADD", "PFCOUNT", "PFMERGE",
    ]

    /// The commands of 2.8 that the page does not name.
    static let unlisted = [
        "BITPOS", "BLPOP", "BRPOP", "BRPOPLPUSH", "COMMAND", "EVAL", "LATENCY", "PFDEBUG", "PFSELFTEST", "REPLCONF",
        "ROLE", "SUBSTR", "ZREVRANGEBYLEX",
    ]

    static func verdict(_ name: String) -> Verdict { Contract.clusterEdition.verdict(onCommand: name) }

    @Test(arguments: refused) func `the page refuses`(name: String) {
        #expect(Self.verdict(name) == .refused)
        #expect(Request(name).verdict == .refused)
    }

    @Test(arguments: unlisted) func `the page does not name`(name: String) {
        #expect(Self.verdict(name) == .unlisted)
        #expect(Request("\(name) a b").verdict == .unlisted)
    }

    @Test func `every command of 2.8 is supported, refused or unlisted, as the lists say`() throws {
        let refusedContainers: Set = ["CLIENT", "CONFIG", "SCRIPT"]
        for record in try Redis28TableTests.records() {
            switch Self.verdict(record.name) {
            case .supported: #expect(Catalog.row(named: record.name)?.id != nil)
            case .refused: #expect(Self.refused.contains(record.name) || refusedContainers.contains(record.name))
            case .unlisted: #expect(Self.unlisted.contains(record.name) || record.name == "DEBUG")
            case let verdict: Issue.record("\(record.name) is \(verdict)")
            }
        }
    }

    @Test func `everything that came after 2.8 is newer, with its release`() {
        for row in Catalog.all where row.since > Version(2, 8, 24) {
            #expect(Self.verdict(row.name) == .newer(since: row.since), "\(row.name)")
        }
    }

    @Test(arguments: [
        ("CLIENT SETINFO LIB-NAME x", Verdict.newer(since: Version(7, 2, 0))), ("client list", .refused),
        ("CLIENT", .refused), ("CLIENT NOSUCH", .refused), ("COMMAND", .unlisted), ("COMMAND COUNT", .unlisted),
        ("command docs", .newer(since: Version(7, 0, 0))), ("COMMAND NOSUCH", .unlisted), ("DEBUG OBJECT k", .refused),
        ("DEBUG SLEEP 1", .unlisted), ("DEBUG", .unlisted), ("SCRIPT LOAD x", .refused),
        ("SCRIPT DEBUG YES", .newer(since: Version(3, 2, 0))), ("MEMORY USAGE k", .newer(since: Version(4, 0, 0))),
        ("XADD s * f v", .newer(since: Version(5, 0, 0))), ("OBJECT ENCODING k", .refused),
        ("OBJECT FREQ k", .newer(since: Version(4, 0, 0))), ("SLOWLOG GET", .refused),
        ("CLUSTER SLOTS", .newer(since: Version(3, 0, 0))), ("SENTINEL MASTERS", .unlisted),
        ("HELLO 3", .newer(since: Version(6, 0, 0))), ("NOSUCH", .unknown), ("FT.NOSUCH i q", .unknown),
        ("HGETDEL h FIELDS 1 f", .newer(since: Version(8, 0, 0))),
    ])
    func `subcommands are told apart`(line: String, verdict: Verdict) {
        #expect(Request(line).verdict == verdict)
    }

    @Test func `a container's name alone is judged as a request with an unknown subcommand`() {
        #expect(Self.verdict("client nosuch") == .refused)
        #expect(Self.verdict("client setinfo") == .newer(since: Version(7, 2, 0)))
        #expect(Self.verdict("nosuch nosuch") == .unknown)
        #expect(Self.verdict("") == .unknown)
        #expect(Request([String]()).verdict == .unknown)
        #expect(Request([""]).verdict == .unknown)
    }

    @Test func `the limits are the page's`() {
        let contract = Contract.clusterEdition
        #expect(contract.maxKeyBytes == 127)
        #expect(contract.maxValueBytes == 1_000_000)
        #expect(contract.maxRequestBytes == 10_485_760)
        #expect(contract.idleTimeoutSeconds == 1_800)
        #expect(contract.databases == 1)
        #expect(contract.keyLocks == .queued)
    }

    @Test func `labels are stable`() {
        let version = Version(6, 0, 0)
        let verdicts: [Verdict] = [
            .supported, .refused, .unlisted, .newer(since: version), .unknown, .newerArgument("GET", since: version),
        ]
        #expect(
            verdicts.map(\.label) == ["supported", "refused", "unlisted", "newer", "unknown", "newer-argument"])
        #expect(verdicts.map(\.since) == [nil, nil, nil, version, nil, version])
    }

    @Test func `a contract with a later baseline accepts what had come by then`() {
        var contract = Contract.clusterEdition
        contract.baseline = Version(6, 0, 0)
        #expect(contract.verdict(onCommand: "XADD") == .unlisted)
        #expect(contract.verdict(onCommand: "GETDEL") == .newer(since: Version(6, 2, 0)))
        let request = Request("SET k v KEEPTTL")
        let verdict = contract.verdict(for: request.buffer.span, arguments: request.arguments.span)
        #expect(verdict == .supported)
    }
}
