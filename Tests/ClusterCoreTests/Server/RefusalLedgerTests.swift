import CommandCatalog
import Testing

@testable import ClusterCore

@Suite struct RefusalLedgerTests {
    @Test func `invented names push nothing out that the catalog knows`() {
        let ledger = RefusalLedger()
        for number in 0..<5_000 { ledger.refused("NAME\(number)", .unknown, firstKey: nil, client: "c") }
        for number in 0..<5_000 {
            ledger.refused("SELECT \(number)", .otherDatabase(number), firstKey: nil, client: "c")
        }
        ledger.refused("KEYS", .refused, firstKey: nil, client: "c")
        ledger.refused("GETEX", .newer(since: Version(6, 2, 0)), firstKey: nil, client: "c")
        ledger.refused("SET KEEPTTL", .newerArgument("KEEPTTL", since: Version(6, 0, 0)), firstKey: nil, client: "c")
        let contents = ledger.contents
        #expect(contents.refusals.count == 2_003)
        #expect(contents.refusals.suffix(3).map(\.command) == ["KEYS", "GETEX", "SET KEEPTTL"])
        #expect(contents.refusals.contains { $0.command == "SELECT 1" })
        #expect(contents.otherRefusals == 8_000 && contents.total == 10_003)
    }
}
