import SystemCalls
import WireFormats

extension KeySource {
    /// Reads some keys, all at once as far as it goes.
    func add(_ names: ArraySlice<[UInt8]>) throws(Failure) {
        var rest = names
        while usesDump == nil, let name = rest.popFirst() { try probe(name) }
        guard usesDump == true else { return try addByType(rest) }
        try send(rest.flatMap { [Self.request("PTTL", $0), Self.request("DUMP", $0)] })
        for name in rest {
            let expiry = expiry(try connection.next())
            try addDump(name, expiry, try connection.next())
        }
    }

    /// Looks whether the server's DUMP can be used, by a key that is there.
    private func probe(_ name: [UInt8]) throws(Failure) {
        try send([Self.request("PTTL", name), Self.request("DUMP", name)])
        let expiry = expiry(try connection.next())
        let reply = try connection.next()
        switch reply {
        case .nullBulk: noteMissing()
        case .bulk(let dump) where append(name, expiry, dump): usesDump = true
        default:
            usesDump = false
            try addByType([name])
        }
    }

    private func addDump(_ name: [UInt8], _ expiry: Int64?, _ reply: Reply) throws(Failure) {
        switch reply {
        case .nullBulk: noteMissing()
        case .bulk(let dump) where append(name, expiry, dump): break
        case .error(let line): try refuse(name, "DUMP", line)
        default: throw unknown("DUMP")
        }
    }

    private func append(_ name: [UInt8], _ expiry: Int64?, _ dump: [UInt8]) -> Bool {
        let isAdded = name.withUnsafeBytes { key in
            dump.withUnsafeBytes { writer.append(key: key, expiry: expiry, dump: $0) }
        }
        if isAdded { findings.keys? += 1 }
        return isAdded
    }

    /// Reads keys with the commands of their types.
    private func addByType(_ names: ArraySlice<[UInt8]>) throws(Failure) {
        var found: [(name: [UInt8], shape: Shape, expiry: Int64?)] = []
        try send(names.flatMap { [Self.request("TYPE", $0), Self.request("PTTL", $0)] })
        for name in names {
            let type = try connection.next()
            let expiry = expiry(try connection.next())
            switch type {
            case .status(let word) where word == Array("none".utf8): noteMissing()
            case .status(let word):
                let type = String(decoding: word, as: UTF8.self)
                if let shape = Shape.of[type] {
                    found.append((name, shape, expiry))
                } else {
                    findings.refusals.add(
                        name, type == "stream" ? "Redis 2.8 has no streams" : "it is a value of a module, \(type)")
                }
            case .error(let line): try refuse(name, "TYPE", line)
            default: throw unknown("TYPE")
            }
        }
        try send(found.map { $0.shape.request($0.name) })
        var replies: [Reply] = []
        for _ in found { replies.append(try connection.next()) }
        for (key, reply) in zip(found, replies) { try addValue(key.name, key.shape, key.expiry, reply) }
    }

    private func addValue(
        _ name: [UInt8], _ shape: Shape, _ expiry: Int64?, _ reply: Reply
    ) throws(Failure) {
        let items: [[UInt8]]
        switch reply {
        case .bulk(let bytes): items = [bytes]
        case .array(let replies): items = try allItems(name, shape, replies.compactMap(\.bulkBytes))
        case .nullBulk: items = []
        case .error(let line): return try refuse(name, shape.command, line)
        default: throw unknown(shape.command)
        }
        guard !items.isEmpty else {
            noteMissing()
            return
        }
        guard items.count.isMultiple(of: shape.width), let scores = Self.scores(items, shape) else {
            throw unknown(shape.command)
        }
        findings.keys? += 1
        name.withUnsafeBytes { key in
            writer.append(key: key, expiry: expiry) { writer in
                writer.begin(shape.kind, count: items.count / shape.width)
                for (index, item) in items.enumerated() where shape.kind != .sortedSet || index.isMultiple(of: 2) {
                    item.withUnsafeBytes { bytes in
                        if shape.kind == .sortedSet {
                            writer.append(bytes, score: scores[index / 2])
                        } else {
                            writer.append(bytes)
                        }
                    }
                }
            }
        }
    }

    /// The elements of a value of which the first page is there.
    private func allItems(_ name: [UInt8], _ shape: Shape, _ first: [[UInt8]]) throws(Failure) -> [[UInt8]] {
        var items = first
        guard shape.kind == .list else { return items }
        while items.count.isMultiple(of: Shape.listPage), !items.isEmpty {
            guard case .array(let more) = try connection.ask(Shape.nextPage(name, from: items.count)), !more.isEmpty
            else { break }
            items += more.compactMap(\.bulkBytes)
        }
        return items
    }

    /// The scores of a sorted set's reply, none of another value's; nil where one is no number.
    private static func scores(_ items: [[UInt8]], _ shape: Shape) -> [Double]? {
        guard shape.kind == .sortedSet else { return [] }
        var scores: [Double] = []
        for index in stride(from: 1, to: items.count, by: 2) {
            guard let score = Double(String(decoding: items[index], as: UTF8.self)), !score.isNaN else { return nil }
            scores.append(score)
        }
        return scores
    }

    /// How the values of a type are asked for.
    private struct Shape {
        let kind: ObjectKind
        let command: String
        var arguments: [String] = []
        /// How many items of the reply make an element.
        var width = 1

        /// So many elements of a list are asked for at once.
        static let listPage = 10_000

        /// By the name that TYPE has.
        static let of: [String: Shape] = [
            "string": Shape(kind: .string, command: "GET"),
            "list": Shape(kind: .list, command: "LRANGE", arguments: ["0", "\(listPage - 1)"]),
            "set": Shape(kind: .set, command: "SMEMBERS"),
            "hash": Shape(kind: .hash, command: "HGETALL", width: 2),
            "zset": Shape(kind: .sortedSet, command: "ZRANGE", arguments: ["0", "-1", "WITHSCORES"], width: 2),
        ]

        func request(_ name: [UInt8]) -> [[UInt8]] {
            [Array(command.utf8), name] + arguments.map { Array($0.utf8) }
        }

        static func nextPage(_ name: [UInt8], from start: Int) -> [[UInt8]] {
            [Array("LRANGE".utf8), name, Array("\(start)".utf8), Array("\(start + listPage - 1)".utf8)]
        }
    }

    /// Notes that a key is not there: one that SCAN has named has gone meanwhile, as keys do.
    private func noteMissing() {
        if case .list = pages { findings.missing += 1 }
    }

    private static func request(_ command: String, _ name: [UInt8]) -> [[UInt8]] { [Array(command.utf8), name] }

    private func send(_ requests: [[[UInt8]]]) throws(Failure) {
        var bytes: [UInt8] = []
        for request in requests { RequestEncoder.append(request, to: &bytes) }
        if !bytes.isEmpty { try connection.send(bytes) }
    }

    /// Notes a key that cannot be read; where that goes for all, ends.
    private func refuse(_ name: [UInt8], _ command: String, _ line: [UInt8]) throws(Failure) {
        guard !RequestConnection.asksForPassword(String(decoding: line, as: UTF8.self)) else {
            throw Failure("\(self.name) \(RequestConnection.passwordAdvice)", .unreachable)
        }
        findings.refusals.add(name, "the server answers \(command) with: \(Quantity.printable(line, longest: 120))")
    }

    /// The instant of expiry that PTTL's answer means; nil for none, and for one that does not fit 64 bits: 2.8 takes the
    /// sum, which wraps around, for none.
    private func expiry(_ reply: Reply) -> Int64? {
        guard case .integer(let left) = reply, left >= 0 else { return nil }
        let (expiry, overflows) = WallClock.milliseconds().addingReportingOverflow(left)
        return overflows ? nil : expiry
    }
}

extension Reply {
    /// What a bulk holds; nil for another reply.
    var bulkBytes: [UInt8]? {
        if case .bulk(let bytes) = self { bytes } else { nil }
    }
}
