extension ReplayedKeyspace {
    mutating func applyToHash(_ effect: Effect, _ request: Request) {
        guard request.count > 2 else { return }
        switch effect {
        case .setFields: setFields(request, from: 2)
        case .setFieldIfAbsent:
            guard request.count > 3 else { return }
            let field = field(request, 2)
            change(key(request, 1), .hash(MemberTable())) { value in
                Self.withHash(&value) { fields in if fields.find(field.hash) == nil { fields.put(field) } }
            }
        case .removeFields: removeFields(request, from: 2)
        case .setFieldsExpiring:
            setFields(request, from: namedFields(request))
            expireFields(request)
        case .removeNamedFields: removeFields(request, from: namedFields(request))
        case .expireFields: expireFields(request)
        case .incrementField: incrementField(request)
        default: incrementFieldByFloat(request)
        }
    }

    /// Changes a hash in place; see ``ReplayedKeyspace/change(_:_:_:)``.
    static func withHash(_ value: inout ReplayedValue, _ body: (inout MemberTable) -> Void) -> Bool {
        guard case .hash(var fields) = value else { return false }
        value = .foreign(.unknown)
        body(&fields)
        value = .hash(fields)
        return true
    }

    /// The field at an argument with the value behind it.
    private mutating func field(_ request: Request, _ index: Int) -> MemberTable.Member {
        var field = MemberTable.Member(hash: hash(request, index), length: UInt32(clamping: request.length(index)))
        field.valueLength = UInt32(clamping: request.length(index + 1))
        if let number = integer(request, index + 1) {
            field.integer = number
            field.isInteger = true
        }
        return field
    }

    /// Where the fields of `HSETEX key PXAT 1 FIELDS 2 f v g w` begin.
    private func namedFields(_ request: Request) -> Int {
        for index in 2..<max(2, request.count) where request.isWord(index, "FIELDS") { return index + 2 }
        return request.count
    }

    /// Fields of a key have a time to live from now on, as far as they are there.
    private mutating func expireFields(_ request: Request) {
        let key = key(request, 1)
        guard case .hash = record(key)?.value else { return }
        records[key]?.isApproximate = true
        records[key]?.hasExpiringFields = true
    }

    private mutating func removeFields(_ request: Request, from start: Int) {
        guard start < request.count else { return }
        var hashes: [UInt64] = []
        for index in start..<request.count { hashes.append(hash(request, index)) }
        change(key(request, 1), nil) { value in
            Self.withHash(&value) { fields in for hash in hashes { fields.remove(hash) } }
        }
    }

    private mutating func setFields(_ request: Request, from start: Int) {
        guard request.count > start + 1, (request.count - start) % 2 == 0 else { return }
        var set: [MemberTable.Member] = []
        set.reserveCapacity((request.count - start) / 2)
        for index in stride(from: start, to: request.count, by: 2) { set.append(field(request, index)) }
        change(key(request, 1), .hash(MemberTable())) { value in
            Self.withHash(&value) { fields in for field in set { fields.put(field) } }
        }
    }

    private mutating func incrementField(_ request: Request) {
        guard request.count > 3, let amount = request.integer(3) else { return }
        var field = MemberTable.Member(hash: hash(request, 2), length: UInt32(clamping: request.length(2)))
        change(key(request, 1), .hash(MemberTable())) { value in
            Self.withHash(&value) { fields in
                let old = fields.find(field.hash)
                guard old?.isInteger ?? true else { return }
                let (sum, overflow) = (old?.integer ?? 0).addingReportingOverflow(Int64(amount))
                guard !overflow else { return }
                field.integer = sum
                field.isInteger = true
                field.valueLength = UInt32(Self.digits(sum))
                fields.put(field)
            }
        }
    }

    /// HINCRBYFLOAT, which an append-only file has as HSET; the old digits behind the point are not known.
    private mutating func incrementFieldByFloat(_ request: Request) {
        guard request.count > 3 else { return }
        let key = key(request, 1)
        let text = String(decoding: request.copy(3, limit: 64), as: UTF8.self)
        var field = MemberTable.Member(hash: hash(request, 2), length: UInt32(clamping: request.length(2)))
        change(key, .hash(MemberTable())) { value in
            Self.withHash(&value) { fields in
                let old = fields.find(field.hash)
                if old?.isInteger ?? true, let sum = FloatText.sum(old?.integer ?? 0, text) {
                    field.valueLength = UInt32(clamping: sum.utf8.count)
                    field.isInteger = Int64(sum) != nil
                    field.integer = Int64(sum) ?? 0
                } else {
                    field.valueLength = max(old?.valueLength ?? 0, UInt32(min(text.utf8.count, 20)))
                }
                fields.put(field)
            }
        }
        records[key]?.isApproximate = true
    }
}
