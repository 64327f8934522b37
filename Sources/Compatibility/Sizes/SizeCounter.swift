import CommandCatalog

/// Counts keys and their sizes in bounded memory: totals, histograms, the largest keys and the violations.
struct SizeCounter {
    private let options: SizeOptions
    private(set) var violations: [SizeViolation] = []
    /// How many violations were found; more than are kept where there are very many.
    private(set) var violationCount = 0
    private var totals: [String: SizeTotal] = [:]
    private var keySizes = [Int](repeating: 0, count: 65)
    private var valueSizes = [Int](repeating: 0, count: 65)
    private var largest: [SizedKey] = []
    private var unkept = UnkeptCounter()
    private var expiredKeys = 0
    /// A value must be larger to be listed.
    private var threshold = -1

    /// How many violations are kept.
    static let maximumViolations = 1_000_000

    init(options: SizeOptions) {
        self.options = options
    }

    /// Counts a key.
    ///
    /// - Parameters:
    ///   - hasExpired: whether its time to live is over: then no limit applies.
    ///   - unkeptData: what of it the target has no place for.
    ///   - isOrdered: whether the keys come in an order of their own.
    ///   - make: makes its description; called only where the key is listed.
    mutating func add(
        _ type: String, keyBytes: Int, valueBytes: Int, hasExpired: Bool = false, unkeptData: [UnkeptData] = [],
        isOrdered: Bool = true, _ make: () -> SizedKey
    ) {
        var total = totals[type] ?? SizeTotal(type: type)
        total.keys += 1
        total.keyBytes += keyBytes
        total.valueBytes += valueBytes
        totals[type] = total
        keySizes[Self.bucket(keyBytes, limit: options.contract.maxKeyBytes)] += 1
        valueSizes[Self.bucket(valueBytes, limit: options.contract.maxValueBytes)] += 1
        if hasExpired {
            expiredKeys += 1
        } else {
            judge(keyBytes, options.contract.maxKeyBytes, isAboutKey: true, make)
            judge(valueBytes, options.contract.maxValueBytes, isAboutKey: false, make)
            for data in unkeptData { unkept.add(data, isOrdered: isOrdered, make) }
        }
        guard valueBytes > threshold, options.top > 0 else { return }
        largest.append(make())
        if largest.count >= options.top * 2 + 16 { cutLargest() }
    }

    /// Counts something beside the keys that the target has no place for.
    mutating func add(_ data: UnkeptData, count: Int = 1, _ make: () -> SizedKey) {
        unkept.add(data, count: count, make)
    }

    private mutating func judge(_ bytes: Int, _ limit: Int, isAboutKey: Bool, _ make: () -> SizedKey) {
        guard bytes > limit || options.nearLimitPercent.map({ bytes * 100 >= limit * $0 }) ?? false else { return }
        violationCount += 1
        guard violations.count < Self.maximumViolations else { return }
        let rule: Rule = bytes <= limit ? .nearLimit : isAboutKey ? .keyTooLong : .valueTooLarge
        violations.append(SizeViolation(rule, make(), limit: limit, isAboutKey: isAboutKey))
    }

    private mutating func cutLargest() {
        largest.sort { $0.valueBytes > $1.valueBytes }
        largest.removeLast(largest.count - options.top)
        threshold = largest.last?.valueBytes ?? -1
    }

    /// Bucket n holds sizes up to 2ⁿ; the one that the limit falls in is split by it, and every later one moves up by one.
    private static func bucket(_ size: Int, limit: Int) -> Int {
        size == 0 ? 0 : Int.bitWidth - (size - 1).leadingZeroBitCount + (size > limit ? 1 : 0)
    }

    private static func buckets(_ counts: [Int], limit: Int) -> [SizeBucket] {
        let split = Int.bitWidth - (limit - 1).leadingZeroBitCount
        var buckets: [SizeBucket] = []
        for (index, count) in counts.enumerated() where index < 63 {
            let bound = index < split ? 1 << index : index == split ? limit : 1 << (index - 1)
            buckets.append(SizeBucket(upperBound: bound, keys: count))
        }
        let last = buckets.lastIndex { $0.keys > 0 } ?? -1
        return Array(buckets.prefix(last + 1))
    }

    /// Writes everything that was counted to a result.
    mutating func write(to result: inout SizeResult) {
        cutLargestAtEnd()
        result.violations = violations.sorted { ($0.valueBytes, $0.keyBytes) > ($1.valueBytes, $1.keyBytes) }
        result.unkept = unkept.found
        result.expiredKeys = expiredKeys
        result.totals = totals.values.sorted { $0.type < $1.type }
        result.largest = largest
        result.keyHistogram = Self.buckets(keySizes, limit: options.contract.maxKeyBytes)
        result.valueHistogram = Self.buckets(valueSizes, limit: options.contract.maxValueBytes)
    }

    private mutating func cutLargestAtEnd() {
        largest.sort { $0.valueBytes > $1.valueBytes }
        if largest.count > options.top { largest.removeLast(largest.count - options.top) }
    }
}
