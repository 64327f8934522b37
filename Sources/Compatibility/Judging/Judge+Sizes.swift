import CommandCatalog

/// What is too large: keys, values, whole requests.
extension Judge {
    @inline(__always)
    mutating func judgeSizes(_ row: CommandTable.Row, _ request: Request, _ place: Place, _ bytes: Int) {
        if row.firstKey > 0 {
            if bytes > suspectKey { judgeKeys(row, request, place) }
        } else if row.hasMovingKeys, bytes > suspectKey {
            judgeMovingKeys(row, request, place)
        }
        if bytes > suspectValue || row.isLookedInto { judgeValues(row, request, place, bytes) }
    }

    @inline(__always)
    private mutating func judgeKeys(_ row: CommandTable.Row, _ request: Request, _ place: Place) {
        var key = Int(row.firstKey)
        let last = row.lastKey >= 0 ? min(Int(row.lastKey), request.count - 1) : request.count + Int(row.lastKey)
        while key <= last {
            if request.length(key) > suspectKey { noteKey(row, key, request, place) }
            key += Int(row.keyStep)
        }
    }

    @inline(never)
    private mutating func judgeMovingKeys(_ row: CommandTable.Row, _ request: Request, _ place: Place) {
        let layout = Catalog.all[Int(row.index)].facts.keys
        for key in layout.indexes(in: Self.buffer(request).span, arguments: request.ranges.span)
        where key < request.count && request.length(key) > suspectKey {
            noteKey(row, key, request, place)
        }
    }

    @inline(never)
    private mutating func noteKey(_ row: CommandTable.Row, _ key: Int, _ request: Request, _ place: Place) {
        let length = request.length(key)
        noteSize(length, limit: longestKey, rule: .keyTooLong, what: "key", row, key, key, request, place)
    }

    @inline(never)
    private mutating func judgeValues(_ row: CommandTable.Row, _ request: Request, _ place: Place, _ bytes: Int) {
        if bytes >= contract.maxRequestBytes / 2 { judgeRequestSize(row, request, place) }
        if row.effect == .restore { judgePayload(row, request, place) }
        guard row.isWrite, row.effect != .restore else { return }
        let key = row.firstKey > 0 ? Int(row.firstKey) : nil
        switch row.effect {
        case .setRange:
            guard let offset = request.integer(2), request.count > 3, request.length(3) > 0 else { return }
            guard offset >= 0, offset < 512 << 20 else { return }
            noteValue(offset + request.length(3), row, key, 2, request, place)
        case .setBit:
            guard let offset = request.integer(2), offset >= 0, offset < 4 << 30 else { return }
            noteValue(offset / 8 + 1, row, key, 2, request, place)
        default:
            for argument in 2..<max(2, request.count) where request.length(argument) > suspectValue {
                noteValue(request.length(argument), row, key, argument, request, place)
            }
        }
    }

    private mutating func noteValue(
        _ bytes: Int, _ row: CommandTable.Row, _ key: Int?, _ argument: Int, _ request: Request, _ place: Place
    ) {
        let isPair = row.effect == .setMany || row.effect == .setManyIfAbsent
        let key = isPair ? argument - 1 : key
        noteSize(bytes, limit: largestValue, rule: .valueTooLarge, what: "value", row, key, argument, request, place)
    }

    private mutating func noteSize(
        _ bytes: Int, limit: Int, rule: RuleNumber, what: String, _ row: CommandTable.Row, _ key: Int?, _ argument: Int,
        _ request: Request, _ place: Place
    ) {
        let isNear = bytes <= limit
        if isNear, options.nearLimitPercent.map({ bytes * 100 < limit * $0 }) ?? true { return }
        add(
            isNear ? .nearLimit : rule, command: Int(row.index), detail: what.utf8.count, key: key, value: bytes,
            argument: argument, request, place
        ) {
            var words = Words(
                rule: isNear ? .nearLimit : rule == .keyTooLong ? .keyTooLong : .valueTooLarge,
                command: Catalog.all[Int(row.index)].name, detail: what,
                message: isNear
                    ? "a \(what) of \(bytes) bytes is near the limit of \(limit)"
                    : "a \(what) of \(bytes) bytes: the limit is \(limit)")
            words.measure = Finding.Measure(value: bytes, limit: limit)
            return words
        }
    }

    private mutating func judgeRequestSize(_ row: CommandTable.Row, _ request: Request, _ place: Place) {
        let bytes = request.wireBytes
        guard bytes >= contract.maxRequestBytes else { return }
        let limit = contract.maxRequestBytes
        add(.requestTooLarge, command: Int(row.index), value: bytes, request, place) {
            var words = Words(
                rule: .requestTooLarge, command: Catalog.all[Int(row.index)].name,
                message: "a request of \(bytes) bytes: it has to stay under \(limit)")
            words.measure = Finding.Measure(value: bytes, limit: limit)
            return words
        }
    }
}
