/// A release of Redis, or of another product that has added commands to its protocol.
public struct Version: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The first of the three numbers.
    public let major: UInt8
    /// The second of the three numbers.
    public let minor: UInt8
    /// The third of the three numbers.
    public let patch: UInt8
    /// What the release is of.
    public let product: Product

    /// What commands come with.
    public enum Product: String, Sendable, CaseIterable {
        /// Redis itself.
        case redis = "Redis"
        /// The fork that began with Redis 7.2.4.
        case valkey = "Valkey"
        /// JSON documents.
        case redisJSON = "RedisJSON"
        /// Full text and secondary indexes.
        case rediSearch = "RediSearch"
        /// Bloom and cuckoo filters, sketches.
        case redisBloom = "RedisBloom"
        /// Time series.
        case redisTimeSeries = "RedisTimeSeries"
        /// Graphs; given up in 2023.
        case redisGraph = "RedisGraph"
        /// Functions in the server; given up.
        case redisGears = "RedisGears"
        /// Tensors and models.
        case redisAI = "RedisAI"
        /// Rate limits.
        case redisCell = "redis-cell"

        /// Whether it is loaded into a server with MODULE LOAD.
        public var isModule: Bool { self != .redis && self != .valkey }

        /// Whether Redis brings the module along since its release 8.0.
        var isPartOfRedis8: Bool {
            switch self {
            case .redisJSON, .rediSearch, .redisBloom, .redisTimeSeries: true
            case .redis, .valkey, .redisGraph, .redisGears, .redisAI, .redisCell: false
            }
        }
    }

    /// The release `major.minor.patch` of Redis.
    public init(_ major: UInt8, _ minor: UInt8, _ patch: UInt8) {
        self.init(.redis, (major, minor, patch))
    }

    /// A release of a product.
    init(_ product: Product, _ numbers: (major: UInt8, minor: UInt8, patch: UInt8)) {
        (major, minor, patch) = numbers
        self.product = product
    }

    /// The order in which the numbers are compared: major, minor, patch.
    ///
    /// What no Redis has is later than any Redis.
    public static func < (left: Version, right: Version) -> Bool {
        (left.product == .redis ? 0 : 1, left.major, left.minor, left.patch, left.product.rawValue)
            < (right.product == .redis ? 0 : 1, right.major, right.minor, right.patch, right.product.rawValue)
    }

    /// The three numbers with points between them, as in `6.2.0`; the product in front where it is not Redis, as in
    /// `Valkey 9.0.0`.
    public var description: String { product == .redis ? numbers : "\(product.rawValue) \(numbers)" }

    /// Where a command or an argument comes from, to follow its name: `came with Redis 6.2.0`, `came with Valkey 9.0.0`,
    /// `belongs to the module RedisJSON, which is part of Redis since 8.0.0`.
    public var origin: String {
        guard product.isModule else { return "came with \(product.rawValue) \(numbers)" }
        let part = product.isPartOfRedis8 ? ", which is part of Redis since 8.0.0" : ""
        return "belongs to the module \(product.rawValue)\(part)"
    }

    private var numbers: String { "\(major).\(minor).\(patch)" }
}
