/// What ZUNIONSTORE and ZINTERSTORE are asked for: sources, weights, and how scores of one member are put together.
struct ScoreAlgebra {
    /// From the smallest to the largest, those of one size as they were named: scores are summed in this order, which
    /// the last digit may depend on.
    ///
    /// A source that follows itself is there once, with its repeats.
    private let sources: [ScoreSource]
    private let aggregate: Aggregate

    private enum Aggregate {
        case sum, minimum, maximum
    }

    /// Reads the count of keys, looks the keys up, and reads WEIGHTS and AGGREGATE: in this order, as Redis does.
    init(_ call: Call) throws(ReplyError) {
        let count = try call.integer(at: 2)
        guard count >= 1 else { throw .noInputKeys }
        guard count <= call.arguments.count - 3 else { throw .syntax }
        var sources: [ScoreSource] = []
        sources.reserveCapacity(Int(count))
        for index in 3..<3 + Int(count) {
            if index > 3, call.repeats(index) {
                sources.append(sources[sources.count - 1])
            } else {
                sources.append(ScoreSource(members: try Self.members(call.key(at: index))))
            }
        }
        aggregate = try Self.options(call, from: 3 + Int(count), &sources)
        self.sources = try Self.inOrder(Self.withoutRepeats(sources))
    }

    /// So many members of sources that are named again are gone through; more would take a shard's time for as long as
    /// the client likes.
    static let mostRepeatedMembers = 200_000

    /// The sources, each one that stands behind itself with the same weight only once.
    private static func withoutRepeats(_ sources: [ScoreSource]) -> [ScoreSource] {
        var runs: [ScoreSource] = []
        for source in sources {
            if let last = runs.last, last.isSame(as: source) {
                runs[runs.count - 1].repeats += 1
            } else {
                runs.append(source)
            }
        }
        return runs
    }

    private static func inOrder(_ sources: [ScoreSource]) throws(ReplyError) -> [ScoreSource] {
        var seen: Set<UnsafeMutableRawPointer> = []
        var repeated = 0
        for source in sources {
            guard let address = source.address, !seen.insert(address).inserted else { continue }
            repeated += source.count
            guard repeated <= mostRepeatedMembers else { throw .tooManyRepeatedMembers(limit: mostRepeatedMembers) }
        }
        return sources.enumerated()
            .sorted { ($0.element.count, $0.offset) < ($1.element.count, $1.offset) }
            .map(\.element)
    }

    private static func members(_ key: Key) throws(ReplyError) -> ScoreSource.Members {
        guard let record = key.slot()?.pointee else { return .none }
        switch record.form.type {
        case .set: return .set(SetMembers(record))
        case .sortedSet: return .sortedSet(SortedSetMembers(record))
        default: throw .wrongType
        }
    }

    private static func options(
        _ call: Call, from first: Int, _ sources: inout [ScoreSource]
    ) throws(ReplyError) -> Aggregate {
        var aggregate = Aggregate.sum
        var index = first
        while index < call.arguments.count {
            let behind = call.arguments.count - index - 1
            let option = call.arguments[index]
            if behind >= sources.count && option.equalsIgnoringCase("weights") {
                for source in sources.indices {
                    guard let weight = call.arguments[index + 1 + source].parsedDouble() else { throw .weightNotFloat }
                    sources[source].weight = weight
                }
                index += 1 + sources.count
            } else if behind >= 1 && option.equalsIgnoringCase("aggregate") {
                aggregate = try self.aggregate(call.arguments[index + 1])
                index += 2
            } else {
                throw .syntax
            }
        }
        return aggregate
    }

    private static func aggregate(_ name: ByteView) throws(ReplyError) -> Aggregate {
        if name.equalsIgnoringCase("sum") { return .sum }
        if name.equalsIgnoringCase("min") { return .minimum }
        if name.equalsIgnoringCase("max") { return .maximum }
        throw .syntax
    }
}

// MARK: - Working it out

extension ScoreAlgebra {
    /// What was worked out.
    struct Result: ~Copyable {
        let members: ScoreAccumulator
        var isWhole = true
    }

    /// The members of any source; O(members of all).
    ///
    /// It is given up where it has come over a payload and there are more sources: `isWhole` is false then.
    func union(atMost: Int) -> Result {
        var result = ScoreAccumulator()
        for source in sources {
            if result.payload > atMost { return Result(members: result, isWhole: false) }
            source.forEach { member, score in
                let weighted = Self.orZero(score * source.weight)
                result.update(member) { old in
                    guard let old else { return combined(weighted, weighted, times: source.repeats - 1) }
                    return combined(old, weighted, times: source.repeats)
                }
            }
        }
        return Result(members: result)
    }

    /// The members that all sources have; O(smallest × sources).
    func intersection() -> Result {
        var result = ScoreAccumulator()
        let smallest = sources[0]
        smallest.forEach { member, score in
            var total = Self.orZero(score * smallest.weight)
            total = combined(total, score * smallest.weight, times: smallest.repeats - 1)
            for other in sources.dropFirst() {
                guard let score = other.score(of: member) else { return }
                total = combined(total, score * other.weight, times: other.repeats)
            }
            result.update(member) { _ in total }
        }
        return Result(members: result)
    }

    /// A total with a score put to it so many times, one after another.
    @inline(__always)
    private func combined(_ total: Double, _ score: Double, times: Int) -> Double {
        if times == 0 { return total }
        switch aggregate {
        case .sum: return times == 1 ? Self.orZero(total + score) : RepeatedSum.adding(score, to: total, times: times)
        case .minimum: return score < total ? score : total
        case .maximum: return score > total ? score : total
        }
    }

    /// 0 for NaN: what 2.8 makes of infinity times 0, and of infinity minus infinity.
    private static func orZero(_ score: Double) -> Double { score.isNaN ? 0 : score }
}

// MARK: - Sources

/// A sorted set, or a set whose members all have the score 1, or nothing; with its weight.
private struct ScoreSource {
    let members: Members
    var weight = 1.0
    /// How often it stands in this place, one behind the other.
    var repeats = 1

    /// The record that has the members; nil where there is none.
    var address: UnsafeMutableRawPointer? {
        switch members {
        case .none: nil
        case .set(let members): members.record.address
        case .sortedSet(let members): members.record.address
        }
    }

    func isSame(as other: ScoreSource) -> Bool {
        address == other.address && weight.bitPattern == other.weight.bitPattern
    }

    enum Members {
        case none
        case set(SetMembers)
        case sortedSet(SortedSetMembers)
    }

    var count: Int {
        switch members {
        case .none: 0
        case .set(let members): members.count
        case .sortedSet(let members): members.count
        }
    }

    func score(of member: ByteView) -> Double? {
        switch members {
        case .none: nil
        case .set(let members): members.contains(member) ? 1 : nil
        case .sortedSet(let members): members.score(of: member)
        }
    }

    func forEach(_ body: (ByteView, Double) -> Void) {
        switch members {
        case .none: break
        case .set(let members): members.forEach { body($0, 1) }
        case .sortedSet(let members): members.forEach(body)
        }
    }
}
