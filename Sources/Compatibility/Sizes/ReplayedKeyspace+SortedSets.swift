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
        case .removeByRank: removeByRank(request)
        case .popMinimum, .popMaximum: pop(request, isHighest: effect == .popMaximum)
        case .blockingPopMinimum, .blockingPopMaximum: blockingPop(request, isHighest: effect == .blockingPopMaximum)
        case .popScored: popOfSeveral(request, numberAt: 1)
        case .blockingPopScored: popOfSeveral(request, numberAt: 2)
        case .addPlaces: addPlaces(request)
        case .removeByScore: removeByScore(request)
        case .removeByLex: removeByLex(request)
        default: storeSortedSet(effect, request)
        }
    }

    /// Changes a sorted set in place; see ``ReplayedKeyspace/change(_:_:_:)``.
    static func withSortedSet(_ value: inout ReplayedValue, _ body: (inout ScoredMembers) -> Void) -> Bool {
        guard case .sortedSet(var members) = value else { return false }
        value = .foreign(.unknown)
        body(&members)
        value = .sortedSet(members)
        return true
    }

    /// A score as Redis reads one; nil where it is no number.
    static func score(_ request: Request, _ index: Int) -> Double? {
        // Most are integers: so many digits are exact.
        if request.length(index) <= 15, let number = request.integer(index) { return Double(number) }
        return score(request.copy(index, limit: 400))
    }

    static func score(_ text: [UInt8]) -> Double? {
        let text = String(decoding: text, as: UTF8.self)
        switch text.lowercased() {
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        default: break
        }
        guard let number = Double(text), !number.isNaN else { return nil }
        return number
    }

    /// What ZADD makes depend on the score so far.
    private struct ScoreConditions {
        var isNew = false
        var isKnown = false
        var isGreater = false
        var isLess = false
        var increments = false

        /// The score that a member gets; nil to leave all as it is.
        func score(_ score: Double, insteadOf old: Double?) -> Double? {
            guard let old else { return isKnown ? nil : score }
            let new = increments ? old + score : score
            if isNew || isGreater && new <= old || isLess && new >= old { return nil }
            return new.isNaN ? nil : new
        }
    }

    private struct AddedScore {
        /// The argument that is the member.
        let place: Int
        let hash: UInt64
        let score: Double
    }

    /// The options of ZADD and GEOADD, and where what follows them begins.
    private func scoreOptions(_ request: Request) -> (end: Int, ScoreConditions) {
        var conditions = ScoreConditions()
        var index = 2
        while index < request.count {
            if request.isWord(index, "NX") {
                conditions.isNew = true
            } else if request.isWord(index, "XX") {
                conditions.isKnown = true
            } else if request.isWord(index, "GT") {
                conditions.isGreater = true
            } else if request.isWord(index, "LT") {
                conditions.isLess = true
            } else if request.isWord(index, "INCR") {
                conditions.increments = true
            } else if !request.isWord(index, "CH") {
                break
            }
            index += 1
        }
        return (index, conditions)
    }

    private mutating func addScored(_ request: Request) {
        let (first, conditions) = scoreOptions(request)
        guard first + 1 < request.count, (request.count - first) % 2 == 0 else { return }
        var added: [AddedScore] = []
        added.reserveCapacity(request.count / 2)
        for place in stride(from: first, to: request.count, by: 2) {
            guard let score = Self.score(request, place) else { return }
            added.append(AddedScore(place: place + 1, hash: hash(request, place + 1), score: score))
        }
        add(added, conditions, request)
    }

    private mutating func add(_ added: [AddedScore], _ conditions: ScoreConditions, _ request: Request) {
        change(key(request, 1), conditions.isKnown ? nil : .sortedSet(ScoredMembers())) { value in
            Self.withSortedSet(&value) { members in
                for member in added {
                    members.change(member.hash, name: { request.copy(member.place) }) { old in
                        conditions.score(member.score, insteadOf: old)
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

    private mutating func removeByRank(_ request: Request) {
        guard let first = request.integer(2), let last = request.integer(3) else { return }
        remove(ranks: first, last, of: key(request, 1))
    }

    private mutating func remove(ranks first: Int, _ last: Int, of key: Key) {
        var isGuess = false
        change(key, nil) { value in
            Self.withSortedSet(&value) { members in
                isGuess = members.hasUnnamed
                members.remove(ranks: first, last)
            }
        }
        if isGuess { records[key]?.isApproximate = true }
    }

    // MARK: ZPOPMIN and its kin

    private mutating func pop(_ request: Request, isHighest: Bool) {
        let count = request.count > 2 ? request.integer(2) ?? 0 : 1
        pop(count, isHighest: isHighest, from: key(request, 1))
    }

    private mutating func pop(_ count: Int, isHighest: Bool, from key: Key) {
        guard count > 0 else { return }
        if isHighest { remove(ranks: -count, -1, of: key) } else { remove(ranks: 0, count - 1, of: key) }
    }

    private mutating func blockingPop(_ request: Request, isHighest: Bool) {
        guard let key = firstPresent(request, 1..<max(1, request.count - 1)) else { return }
        pop(1, isHighest: isHighest, from: key)
    }

    /// ZMPOP; its number of keys stands at `index`.
    private mutating func popOfSeveral(_ request: Request, numberAt index: Int) {
        guard let (key, rest) = poppedKey(request, numberAt: index) else { return }
        pop(popCount(request, behind: rest), isHighest: request.isWord(rest, "MAX"), from: key)
    }

    private mutating func removeByScore(_ request: Request) {
        guard request.count > 3, let range = ScoreRange(request, from: 2, to: 3) else { return }
        change(key(request, 1), nil) { value in Self.withSortedSet(&value) { $0.remove(range) } }
    }

    private mutating func removeByLex(_ request: Request) {
        guard request.count > 3, let range = NameRange(request, from: 2, to: 3) else { return }
        change(key(request, 1), nil) { value in Self.withSortedSet(&value) { $0.remove(range) } }
    }

    // MARK: GEOADD

    /// Members with the scores that their places have.
    private mutating func addPlaces(_ request: Request) {
        let (first, conditions) = scoreOptions(request)
        guard first + 2 < request.count, (request.count - first) % 3 == 0 else { return }
        var added: [AddedScore] = []
        for place in stride(from: first, to: request.count, by: 3) {
            guard let longitude = Self.score(request, place), let latitude = Self.score(request, place + 1),
                let score = Geohash.score(longitude: longitude, latitude: latitude)
            else { return }
            added.append(AddedScore(place: place + 2, hash: hash(request, place + 2), score: score))
        }
        add(added, conditions, request)
    }
}
