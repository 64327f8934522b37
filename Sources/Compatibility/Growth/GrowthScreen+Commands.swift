extension GrowthScreen {
    /// Counts what a command may do to the sizes of its keys.
    @inline(__always)
    mutating func note(_ effect: Effect, _ request: Request, database: Int) {
        guard effect != .none, request.count > 1 else { return }
        switch effect {
        case .set where request.count >= 3: set(request, database)
        case .pushLeft, .pushRight, .pushLeftIfPresent, .pushRightIfPresent:
            add(request, 1, from: 2, .list, database)
        case .addMembers: members(request, from: 2, step: 1, extra: 0, database)
        case .setFields, .setFieldIfAbsent: members(request, from: 2, step: 2, extra: 0, database)
        case .expire, .expireMilliseconds, .expireAt, .expireAtMilliseconds, .persist, .getExpire: return
        default: noteOther(effect, request, database)
        }
    }

    @inline(never)
    private mutating func noteOther(_ effect: Effect, _ request: Request, _ database: Int) {
        let count = request.count
        switch effect {
        case .delete: for key in 1..<count { clear(request, key, database) }
        case .getDelete, .getSet, .setIfAbsent, .setExpiring, .setExpiringMilliseconds, .setMany, .setManyIfAbsent,
            .append, .setRange, .setBit, .increment, .decrement, .incrementBy, .decrementBy, .incrementByFloat,
            .combineBits:
            noteString(effect, request, database)
        case .popLeft, .popRight: pop(request, 1, request.integer(2) ?? 1, database)
        case .trim: trim(request, database)
        case .insertElement: if count > 4 { add(request, 1, from: 4, .list, database) }
        case .setElement: if count > 3 { add(request, 1, from: 3, .list, database) }
        case .popPush, .moveElement, .blockingPopPush: moveElement(request, database)
        case .addScored: scored(request, database)
        case .incrementScore: members(request, from: 3, step: 1, extra: ScoredMembers.scoreBytes, database)
        case .incrementField: members(request, from: 2, step: 2, extra: 20, database)
        case .incrementFieldByFloat: members(request, from: 2, step: 2, extra: 400, database)
        case .removeMembers, .removeFields, .removeScored: removeMembers(request, database)
        case .moveMember: if count > 3 { add(request, 2, from: 3, .members, database) }
        case .rename, .renameIfAbsent, .copy: takeAll(request, from: 1..<2, to: 2, factor: 1, database)
        case .unionStore, .intersectionStore, .differenceStore:
            takeAll(request, from: 2..<count, to: 1, factor: 1, database)
        case .unionScored, .intersectionScored:
            let keys = min(max(request.integer(2) ?? 0, 0), max(0, count - 3))
            // A set's members get a score each: 8 bytes beside at least one.
            takeAll(request, from: 3..<3 + keys, to: 1, factor: 1 + ScoredMembers.scoreBytes, database)
        case .sortStore:
            for index in 2..<max(2, count - 1) where request.isWord(index, "STORE") {
                takeAll(request, from: 1..<2, to: index + 1, factor: 1, database)
            }
        case .restore: restore(request, database)
        default: return
        }
    }

    private mutating func noteString(_ effect: Effect, _ request: Request, _ database: Int) {
        let count = request.count
        switch effect {
        case .getDelete: clear(request, 1, database)
        case .setExpiring, .setExpiringMilliseconds: if count > 3 { put(request, 1, request.length(3), database) }
        case .setMany:
            for key in stride(from: 1, to: count - 1, by: 2) { put(request, key, request.length(key + 1), database) }
        case .setManyIfAbsent:
            for key in stride(from: 1, to: count - 1, by: 2) { maybe(request, key, request.length(key + 1), database) }
        case .getSet, .setIfAbsent: if count > 2 { maybe(request, 1, request.length(2), database) }
        case .append: add(request, 1, from: 2, .string, database)
        case .setRange: grow(request, reach(request.integer(2), request.length(count - 1)), database)
        case .setBit: grow(request, reach(request.integer(2).map { $0 / 8 }, 1), database)
        case .combineBits:
            for source in 3..<max(3, count) { takeAll(request, from: source..<source + 1, to: 2, factor: 1, database) }
        case .incrementByFloat: maybe(request, 1, 400, database)
        default: maybe(request, 1, 20, database)
        }
    }

    private func reach(_ offset: Int?, _ length: Int) -> Int {
        guard let offset, offset >= 0, offset < 512 << 20 else { return 0 }
        return offset + length
    }

    // MARK: Strings

    @inline(__always)
    private mutating func set(_ request: Request, _ database: Int) {
        // With NX or XX it may not have been done.
        for index in 3..<max(3, request.count) where request.isWord(index, "NX") || request.isWord(index, "XX") {
            return maybe(request, 1, request.length(2), database)
        }
        put(request, 1, request.length(2), database)
    }

    /// A string in the place of whatever was there.
    @inline(__always)
    private mutating func put(_ request: Request, _ key: Int, _ length: Int, _ database: Int) {
        let (bucket, isAlone) = use(request, key, database: database)
        if isAlone {
            if buckets[bucket].isFollowed { stopFollowing(bucket) }
            buckets[bucket].clear()
        }
        buckets[bucket].add(bytes: 0, longest: length, elements: 1)
        buckets[bucket].note(.string)
    }

    /// A string that may be there from now on, or not.
    private mutating func maybe(_ request: Request, _ key: Int, _ length: Int, _ database: Int) {
        let (bucket, _) = use(request, key, database: database)
        buckets[bucket].add(bytes: 0, longest: length, elements: 1)
        buckets[bucket].note(.string)
        check(bucket)
    }

    /// A string that is at least so long.
    private mutating func grow(_ request: Request, _ length: Int, _ database: Int) {
        guard length > 0 else { return }
        maybe(request, 1, length, database)
    }

    // MARK: Lists

    @inline(__always)
    private mutating func add(
        _ request: Request, _ key: Int, from first: Int, _ kind: GrowthBucket.Kind, _ database: Int
    ) {
        var sum = 0
        var longest = 0
        for index in first..<max(first, request.count) {
            let length = request.length(index)
            sum &+= length
            longest = max(longest, length)
        }
        let (bucket, _) = use(request, key, database: database)
        if buckets[bucket].isFollowed { stopFollowing(bucket) }
        buckets[bucket].note(kind)
        buckets[bucket].add(bytes: sum, longest: longest, elements: max(0, request.count - first))
        check(bucket)
    }

    private mutating func pop(_ request: Request, _ key: Int, _ count: Int, _ database: Int) {
        let (bucket, isAlone) = use(request, key, database: database)
        guard isAlone, buckets[bucket].kind == .list, buckets[bucket].count < .max, count > 0 else { return }
        buckets[bucket].keep(elements: max(0, Int(buckets[bucket].count) - count))
    }

    private mutating func trim(_ request: Request, _ database: Int) {
        let (bucket, isAlone) = use(request, 1, database: database)
        guard isAlone, buckets[bucket].kind == .list, request.count == 4, let first = request.integer(2),
            let last = request.integer(3)
        else { return }
        if first >= 0, last >= 0 { buckets[bucket].keep(elements: max(0, last - first + 1)) }
        if first < 0, last < 0 { buckets[bucket].keep(elements: max(0, last - first + 1)) }
    }

    /// One element of a list goes to another.
    private mutating func moveElement(_ request: Request, _ database: Int) {
        guard request.count > 2 else { return }
        let (from, _) = use(request, 1, database: database)
        let longest = Int(buckets[from].longest)
        pop(request, 1, 1, database)
        let (to, _) = use(request, 2, database: database)
        link(from, to)
        if buckets[from].isSuspect { buckets[to].isSuspect = true }
        buckets[to].note(.list)
        buckets[to].add(bytes: longest, longest: longest, elements: 1)
        check(to)
    }

    // MARK: Sets, hashes, sorted sets

    /// Members, each with what belongs to it: `step` arguments a member.
    @inline(__always)
    private mutating func members(
        _ request: Request, from first: Int, step: Int, extra: Int, _ database: Int
    ) {
        let (bucket, isAlone) = use(request, 1, database: database)
        // What has to be replayed need not be known any better.
        guard !buckets[bucket].isSuspect else { return }
        buckets[bucket].note(.members)
        if follows(bucket, isAlone: isAlone) {
            return followMembers(bucket, request, from: first, step: step, extra: extra)
        }
        var sum = 0
        var longest = 0
        var index = first
        while index < request.count {
            var length = extra
            for part in index..<min(index + step, request.count) { length &+= request.length(part) }
            sum &+= length
            longest = max(longest, length)
            index += step
        }
        buckets[bucket].add(bytes: sum, longest: longest, elements: (request.count - first + step - 1) / step)
        check(bucket)
    }

    @inline(never)
    private mutating func followMembers(_ bucket: Int, _ request: Request, from first: Int, step: Int, extra: Int) {
        for index in stride(from: first, to: request.count, by: step) {
            var length = extra
            for part in index..<min(index + step, request.count) { length += request.length(part) }
            putMember(bucket, hash(request, index), length: length)
        }
        takeBound(bucket)
    }

    /// Options, then scores and members in turn.
    private mutating func scored(_ request: Request, _ database: Int) {
        let (bucket, isAlone) = use(request, 1, database: database)
        guard !buckets[bucket].isSuspect else { return }
        buckets[bucket].note(.members)
        let isFollowed = follows(bucket, isAlone: isAlone)
        // Counted from the end: the options stand before the pairs.
        var sum = 0
        var longest = 0
        for index in stride(from: request.count - 1, to: 2, by: -2) {
            let length = request.length(index) + ScoredMembers.scoreBytes
            if isFollowed { putMember(bucket, hash(request, index), length: length) }
            sum += length
            longest = max(longest, length)
        }
        guard !isFollowed else { return takeBound(bucket) }
        buckets[bucket].add(bytes: sum, longest: longest, elements: (request.count - 1) / 2)
        check(bucket)
    }

    private mutating func removeMembers(_ request: Request, _ database: Int) {
        let (bucket, _) = use(request, 1, database: database)
        guard buckets[bucket].isFollowed else { return }
        for index in 2..<max(2, request.count) { removeMember(bucket, hash(request, index)) }
        takeBound(bucket)
    }

    // MARK: Whole values

    private mutating func clear(_ request: Request, _ key: Int, _ database: Int) {
        let (bucket, isAlone) = use(request, key, database: database)
        guard isAlone else { return }
        if buckets[bucket].isFollowed { stopFollowing(bucket) }
        buckets[bucket].clear()
    }

    /// A value that is made out of those of other keys.
    private mutating func takeAll(
        _ request: Request, from sources: Range<Int>, to destination: Int, factor: Int, _ database: Int
    ) {
        guard destination < request.count else { return }
        let (to, _) = use(request, destination, database: database)
        if buckets[to].isFollowed { stopFollowing(to) }
        var bound = 0
        for index in sources where index < request.count {
            let (from, _) = use(request, index, database: database)
            link(from, to)
            bound += buckets[from].bound * factor
            if buckets[from].isSuspect { buckets[to].isSuspect = true }
        }
        buckets[to].note(.mixed)
        buckets[to].add(bytes: bound > 0 ? 1 : 0, longest: bound, elements: 0)
        buckets[to].count = .max
        check(to)
    }

    /// A payload of RESTORE may be compressed: how large the value is, replaying tells.
    private mutating func restore(_ request: Request, _ database: Int) {
        guard request.count > 3 else { return }
        let (bucket, _) = use(request, 1, database: database)
        buckets[bucket].note(.mixed)
        let length = request.length(3)
        buckets[bucket].add(bytes: length, longest: length, elements: 0)
        buckets[bucket].count = .max
        check(bucket)
    }
}
