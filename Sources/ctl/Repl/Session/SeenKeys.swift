import CommandCatalog
import WireFormats

/// The names of keys that a session has had to do with, for completion: the last ones, each once.
struct SeenKeys {
    private(set) var names: [[UInt8]] = []
    private var known: Set<[UInt8]> = []

    private static let most = 1000

    /// Keeps the keys of a request that was answered, and those that KEYS lists.
    mutating func note(_ request: [[UInt8]], _ reply: Reply) {
        var bytes: [UInt8] = []
        var places: [Range<Int>] = []
        for word in request {
            places.append(bytes.count..<bytes.count + word.count)
            bytes += word
        }
        guard let command = Catalog.row(in: bytes.span, arguments: places.span) else { return }
        for index in command.facts.keys.indexes(in: bytes.span, arguments: places.span) where index < request.count {
            add(request[index])
        }
        guard command.name == "KEYS", case .array(let elements) = reply else { return }
        for case .bulk(let name) in elements.prefix(Self.most) { add(name) }
    }

    private mutating func add(_ name: [UInt8]) {
        guard name.count <= 512, known.insert(name).inserted else { return }
        names.append(name)
        if names.count > Self.most { known.remove(names.removeFirst()) }
    }
}
