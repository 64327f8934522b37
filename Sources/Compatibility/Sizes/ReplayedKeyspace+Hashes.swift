extension ReplayedKeyspace {
    mutating func applyToHash(_ effect: Effect, _ request: Request) {
        guard request.count > 2 else { return }
        switch effect {
        case .setFields: setFields(request)
        case .setFieldIfAbsent:
            guard request.count > 3 else { return }
            let field = field(request, 2)
            change(key(request, 1), .hash(MemberTable())) { value in
                Self.withHash(&value) { fields in if fields.find(field.hash) == nil { fields.put(field) } }
            }
        case .removeFields:
            var hashes: [UInt64] = []
            for index in 2..<request.count { hashes.append(hash(request, index)) }
            change(key(request, 1), nil) { value in
                Self.withHash(&value) { fields in for hash in hashes { fields.remove(hash) } }
            }
        case .incrementField: incrementField(request)
        default: incrementFieldByFloat(request)
        }
    }

    /// Changes a hash in place; see ``ReplayedKeyspace/change(_:_:_:)``.
    static func withHash(_ value: inout ReplayedValue, _ body: (inout MemberTable) -> Void) -> Bool {
        guard case .hash(var fields) = value else { return false }
        value = .foreign
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

    private mutating func setFields(_ request: Request) {
        guard request.count > 3, request.count % 2 == 0 else { return }
        var set: [MemberTable.Member] = []
        set.reserveCapacity(request.count / 2)
        for index in stride(from: 2, to: request.count, by: 2) { set.append(field(request, index)) }
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
