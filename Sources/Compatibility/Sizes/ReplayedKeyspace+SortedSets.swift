import Glibc

extension ReplayedKeyspace {
    mutating func applyToSortedSet(_ effect: Effect, _ request: Request) {
        guard request.count > 1 else { return }
        switch effect {
        case .addScored: addScored(request)
        case .incrementScore: incrementScore(request)
        case .removeScored:
            let removed = (2..<max(2, request.count)).map { hash(request, $0) }
            change(key(request, 1), nil) { value in
                Self.withSortedSet(&value) { members in for member in removed { members.remove(member) } }
            }
        case .removeByRank, .popMinimum, .popMaximum: removeByRank(effect, request)
        case .removeByScore: removeByScore(request)
        case .removeByLex: removeByLex(request)
        default: storeSortedSet(effect, request)
        }
    }

    /// Changes a sorted set in place; see ``ReplayedKeyspace/change(_:_:_:)``.
    static func withSortedSet(_ value: inout ReplayedValue, _ body: (inout ScoredMembers) -> Void) -> Bool {
        guard case .sortedSet(var members) = value else { return false }
        value = .foreign
        body(&members)
        value = .sortedSet(members)
        return true
    }

    /// A score as Redis reads one; nil where it is no number.
    private static func score(_ request: Request, _ index: Int) -> Double? {
        // Most are integers: so many digits are exact.
        if request.length(index) <= 15, let number = request.integer(index) { return Double(number) }
        return score(request.copy(index, limit: 400))
    }

    private static func score(_ text: [UInt8]) -> Double? {
        let text = String(decoding: text, as: UTF8.self)
        switch text.lowercased() {
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        default: break
        }
        guard let number = Double(text), !number.isNaN else { return nil }
        return number
    }

    private mutating func addScored(_ request: Request) {
        var index = 2
        var isNew = false
        var isKnown = false
        var isGreater = false
        var isLess = false
        var increments = false
        options: while index < request.count {
            if request.isWord(index, "NX") {
                isNew = true
            } else if request.isWord(index, "XX") {
                isKnown = true
            } else if request.isWord(index, "GT") {
                isGreater = true
            } else if request.isWord(index, "LT") {
                isLess = true
            } else if request.isWord(index, "INCR") {
                increments = true
            } else if !request.isWord(index, "CH") {
                break options
            }
            index += 1
        }
        guard index + 1 < request.count, (request.count - index) % 2 == 0 else { return }
        var added: [(place: Int, hash: UInt64, score: Double)] = []
        added.reserveCapacity(request.count / 2)
        for place in stride(from: index, to: request.count, by: 2) {
            guard let score = Self.score(request, place) else { return }
            added.append((place + 1, hash(request, place + 1), score))
        }
        change(key(request, 1), isKnown ? nil : .sortedSet(ScoredMembers())) { value in
            Self.withSortedSet(&value) { members in
                for (place, hash, score) in added {
                    members.change(hash, name: { request.copy(place) }) { old in
                        guard let old else { return isKnown ? nil : score }
                        if isNew || !increments && (isGreater && score <= old || isLess && score >= old) { return nil }
                        let new = increments ? old + score : score
                        return new.isNaN ? nil : new
                    }
                }
            }
        }
    }

    private mutating func incrementScore(_ request: Request) {
        guard request.count > 3, let amount = Self.score(request, 2) else { return }
        let member = hash(request, 3)
        change(key(request, 1), .sortedSet(ScoredMembers())) { value in
            Self.withSortedSet(&value) { members in
                members.change(member, name: { request.copy(3) }) { old in
                    let sum = (old ?? 0) + amount
                    return sum.isNaN ? nil : sum
                }
            }
        }
    }

    private mutating func removeByRank(_ effect: Effect, _ request: Request) {
        var first = 0
        var last = 0
        switch effect {
        case .removeByRank:
            guard let start = request.integer(2), let end = request.integer(3) else { return }
            (first, last) = (start, end)
        default:
            let count = request.count > 2 ? request.integer(2) ?? 0 : 1
            guard count > 0 else { return }
            (first, last) = effect == .popMinimum ? (0, count - 1) : (-count, -1)
        }
        let key = key(request, 1)
        var isGuess = false
        change(key, nil) { value in
            Self.withSortedSet(&value) { members in
                isGuess = members.hasUnnamed
                members.remove(ranks: first, last)
            }
        }
        if isGuess { records[key]?.isApproximate = true }
    }

    private mutating func removeByScore(_ request: Request) {
        guard request.count > 3 else { return }
        func bound(_ index: Int) -> (score: Double, isExclusive: Bool)? {
            let text = request.copy(index, limit: 400)
            let isExclusive = text.first == UInt8(ascii: "(")
            return Self.score(isExclusive ? Array(text.dropFirst()) : text).map { ($0, isExclusive) }
        }
        guard let low = bound(2), let high = bound(3) else { return }
        change(key(request, 1), nil) { value in
            Self.withSortedSet(&value) { members in
                members.removeScores(
                    from: { low.isExclusive ? $0 > low.score : $0 >= low.score },
                    to: { high.isExclusive ? $0 >= high.score : $0 > high.score })
            }
        }
    }

    private mutating func removeByLex(_ request: Request) {
        guard request.count > 3 else { return }
        let low = request.copy(2)
        let high = request.copy(3)
        func isAbove(_ member: [UInt8]) -> Bool {
            switch low.first {
            case UInt8(ascii: "-"): true
            case UInt8(ascii: "["): !member.lexicographicallyPrecedes(low.dropFirst())
            case UInt8(ascii: "("): low.dropFirst().lexicographicallyPrecedes(member)
            default: false
            }
        }
        func isBelow(_ member: [UInt8]) -> Bool {
            switch high.first {
            case UInt8(ascii: "+"): true
            case UInt8(ascii: "["): !high.dropFirst().lexicographicallyPrecedes(member)
            case UInt8(ascii: "("): member.lexicographicallyPrecedes(high.dropFirst())
            default: false
            }
        }
        change(key(request, 1), nil) { value in
            Self.withSortedSet(&value) { members in
                members.removeNames(from: isAbove, to: { !isBelow($0) })
            }
        }
    }

    // MARK: ZUNIONSTORE, ZINTERSTORE

    private mutating func storeSortedSet(_ effect: Effect, _ request: Request) {
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
            if effect == .unionScored {
                members.merge(source, uniquingKeysWith: joined)
            } else {
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
