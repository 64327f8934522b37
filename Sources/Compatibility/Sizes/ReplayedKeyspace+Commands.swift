import CommandCatalog

extension ReplayedKeyspace {
    /// Applies a command.
    ///
    /// One that Redis would refuse (a wrong type, too few arguments) changes nothing.
    ///
    /// - Parameter effect: what the command does, from the command table.
    mutating func apply(_ effect: Effect, _ request: Request) {
        growth = nil
        switch effect {
        case .none, .script, .unknown: break
        case .delete, .getDelete, .rename, .renameIfAbsent, .copy, .move, .restore, .sortStore, .flushAll,
            .flushDatabase, .swapDatabases, .foreign, .makeGroup, .migrate, .deleteOne:
            applyToKeys(effect, request)
        case .expire, .expireMilliseconds, .expireAt, .expireAtMilliseconds, .persist, .getExpire:
            applyExpiry(effect, request)
        case .set, .setExpiring, .setExpiringMilliseconds, .setIfAbsent, .getSet, .setMany, .setManyIfAbsent,
            .setManyExpiring:
            applySet(effect, request)
        case .append, .setRange, .setBit, .combineBits, .increment, .decrement, .incrementBy, .decrementBy,
            .incrementByFloat, .bitField, .countDistinct:
            applyToString(effect, request)
        case .pushLeft, .pushRight, .pushLeftIfPresent, .pushRightIfPresent, .popLeft, .popRight, .blockingPopLeft,
            .blockingPopRight, .setElement, .trim, .removeElements, .insertElement, .popPush, .blockingPopPush,
            .moveElement, .popElements, .blockingPopElements:
            applyToList(effect, request)
        case .addMembers, .removeMembers, .popMember, .moveMember, .unionStore, .intersectionStore, .differenceStore:
            applyToSet(effect, request)
        case .setFields, .setFieldIfAbsent, .removeFields, .incrementField, .incrementFieldByFloat, .expireFields,
            .setFieldsExpiring, .removeNamedFields:
            applyToHash(effect, request)
        case .addScored, .incrementScore, .removeScored, .removeByRank, .removeByScore, .removeByLex, .unionScored,
            .intersectionScored, .differenceScored, .rangeStore, .popMinimum, .popMaximum, .blockingPopMinimum,
            .blockingPopMaximum, .popScored, .blockingPopScored, .addPlaces, .searchStore, .radiusStore:
            applyToSortedSet(effect, request)
        }
    }

    // MARK: Keys

    private mutating func applyToKeys(_ effect: Effect, _ request: Request) {
        let count = request.count
        switch effect {
        case .delete: for index in 1..<max(1, count) { remove(key(request, index)) }
        case .getDelete: if count > 1, isStringOrMissing(key(request, 1)) { remove(key(request, 1)) }
        case .rename, .renameIfAbsent:
            guard count > 2 else { return }
            let (source, destination) = (key(request, 1), key(request, 2))
            if effect == .renameIfAbsent, record(destination) != nil { return }
            guard source != destination, let moved = record(source) else { return }
            records[source] = nil
            put(destination, moved)
        case .copy: copyKey(request)
        case .move:
            guard count > 2, let target = request.integer(2), let moved = record(key(request, 1)) else { return }
            let destination = Key(database: target, name: request.copy(1))
            guard record(destination) == nil else { return }
            remove(key(request, 1))
            put(destination, moved)
        case .restore: restore(request)
        case .sortStore: sortStore(request)
        case .flushAll: records.removeAll()
        case .flushDatabase: records = records.filter { $0.key.database != database }
        case .swapDatabases: swapDatabases(request)
        case .migrate:
            // Whether they have left, the trace does not say.
            for index in KeyLayout.migrate.indexes(in: Judge.buffer(request).span, arguments: request.ranges.span) {
                mark(request, index)
            }
        case .deleteOne: if count > 1 { remove(key(request, 1)) }
        case .makeGroup:
            guard request.isWord(1, "CREATE") else { return }
            for index in 3..<max(3, count) where request.isWord(index, "MKSTREAM") { makeForeign(request, 2) }
        default: makeForeign(request, 1)
        }
    }

    private mutating func makeForeign(_ request: Request, _ index: Int) {
        guard index < request.count else { return }
        let key = key(request, index)
        if record(key) == nil { put(key, Record(value: .foreign(.stream))) }
    }

    /// The sizes of the keys that a script names, or of the one that a command of a module does, are not known exactly from
    /// here on.
    mutating func markKeys(of effect: Effect, _ request: Request) {
        guard effect == .script else { return mark(request, 1) }
        let layout = KeyLayout.counted(destination: nil, count: 2, first: 3)
        for index in layout.indexes(in: Judge.buffer(request).span, arguments: request.ranges.span) {
            mark(request, index)
        }
    }

    /// The size of a key is not known exactly from here on.
    private mutating func mark(_ request: Request, _ index: Int) {
        guard index < request.count else { return }
        let key = key(request, index)
        if record(key) != nil { records[key]?.isApproximate = true }
    }

    private mutating func remove(_ key: Key) {
        records[key] = nil
    }

    private mutating func put(_ key: Key, _ record: Record) {
        let before = records[key]?.value.payload ?? 0
        records[key] = record
        if record.value.payload > before { growth = (key, before, record.value.payload) }
    }

    private mutating func copyKey(_ request: Request) {
        guard request.count > 2, let copied = record(key(request, 1)) else { return }
        var target = database
        var replaces = false
        for index in 3..<max(3, request.count) {
            if request.isWord(index, "DB"), let number = request.integer(index + 1) { target = number }
            if request.isWord(index, "REPLACE") { replaces = true }
        }
        let destination = Key(database: target, name: request.copy(2))
        guard replaces || record(destination) == nil else { return }
        put(destination, copied)
    }

    private mutating func swapDatabases(_ request: Request) {
        guard let first = request.integer(1), let second = request.integer(2), first != second else { return }
        var swapped: [Key: Record] = [:]
        for (key, record) in records {
            let database = key.database == first ? second : key.database == second ? first : key.database
            swapped[Key(database: database, name: key.name)] = record
        }
        records = swapped
    }

    /// SORT with STORE: all elements of the source; LIMIT and GET are not followed.
    ///
    /// Their order is not known, so that what is later popped or trimmed off is a guess.
    private mutating func sortStore(_ request: Request) {
        var destination: Int?
        for index in 2..<max(2, request.count) {
            if request.isWord(index, "STORE"), index + 1 < request.count { destination = index + 1 }
        }
        guard let destination else { return }
        var list = ElementList()
        switch record(key(request, 1))?.value {
        case .list(let source): list = source
        case .set(let members):
            members.forEach { list.pushRight(ElementList.Element(hash: $0.hash, length: $0.length)) }
        case .sortedSet(let members):
            for (hash, member) in members.members {
                list.pushRight(ElementList.Element(hash: hash, length: UInt32(clamping: member.length)))
            }
        default: break
        }
        let target = key(request, destination)
        replace(target, .list(list))
        records[target]?.isApproximate = true
    }

    // MARK: Expiry

    private mutating func applyExpiry(_ effect: Effect, _ request: Request) {
        guard request.count > 1 else { return }
        let key = key(request, 1)
        guard record(key) != nil else { return }
        switch effect {
        case .persist: records[key]?.expiry = nil
        case .getExpire: if let expiry = expiryOption(request, from: 2) { records[key]?.expiry = expiry }
        default:
            guard let number = request.integer(2) else { return }
            let moment = expiry(effect, number)
            if let now, let moment, moment <= now {
                records[key] = nil
            } else {
                records[key]?.expiry = Self.kept(moment)
            }
        }
    }

    /// A moment in milliseconds, computed in 64 bits that wrap around as in 2.8; nil where it is relative and the input
    /// has no times.
    private func expiry(_ effect: Effect, _ number: Int) -> Int64? {
        let number = Int64(number)
        switch effect {
        case .expire, .setExpiring: return now.map { $0 &+ number &* 1000 }
        case .expireMilliseconds, .setExpiringMilliseconds: return now.map { $0 &+ number }
        case .expireAt: return number &* 1000
        default: return number
        }
    }

    private func expiryOption(_ request: Request, from start: Int) -> Int64? {
        for index in start..<max(start, request.count) {
            guard let number = request.integer(index + 1) else { continue }
            if request.isWord(index, "EX") { return expiry(.expire, number) }
            if request.isWord(index, "PX") { return expiry(.expireMilliseconds, number) }
            if request.isWord(index, "EXAT") { return expiry(.expireAt, number) }
            if request.isWord(index, "PXAT") { return expiry(.expireAtMilliseconds, number) }
        }
        return nil
    }

    // MARK: SET and its kin

    private mutating func applySet(_ effect: Effect, _ request: Request) {
        switch effect {
        case .set: setWithOptions(request)
        case .setExpiring, .setExpiringMilliseconds:
            guard request.count > 3, let number = request.integer(2) else { return }
            replace(key(request, 1), string(request, 3), expiry: expiry(effect, number))
        case .setManyExpiring: setManyExpiring(request)
        case .setIfAbsent:
            guard request.count > 2, record(key(request, 1)) == nil else { return }
            replace(key(request, 1), string(request, 2))
        case .getSet:
            guard request.count > 2, isStringOrMissing(key(request, 1)) else { return }
            replace(key(request, 1), string(request, 2))
        default:
            guard request.count > 2, request.count % 2 == 1 else { return }
            let keys = stride(from: 1, to: request.count, by: 2)
            if effect == .setManyIfAbsent, keys.contains(where: { record(key(request, $0)) != nil }) { return }
            for index in keys { replace(key(request, index), string(request, index + 1)) }
        }
    }

    /// `MSETEX 2 k v l w EX 10`: a condition decided about the whole, and was met.
    private mutating func setManyExpiring(_ request: Request) {
        guard let number = request.integer(1), number > 0, request.count >= 2 + number * 2 else { return }
        let options = 2 + number * 2
        let isKept = (options..<max(options, request.count)).contains { request.isWord($0, "KEEPTTL") }
        let expiry = expiryOption(request, from: options)
        for index in stride(from: 2, to: options, by: 2) {
            let key = key(request, index)
            replace(key, string(request, index + 1), expiry: isKept ? record(key)?.expiry : expiry)
        }
    }

    private mutating func setWithOptions(_ request: Request) {
        guard request.count > 2 else { return }
        let key = key(request, 1)
        var expiry: Int64?
        if request.count > 3 {
            var keepsExpiry = false
            for index in 3..<request.count {
                if request.isWord(index, "NX"), record(key) != nil { return }
                if request.isWord(index, "XX"), record(key) == nil { return }
                if request.isWord(index, "KEEPTTL") { keepsExpiry = true }
                if request.isWord(index, "GET"), !isStringOrMissing(key) { return }
            }
            expiry = keepsExpiry ? record(key)?.expiry : expiryOption(request, from: 3)
        }
        replace(key, string(request, 2), expiry: expiry)
    }

    /// Whether a command that answers the old string is not refused for its type.
    private mutating func isStringOrMissing(_ key: Key) -> Bool {
        switch record(key)?.value {
        case nil, .string: true
        default: false
        }
    }

    mutating func string(_ request: Request, _ index: Int) -> ReplayedValue {
        .string(length: request.length(index), integer: integer(request, index))
    }
}
