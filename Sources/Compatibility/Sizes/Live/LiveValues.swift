import WireFormats

/// Measures the values of some keys of a running server.
///
/// A small collection is read as a whole, so that its size is that of one moment. A large one is read in windows, so
/// that the server is never blocked; where it changed meanwhile its size is approximate.
struct LiveValues: ~Copyable {
    /// One key with what was found.
    struct Measured {
        let key: [UInt8]
        /// As TYPE names it.
        var type: String
        /// Payload as the contract counts it; 0 for a type that has no size.
        var bytes = 0
        var isApproximate = false
        /// Whether the type is one that the contract gives a size.
        var isSized: Bool { LiveValues.shapes[type] != nil || type == "string" }
    }

    /// The commands for a collection.
    private struct Shape {
        let count: String
        /// Reads all of a small one.
        let whole: [String]
        /// Reads a window of a large one by cursor; nil reads by index.
        let scan: String?
        /// How many items of a reply make an element.
        let width: Int
        /// Bytes of an element that are not in the reply.
        let extra: Int
    }

    private static let shapes: [String: Shape] = [
        "list": Shape(count: "LLEN", whole: ["LRANGE", "0", "-1"], scan: nil, width: 1, extra: 0),
        "hash": Shape(count: "HLEN", whole: ["HGETALL"], scan: "HSCAN", width: 2, extra: 0),
        "set": Shape(count: "SCARD", whole: ["SMEMBERS"], scan: "SSCAN", width: 1, extra: 0),
        "zset": Shape(
            count: "ZCARD", whole: ["ZRANGE", "0", "-1"], scan: nil, width: 1, extra: ScoredMembers.scoreBytes),
    ]

    /// A collection of up to so many elements is read as a whole; a larger one in windows of so many.
    private static let window = 512
    /// How often a set or hash that changes while it is read is read again.
    private static let attempts = 3
    /// How many whole collections are asked for in one piece.
    private static let pipeline = 16

    /// Why a key could not be measured; the server is fine otherwise.
    private(set) var refusals = 0
    private(set) var firstRefusal: String?

    /// Measures keys; those that are not there are left out.
    mutating func measure(
        _ keys: [[UInt8]], _ server: inout LiveServer
    ) throws(ServerReplies.Failure) -> [Measured] {
        var found = try types(keys, &server)
        let counts = try counts(found, &server)
        var small: [Int] = []
        for index in found.indices {
            guard let count = counts[index] else {
                found[index].type = "none"
                continue
            }
            guard Self.shapes[found[index].type] != nil else {
                found[index].bytes = found[index].type == "string" ? count : 0
                continue
            }
            if count <= Self.window { small.append(index) } else { try measureLarge(&found[index], count, &server) }
        }
        var rest = small[...]
        while !rest.isEmpty {
            try measureSmall(Array(rest.prefix(Self.pipeline)), &found, &server)
            rest = rest.dropFirst(Self.pipeline)
        }
        return found.filter { $0.type != "none" }
    }

    // MARK: Types and counts

    private mutating func types(
        _ keys: [[UInt8]], _ server: inout LiveServer
    ) throws(ServerReplies.Failure) -> [Measured] {
        try server.send(keys.map { [Array("TYPE".utf8), $0] })
        var found: [Measured] = []
        for key in keys {
            switch try server.next() {
            case .status(let type): if type != "none" { found.append(Measured(key: key, type: type)) }
            case .error(let text): try note(text, "TYPE")
            default: throw LiveServer.unexpected("TYPE")
            }
        }
        return found
    }

    /// The number of elements, of bytes for strings; nil where the key cannot be read, 0 for a type without a size.
    private mutating func counts(
        _ found: [Measured], _ server: inout LiveServer
    ) throws(ServerReplies.Failure) -> [Int?] {
        let commands = found.map { $0.type == "string" ? "STRLEN" : Self.shapes[$0.type]?.count }
        let requests = zip(found, commands).compactMap { measured, command in
            command.map { [Array($0.utf8), measured.key] }
        }
        try server.send(requests)
        var counts: [Int?] = []
        for command in commands {
            guard let command else {
                counts.append(0)
                continue
            }
            switch try server.next() {
            case .integer(let number): counts.append(Int(number))
            case .error(let text):
                try note(text, command)
                counts.append(nil)
            default: throw LiveServer.unexpected(command)
            }
        }
        return counts
    }

    // MARK: Collections

    private mutating func measureSmall(
        _ indexes: [Int], _ found: inout [Measured], _ server: inout LiveServer
    ) throws(ServerReplies.Failure) {
        try server.send(
            indexes.map { index in
                let whole = Self.shapes[found[index].type]?.whole ?? []
                return [Array(whole[0].utf8), found[index].key] + whole.dropFirst().map { Array($0.utf8) }
            })
        for index in indexes {
            guard let shape = Self.shapes[found[index].type] else { continue }
            switch try server.next() {
            case .array(let count):
                found[index].bytes = try sum(count, &server) + count / shape.width * shape.extra
                // What was there a moment ago is gone.
                if count == 0 { found[index].type = "none" }
            case .error(let text):
                try note(text, shape.whole[0])
                found[index].type = "none"
            default: throw LiveServer.unexpected(shape.whole[0])
            }
        }
    }

    private mutating func measureLarge(
        _ measured: inout Measured, _ count: Int, _ server: inout LiveServer
    ) throws(ServerReplies.Failure) {
        guard let shape = Self.shapes[measured.type] else { return }
        guard let scan = shape.scan else { return try measureByIndex(&measured, shape, count, &server) }
        var expected = count
        for _ in 0..<Self.attempts {
            let (bytes, elements) = try scanAll(measured.key, scan, shape.width, &server)
            measured.bytes = bytes
            guard elements != expected else { return }
            guard let now = try counts([measured], &server)[0] else { break }
            expected = now
        }
        measured.isApproximate = true
    }

    private mutating func measureByIndex(
        _ measured: inout Measured, _ shape: Shape, _ count: Int, _ server: inout LiveServer
    ) throws(ServerReplies.Failure) {
        var elements = 0
        while true {
            let last = elements + Self.window - 1
            try server.send([
                [Array(shape.whole[0].utf8), measured.key, Array("\(elements)".utf8), Array("\(last)".utf8)]
            ])
            switch try server.next() {
            case .array(let received):
                measured.bytes += try sum(received, &server) + received * shape.extra
                elements += received
                guard received == Self.window else {
                    measured.isApproximate = elements != count
                    return
                }
            case .error(let text):
                try note(text, shape.whole[0])
                measured.isApproximate = true
                return
            default: throw LiveServer.unexpected(shape.whole[0])
            }
        }
    }

    private mutating func scanAll(
        _ key: [UInt8], _ command: String, _ width: Int, _ server: inout LiveServer
    ) throws(ServerReplies.Failure) -> (bytes: Int, elements: Int) {
        var cursor = Array("0".utf8)
        var bytes = 0
        var elements = 0
        repeat {
            try server.send([
                [Array(command.utf8), key, cursor, Array("COUNT".utf8), Array("\(Self.window)".utf8)]
            ])
            let page = try server.scanHead(command)
            bytes += try sum(page.count, &server)
            elements += page.count / width
            cursor = page.cursor
        } while cursor != Array("0".utf8)
        return (bytes, elements)
    }

    /// The lengths of the next items together.
    private func sum(_ count: Int, _ server: inout LiveServer) throws(ServerReplies.Failure) -> Int {
        var bytes = 0
        for _ in 0..<count {
            guard case .bulk(let length) = try server.next() else { throw LiveServer.unexpected("a request") }
            bytes += length
        }
        return bytes
    }

    /// An error that concerns one key alone is counted; any other ends the reading.
    private mutating func note(_ text: String, _ command: String) throws(ServerReplies.Failure) {
        guard text.hasPrefix("WRONGTYPE") || text.hasPrefix("LOCKED") else {
            throw ServerReplies.Failure(message: "the server answers \(command) with: \(text)")
        }
        refusals += 1
        firstRefusal = firstRefusal ?? text
    }
}
