// Sorted sets that are made out of others.

extension ReplayedKeyspace {
    mutating func storeSortedSet(_ effect: Effect, _ request: Request) {
        switch effect {
        case .rangeStore: storeRange(request)
        case .searchStore: if request.count > 2 { storePlaces(from: 2, to: 1, request) }
        case .radiusStore:
            // The last one counts, as in Redis.
            for index in (2..<max(2, request.count - 1)).reversed()
            where request.isWord(index, "STORE") || request.isWord(index, "STOREDIST") {
                return storePlaces(from: 1, to: index + 1, request)
            }
        default: combine(effect, request)
        }
    }

    // MARK: ZRANGESTORE

    private mutating func storeRange(_ request: Request) {
        guard request.count > 4, let range = RangeArguments(request) else { return }
        let (source, destination) = (key(request, 2), key(request, 1))
        var stored = ScoredMembers()
        var isGuess = record(source)?.isApproximate ?? false
        switch record(source)?.value {
        case nil: break
        case .sortedSet(let members):
            isGuess = isGuess || members.hasUnnamed
            // The source keeps the order that is made for it.
            change(source, nil) { value in
                Self.withSortedSet(&value) { members in
                    for entry in members.entries({ range.ranks(in: $0) }) {
                        members.members[entry.hash].map { stored.put(entry.hash, $0) }
                    }
                }
            }
        default: return
        }
        replace(destination, .sortedSet(stored))
        if isGuess { records[destination]?.isApproximate = true }
    }

    // MARK: GEOSEARCHSTORE, GEORADIUS

    /// Which of the places lie in the area is not computed: all of them are more than there can be.
    private mutating func storePlaces(from source: Int, to destination: Int, _ request: Request) {
        let target = key(request, destination)
        switch record(key(request, source))?.value {
        case nil: records[target] = nil
        case .sortedSet(let members):
            replace(target, .sortedSet(members))
            records[target]?.isApproximate = true
        default: return
        }
    }

    // MARK: ZUNIONSTORE, ZINTERSTORE, ZDIFFSTORE

    private mutating func combine(_ effect: Effect, _ request: Request) {
        guard let keys = request.integer(2), keys > 0, keys <= request.count - 3 else { return }
        var weights = Array(repeating: 1.0, count: keys)
        var combine: (Double, Double) -> Double = { $0 + $1 }
        for index in 3 + keys..<max(3 + keys, request.count) {
            if request.isWord(index, "WEIGHTS") {
                for key in 0..<keys where index + 1 + key < request.count {
                    weights[key] = Self.score(request, index + 1 + key) ?? 1
                }
            } else if request.isWord(index, "AGGREGATE") {
                if request.isWord(index + 1, "MIN") { combine = min }
                if request.isWord(index + 1, "MAX") { combine = max }
            }
        }
        var isApproximate = false
        var sources: [[UInt64: ScoredMembers.Member]] = []
        for index in 0..<keys {
            var members: [UInt64: ScoredMembers.Member] = [:]
            let record = record(key(request, 3 + index))
            switch record?.value {
            case nil: break
            case .sortedSet(let source):
                members = source.members.mapValues { member in
                    var weighted = member
                    weighted.score *= weights[index]
                    return weighted
                }
            case .set(let source):
                source.forEach { member in
                    members[member.hash] = ScoredMembers.Member(
                        score: weights[index], length: Int(member.length), name: nil)
                }
            default: return
            }
            isApproximate = isApproximate || record?.isApproximate ?? false
            sources.append(members)
        }
        let destination = key(request, 1)
        replace(destination, .sortedSet(Self.combined(effect, sources, combine)))
        if isApproximate { records[destination]?.isApproximate = true }
    }

    private static func combined(
        _ effect: Effect, _ sources: [[UInt64: ScoredMembers.Member]], _ combine: (Double, Double) -> Double
    ) -> ScoredMembers {
        func joined(_ left: ScoredMembers.Member, _ right: ScoredMembers.Member) -> ScoredMembers.Member {
            ScoredMembers.Member(
                score: combine(left.score, right.score), length: left.length, name: left.name ?? right.name)
        }
        var members = sources[0]
        for source in sources.dropFirst() {
            switch effect {
            case .unionScored: members.merge(source, uniquingKeysWith: joined)
            case .differenceScored: for hash in source.keys { members[hash] = nil }
            default:
                var common: [UInt64: ScoredMembers.Member] = [:]
                for (hash, member) in members {
                    if let other = source[hash] { common[hash] = joined(member, other) }
                }
                members = common
            }
        }
        var result = ScoredMembers()
        for (hash, var member) in members {
            if member.score.isNaN { member.score = 0 }
            result.put(hash, member)
        }
        return result
    }
}
