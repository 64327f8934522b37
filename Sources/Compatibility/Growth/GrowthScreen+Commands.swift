extension GrowthScreen {
    /// Counts what a command may do to the sizes of its keys.
    @inline(__always)
    mutating func note(_ effect: Effect, _ request: Request, _ place: Place) {
        begin()
        switch effect {
        case .none: return
        case .set where request.count >= 3: set(request, place)
        case .pushLeft, .pushRight, .pushLeftIfPresent, .pushRightIfPresent: add(request, 1, from: 2, .list, place)
        case .addMembers: members(request, from: 2, step: 1, extra: 0, place)
        case .setFields, .setFieldIfAbsent: members(request, from: 2, step: 2, extra: 0, place)
        case .flushAll: flush(nil)
        case .flushDatabase: flush(place.database)
        case .expire, .expireMilliseconds, .expireAt, .expireAtMilliseconds, .persist, .getExpire:
            if followedCount > 0 { noteUnsized(request, place) }
        default: noteOther(effect, request, place)
        }
    }

    /// A command that makes no value larger.
    @inline(never)
    private mutating func noteUnsized(_ request: Request, _ place: Place) {
        if followedCount > 0, request.count > 1 { _ = use(request, 1, place) }
    }

    @inline(never)
    private mutating func noteOther(_ effect: Effect, _ request: Request, _ place: Place) {
        let count = request.count
        guard count > 1 else { return touchAll() }
        switch effect {
        case .swapDatabases:
            noteSeveralDatabases()
            touchAll()
        case .move:
            noteSeveralDatabases()
            noteUnsized(request, place)
        case .delete: for key in 1..<count { clear(request, key, place) }
        case .getDelete, .getSet, .setIfAbsent, .setExpiring, .setExpiringMilliseconds, .setMany, .setManyIfAbsent,
            .append, .setRange, .setBit, .increment, .decrement, .incrementBy, .decrementBy, .incrementByFloat,
            .combineBits, .bitField, .countDistinct:
            noteString(effect, request, place)
        case .popLeft, .popRight: pop(request, 1, request.integer(2) ?? 1, place)
        case .blockingPopLeft, .blockingPopRight, .blockingPopMinimum, .blockingPopMaximum:
            for key in 1..<count - 1 { _ = use(request, key, place) }
        case .popElements, .popScored: useCounted(request, numberAt: 1, place)
        case .blockingPopElements, .blockingPopScored: useCounted(request, numberAt: 2, place)
        case .migrate, .makeGroup, .script, .unknown: break
        case .setFieldsExpiring:
            for index in 2..<count where request.isWord(index, "FIELDS") {
                members(request, from: index + 2, step: 2, extra: 0, place)
                break
            }
        case .setManyExpiring:
            let pairs = min(max(request.integer(1) ?? 0, 0), (count - 2) / 2)
            for pair in 0..<pairs { maybe(request, 2 + pair * 2, request.length(3 + pair * 2), place) }
        case .trim: trim(request, place)
        case .insertElement:
            noteSoughtElement()
            if count > 4 { add(request, 1, from: 4, .list, place) }
        case .removeElements:
            noteSoughtElement()
            noteUnsized(request, place)
        case .setElement: if count > 3 { add(request, 1, from: 3, .list, place) }
        case .popPush, .moveElement, .blockingPopPush: moveElement(request, place)
        case .addScored: scored(request, step: 2, place)
        case .addPlaces: scored(request, step: 3, place)
        case .incrementScore: members(request, from: 3, step: 1, extra: ScoredMembers.scoreBytes, place)
        case .incrementField: members(request, from: 2, step: 2, extra: 20, place)
        case .incrementFieldByFloat: members(request, from: 2, step: 2, extra: 400, place)
        case .removeMembers, .removeFields, .removeScored: removeMembers(request, place)
        case .moveMember: moveMember(request, place)
        case .rename, .renameIfAbsent, .copy:
            // COPY has an option for the database.
            if count > 3 { noteSeveralDatabases() }
            takeAll(request, from: 1..<2, to: 2, factor: 1, effect, place)
        case .unionStore, .intersectionStore, .differenceStore:
            takeAll(request, from: 2..<count, to: 1, factor: 1, effect, place)
        case .rangeStore, .searchStore: takeAll(request, from: 2..<3, to: 1, factor: 1, effect, place)
        case .unionScored, .intersectionScored, .differenceScored:
            let keys = min(max(request.integer(2) ?? 0, 0), max(0, count - 3))
            // A set's members get a score each: 8 bytes beside at least one.
            takeAll(request, from: 3..<3 + keys, to: 1, factor: 1 + ScoredMembers.scoreBytes, effect, place)
        case .sortStore:
            for index in 2..<max(2, count - 1) where request.isWord(index, "STORE") {
                takeAll(request, from: 1..<2, to: index + 1, factor: 1, effect, place)
            }
        case .radiusStore:
            for index in 2..<max(2, count - 1)
            where request.isWord(index, "STORE") || request.isWord(index, "STOREDIST") {
                takeAll(request, from: 1..<2, to: index + 1, factor: 1, effect, place)
            }
        case .restore: restore(request, place)
        default: noteUnsized(request, place)
        }
    }

    private mutating func noteString(_ effect: Effect, _ request: Request, _ place: Place) {
        let count = request.count
        switch effect {
        case .getDelete: clear(request, 1, place)
        case .setExpiring, .setExpiringMilliseconds: if count > 3 { put(request, 1, request.length(3), place) }
        case .setMany:
            for key in stride(from: 1, to: count - 1, by: 2) { put(request, key, request.length(key + 1), place) }
        case .setManyIfAbsent: setManyIfAbsent(request, place)
        case .getSet, .setIfAbsent: if count > 2 { maybe(request, 1, request.length(2), place) }
        case .append: add(request, 1, from: 2, .string, place)
        case .setRange: grow(request, reach(request.integer(2), request.length(count - 1)), place)
        case .setBit: grow(request, reach(request.integer(2).map { $0 / 8 }, 1), place)
        case .combineBits:
            for source in 3..<max(3, count) {
                takeAll(request, from: source..<source + 1, to: 2, factor: 1, effect, place)
            }
        case .bitField: grow(request, BitField.length(request) ?? 0, place)
        case .countDistinct: maybe(request, 1, ReplayedKeyspace.denseHyperLogLog, place)
        case .incrementByFloat: maybe(request, 1, 400, place)
        default: maybe(request, 1, 20, place)
        }
    }

    private func reach(_ offset: Int?, _ length: Int) -> Int {
        guard let offset, offset >= 0, offset < 512 << 20 else { return 0 }
        return offset + length
    }

    // MARK: Strings

    @inline(__always)
    private mutating func set(_ request: Request, _ place: Place) {
        // With NX or XX it may not have been done.
        for index in 3..<max(3, request.count) where request.isWord(index, "NX") || request.isWord(index, "XX") {
            return maybe(request, 1, request.length(2), place)
        }
        put(request, 1, request.length(2), place)
    }

    /// A string in the place of whatever was there.
    @inline(__always)
    private mutating func put(_ request: Request, _ key: Int, _ length: Int, _ place: Place) {
        guard let (bucket, isAlone) = bound(request, key, place) else { return }
        if isAlone {
            forgetMembers(bucket)
            buckets[bucket].clear(place, fileStart: fileStart)
        }
        buckets[bucket].add(bytes: 0, longest: length, elements: 1)
        buckets[bucket].note(.string)
    }

    /// A string that may be there from now on, or not.
    private mutating func maybe(_ request: Request, _ key: Int, _ length: Int, _ place: Place) {
        guard let (bucket, _) = bound(request, key, place) else { return }
        buckets[bucket].add(bytes: 0, longest: length, elements: 1)
        buckets[bucket].note(.string)
        check(bucket)
    }

    /// A string that is at least so long.
    private mutating func grow(_ request: Request, _ length: Int, _ place: Place) {
        guard length > 0 else { return noteUnsized(request, place) }
        maybe(request, 1, length, place)
    }

    /// MSETNX: whether a key is set depends on all others.
    private mutating func setManyIfAbsent(_ request: Request, _ place: Place) {
        let keys = Array(stride(from: 1, to: request.count - 1, by: 2))
        let used = keys.map { use(request, $0, place).bucket }
        guard agree(used), let first = used.first else { return }
        for (key, bucket) in zip(keys, used) {
            link(first, bucket)
            link(bucket, first)
            maybe(request, key, request.length(key + 1), place)
        }
    }

    // MARK: Lists

    @inline(__always)
    private mutating func add(
        _ request: Request, _ key: Int, from first: Int, _ kind: GrowthBucket.Kind, _ place: Place
    ) {
        guard first < request.count, let (bucket, _) = bound(request, key, place) else { return }
        var sum = 0
        var longest = 0
        for index in first..<request.count {
            let length = request.length(index)
            sum &+= length
            longest = max(longest, length)
        }
        forgetMembers(bucket)
        buckets[bucket].note(kind)
        buckets[bucket].add(bytes: sum, longest: longest, elements: request.count &- first)
        check(bucket)
    }

    /// The keys of LMPOP and ZMPOP, behind their number.
    private mutating func useCounted(_ request: Request, numberAt index: Int, _ place: Place) {
        let keys = min(max(request.integer(index) ?? 0, 0), max(0, request.count - index - 1))
        for key in index + 1..<index + 1 + keys { _ = use(request, key, place) }
    }

    private mutating func pop(_ request: Request, _ key: Int, _ count: Int, _ place: Place) {
        guard let (bucket, isAlone) = bound(request, key, place), isAlone, buckets[bucket].kind == .list,
            buckets[bucket].count < .max, count > 0
        else { return }
        buckets[bucket].keep(elements: max(0, Int(buckets[bucket].count) - count))
    }

    private mutating func trim(_ request: Request, _ place: Place) {
        guard let (bucket, isAlone) = bound(request, 1, place), isAlone, buckets[bucket].kind == .list,
            request.count == 4, let first = request.integer(2), let last = request.integer(3)
        else { return }
        if first >= 0, last >= 0 { buckets[bucket].keep(elements: max(0, last - first + 1)) }
        if first < 0, last < 0 { buckets[bucket].keep(elements: max(0, last - first + 1)) }
    }

    /// One element of a list goes to another.
    private mutating func moveElement(_ request: Request, _ place: Place) {
        guard request.count > 2 else { return }
        let (from, _) = use(request, 1, place)
        let (to, _) = use(request, 2, place)
        guard agree([from, to]) else { return }
        link(from, to)
        guard !buckets[to].isFollowed else { return }
        let longest = Int(buckets[from].longest)
        pop(request, 1, 1, place)
        buckets[to].note(.list)
        buckets[to].add(bytes: longest, longest: longest, elements: 1)
        inherit(from, to)
        check(to)
    }

    // MARK: Sets, hashes, sorted sets

    /// Members, each with what belongs to it: `step` arguments a member.
    @inline(__always)
    private mutating func members(_ request: Request, from first: Int, step: Int, extra: Int, _ place: Place) {
        guard first < request.count, let (bucket, isAlone) = bound(request, 1, place) else { return }
        // What could not be followed need not be known any better.
        guard !buckets[bucket].isSuspect else { return }
        buckets[bucket].note(.members)
        if isDistinct(bucket, isAlone: isAlone) {
            return distinctMembers(bucket, request, from: first, step: step, extra: extra)
        }
        var sum = 0
        var longest = 0
        var index = first
        while index < request.count {
            var length = extra
            for part in index..<min(index &+ step, request.count) { length &+= request.length(part) }
            sum &+= length
            longest = max(longest, length)
            index &+= step
        }
        buckets[bucket].add(bytes: sum, longest: longest, elements: (request.count - first + step - 1) / step)
        check(bucket)
    }

    @inline(never)
    private mutating func distinctMembers(_ bucket: Int, _ request: Request, from first: Int, step: Int, extra: Int) {
        for index in stride(from: first, to: request.count, by: step) {
            var length = extra
            for part in index..<min(index + step, request.count) { length += request.length(part) }
            putMember(bucket, hash(request, index), length: length)
        }
        takeBound(bucket)
    }

    /// Options, then scores and members in turn, or places of two numbers and members.
    private mutating func scored(_ request: Request, step: Int, _ place: Place) {
        guard let (bucket, isAlone) = bound(request, 1, place), !buckets[bucket].isSuspect else { return }
        buckets[bucket].note(.members)
        let isDistinct = isDistinct(bucket, isAlone: isAlone)
        // Counted from the end: the options stand before the pairs.
        var sum = 0
        var longest = 0
        for index in stride(from: request.count - 1, to: 2, by: -step) {
            let length = request.length(index) + ScoredMembers.scoreBytes
            if isDistinct { putMember(bucket, hash(request, index), length: length) }
            sum += length
            longest = max(longest, length)
        }
        guard !isDistinct else { return takeBound(bucket) }
        buckets[bucket].add(bytes: sum, longest: longest, elements: (request.count - 1) / 2)
        check(bucket)
    }

    private mutating func removeMembers(_ request: Request, _ place: Place) {
        guard let (bucket, _) = bound(request, 1, place), buckets[bucket].isDistinct else { return }
        for index in 2..<max(2, request.count) { removeMember(bucket, hash(request, index)) }
        takeBound(bucket)
    }

    private mutating func moveMember(_ request: Request, _ place: Place) {
        guard request.count > 3 else { return }
        let (from, _) = use(request, 1, place)
        let (to, _) = use(request, 2, place)
        guard agree([from, to]) else { return }
        link(from, to)
        add(request, 2, from: 3, .members, place)
    }

    // MARK: Whole values

    private mutating func clear(_ request: Request, _ key: Int, _ place: Place) {
        guard let (bucket, isAlone) = bound(request, key, place), isAlone else { return }
        forgetMembers(bucket)
        buckets[bucket].clear(place, fileStart: fileStart)
    }

    /// A value that is made out of those of other keys.
    private mutating func takeAll(
        _ request: Request, from sources: Range<Int>, to destination: Int, factor: Int, _ effect: Effect, _ place: Place
    ) {
        guard destination < request.count else { return }
        let (to, _) = use(request, destination, place)
        let used = sources.filter { $0 < request.count }.map { use(request, $0, place).bucket }
        guard agree(used + [to]) else { return }
        for from in used {
            link(from, to)
            // Whether the source stays depends on what was there.
            if effect == .renameIfAbsent { link(to, from) }
        }
        guard !buckets[to].isFollowed else { return }
        forgetMembers(to)
        let bound = used.reduce(0) { $0 + buckets[$1].bound * factor }
        buckets[to].note(.mixed)
        buckets[to].add(bytes: bound > 0 ? 1 : 0, longest: bound, elements: 0)
        buckets[to].count = .max
        for from in used { inherit(from, to) }
        check(to)
    }

    /// What a suspect went into is one too.
    private mutating func inherit(_ from: Int, _ to: Int) {
        if buckets[from].isSuspect { suspect(to) }
    }

    /// A payload of RESTORE may be compressed: how large the value is, replaying tells.
    private mutating func restore(_ request: Request, _ place: Place) {
        guard request.count > 3, let (bucket, _) = bound(request, 1, place) else { return }
        buckets[bucket].note(.mixed)
        let length = request.length(3)
        buckets[bucket].add(bytes: length, longest: length, elements: 0)
        buckets[bucket].count = .max
        check(bucket)
    }
}
