import Glibc

@testable import ClusterCore

/// Where random tests get their numbers: from the seed in `CLUSTERCTL_TEST_SEED`, or from one by chance.
enum Seed {
    static let value: UInt64 = {
        let value = getenv("CLUSTERCTL_TEST_SEED").flatMap { UInt64(String(cString: $0)) } ?? .random(in: 1...999_999)
        print("CLUSTERCTL_TEST_SEED=\(value)")
        return value
    }()

    /// What a failing test is run again with.
    static var note: String { "CLUSTERCTL_TEST_SEED=\(value)" }

    static func generator() -> SmallGenerator { SmallGenerator(seed: value) }
}
