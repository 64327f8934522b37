public import ClusterCore

extension Instant: ExpressibleByIntegerLiteral {
    /// Microseconds of the Unix epoch.
    public init(integerLiteral microseconds: Int64) {
        self.init(microseconds: microseconds)
    }
}
