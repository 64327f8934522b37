import ClusterCore
import TestSupport
import Testing

/// Every reply that was recorded from Redis 2.8.24 is given by our server too, however many shards hold the keys.
@Suite(.blocking)
struct OracleTests {
    private static let cases = Result { try RecordedCase.all() }
    /// Cases use the same keys: each of these servers replays a part of them.
    private static let serversAtOnce = 2
    private static let differencesShown = 40

    @Test(arguments: [1, 3, 16])
    func `all 3,273 cases of Redis 2_8_24 are answered the same`(shards: Int) async throws {
        let cases = try Self.cases.get()
        try #require(cases.count == 3_273)
        let differences = try await withThrowingTaskGroup(of: [String].self) { group in
            for part in 0..<Self.serversAtOnce {
                group.addTask {
                    try await withServer {
                        $0.shards = shards
                    } run: { server in
                        let replay = try CaseReplay(server.endpoint)
                        return stride(from: part, to: cases.count, by: Self.serversAtOnce).compactMap {
                            replay.difference(in: cases[$0])
                        }
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(differences.isEmpty, "\(differences.count) cases differ:\n\(Self.shown(differences))")
    }

    private static func shown(_ differences: [String]) -> String {
        differences.sorted().prefix(differencesShown).joined(separator: "\n")
    }
}
