@testable import ClusterCore

extension Deadline: ExpressibleByIntegerLiteral {
    /// Microseconds of the Unix epoch.
    init(integerLiteral microseconds: Int64) {
        self.init(bits: microseconds)
    }
}
