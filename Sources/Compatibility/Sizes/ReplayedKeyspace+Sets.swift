extension ReplayedKeyspace {
    mutating func applyToSet(_ effect: Effect, _ request: Request) {
        guard request.count > 1 else { return }
        switch effect {
        case .addMembers: addMembers(request)
        case .removeMembers: removeMembers(request)
        case .popMember: popMembers(request)
        case .moveMember: moveMember(request)
        default: storeSet(effect, request)
        }
    }

    private mutating func member(_ request: Request, _ index: Int) -> MemberTable.Member {
        MemberTable.Member(hash: hash(request, index), length: UInt32(clamping: request.length(index)))
    }

    /// Changes a set in place; see ``ReplayedKeyspace/change(_:_:_:)``.
    static func withSet(_ value: inout ReplayedValue, _ body: (inout MemberTable) -> Void) -> Bool {
        guard case .set(var members) = value else { return false }
        value = .foreign(.unknown)
        body(&members)
        value = .set(members)
        return true
    }

    private mutating func addMembers(_ request: Request) {
        var added: [MemberTable.Member] = []
        added.reserveCapacity(request.count)
        for index in 2..<max(2, request.count) { added.append(member(request, index)) }
        change(key(request, 1), .set(MemberTable())) { value in
            Self.withSet(&value) { members in for member in added { members.put(member) } }
        }
    }

    private mutating func removeMembers(_ request: Request) {
        var hashes: [UInt64] = []
        for index in 2..<max(2, request.count) { hashes.append(hash(request, index)) }
        change(key(request, 1), nil) { value in
            Self.withSet(&value) { members in for hash in hashes { members.remove(hash) } }
        }
    }

    /// Which members go is the server's choice and in no trace; some are taken, and the key is approximate from then on.
    private mutating func popMembers(_ request: Request) {
        let times = request.count > 2 ? request.integer(2) ?? 0 : 1
        let key = key(request, 1)
        change(key, nil) { value in
            Self.withSet(&value) { members in
                for _ in 0..<min(max(times, 0), members.count) { members.first.map { _ = members.remove($0.hash) } }
            }
        }
        records[key]?.isApproximate = true
    }

    private mutating func moveMember(_ request: Request) {
        guard request.count > 3 else { return }
        let moved = hash(request, 3)
        switch record(key(request, 2))?.value {
        case nil, .set: break
        default: return
        }
        var found: MemberTable.Member?
        change(key(request, 1), nil) { value in Self.withSet(&value) { found = $0.remove(moved) } }
        guard let found else { return }
        change(key(request, 2), .set(MemberTable())) { value in Self.withSet(&value) { $0.put(found) } }
    }

    private mutating func storeSet(_ effect: Effect, _ request: Request) {
        guard request.count > 2 else { return }
        var sources: [MemberTable] = []
        var isApproximate = false
        for index in 2..<request.count {
            let record = record(key(request, index))
            isApproximate = isApproximate || record?.isApproximate ?? false
            switch record?.value {
            case nil: sources.append(MemberTable())
            case .set(let members): sources.append(members)
            default: return
            }
        }
        let destination = key(request, 1)
        replace(destination, .set(Self.combined(effect, sources)))
        if isApproximate { records[destination]?.isApproximate = true }
    }

    private static func combined(_ effect: Effect, _ sources: [MemberTable]) -> MemberTable {
        var result = MemberTable()
        if effect == .unionStore {
            for source in sources { source.forEach { result.put($0) } }
            return result
        }
        sources[0].forEach { member in
            let others = sources.dropFirst()
            let isIn =
                effect == .intersectionStore
                ? others.allSatisfy { $0.find(member.hash) != nil } : !others.contains { $0.find(member.hash) != nil }
            if isIn { result.put(member) }
        }
        return result
    }
}
