/// A place in source code that makes a client, and what its arguments say.
struct ClientConstruction {
    /// Where the call begins, in bytes of the file.
    let place: Range<Int>
    /// The arguments, in the text without spaces.
    let arguments: Range<Int>
    /// Whether arguments come from elsewhere: a variable with the options, a list or a table that is spread.
    let isOpen: Bool

    /// How each library's clients are made, without spaces.
    private static let calls: [ClientLibrary: [String]] = [
        .redisPy: ["Redis(", "StrictRedis(", "from_url(", "ConnectionPool(", "RedisCluster("],
        .nodeRedis: ["createClient(", "createCluster(", "createSentinel(", "createClientPool("],
        .ioredis: ["newRedis(", "newIORedis(", "newioredis(", "newValkey(", "newCluster(", "newRedis.Cluster("],
        .redisClient: ["RedisClient.new", "RedisClient.config"],
    ]

    /// The places of a file that make clients of a library, in their order.
    static func all(of library: ClientLibrary, in code: CodeText) -> [ClientConstruction] {
        var found: [ClientConstruction] = []
        for call in calls[library] ?? [] {
            let word = Array(call.utf8)
            var index = 0
            while let start = code.find(word, from: index) {
                index = start + word.count
                guard start == 0 || !isPartOfName(code.bytes[start - 1]) else { continue }
                if let construction = ClientConstruction(code, start: start, end: index) { found.append(construction) }
            }
        }
        return found.sorted { $0.place.lowerBound < $1.place.lowerBound }
    }

    private static func isPartOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"):
            true
        default: false
        }
    }

    private init?(_ code: CodeText, start: Int, end: Int) {
        var first = end
        let isOpened = code.bytes[end - 1] == UInt8(ascii: "(")
        if !isOpened {
            // Ruby: the name alone, arguments in brackets, or arguments up to the end of the line.
            guard end == code.bytes.count || !Self.isPartOfName(code.bytes[end]) || code.bytes[end] != UInt8(ascii: "_")
            else { return nil }
            if end < code.bytes.count, code.bytes[end] == UInt8(ascii: "(") { first = end + 1 }
        }
        let isBracketed = isOpened || first > end
        let last = isBracketed ? Self.closing(code, first) : Self.lineEnd(code, first)
        arguments = first..<max(first, last)
        let lastByte = max(start, end - (isOpened ? 2 : 1))
        place = Int(code.offsets[start])..<Int(code.offsets[lastByte]) + 1
        isOpen = Self.isOpen(code, arguments)
    }

    /// Where the bracket closes that was opened before an index.
    private static func closing(_ code: CodeText, _ start: Int) -> Int {
        var depth = 0
        var quote: UInt8 = 0
        var index = start
        while index < code.bytes.count {
            let byte = code.bytes[index]
            if quote != 0 {
                if byte == UInt8(ascii: "\\") { index += 1 } else if byte == quote { quote = 0 }
            } else {
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): quote = byte
                case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
                case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                    if depth == 0 { return index }
                    depth -= 1
                default: break
                }
            }
            index += 1
        }
        return index
    }

    /// The end of a line; one that ends with a comma goes on with the next.
    private static func lineEnd(_ code: CodeText, _ start: Int) -> Int {
        var index = start
        while index < code.bytes.count {
            if code.bytes[index] == UInt8(ascii: "\n"), index == start || code.bytes[index - 1] != UInt8(ascii: ",") {
                return index
            }
            index += 1
        }
        return index
    }

    private static func isOpen(_ code: CodeText, _ arguments: Range<Int>) -> Bool {
        let text = code.bytes[arguments]
        guard !text.isEmpty else { return false }
        if code.has([["..."], ["**"]], in: arguments) { return true }
        // A name alone, as in `createClient(options)` and `Redis.new(config.redis)`.
        return text.allSatisfy { isPartOfName($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") || $0 == 10 }
    }
}
