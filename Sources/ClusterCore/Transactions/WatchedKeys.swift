/// The keys that one connection watches, each once.
///
/// Many lie in parts, so that they can be let go part by part and none of it takes long.
struct WatchedKeys {
    private var parts: [Set<[UInt8]>] = [[]]
    /// How many there are.
    private(set) var count = 0
    /// What they take, about.
    private(set) var byteCount = 0

    /// Up to so many keys are let go at once.
    static let mostUndivided = 1_024
    /// So many parts that one of as many keys as the default limit allows has a few hundred.
    private static let partCount = 256
    /// What a watched key takes beside twice its bytes, about: a copy of it here, and its record with its watchers in the
    /// shard's table.
    private static let bytesPerKey = 192

    /// What a key takes, about.
    static func size(of key: [UInt8]) -> Int { 2 * key.count + bytesPerKey }

    /// Whether they are too many to be let go at once.
    var isDivided: Bool { parts.count > 1 }

    func contains(_ key: [UInt8]) -> Bool { parts[part(of: key)].contains(key) }

    mutating func insert(_ key: [UInt8]) {
        guard parts[part(of: key)].insert(key).inserted else { return }
        count += 1
        byteCount += Self.size(of: key)
        if !isDivided, count > Self.mostUndivided { divide() }
    }

    private func part(of key: [UInt8]) -> Int {
        guard isDivided else { return 0 }
        return Int(key.withByteView { KeyHash.hash($0) } % UInt64(Self.partCount))
    }

    private mutating func divide() {
        let all = parts[0]
        parts = [Set<[UInt8]>](repeating: [], count: Self.partCount)
        for key in all { parts[part(of: key)].insert(key) }
    }

    func forEach(_ body: (ByteView) -> Void) {
        for part in parts { for key in part { key.withByteView(body) } }
    }

    /// Takes out some of the keys; nil where there are none left.
    mutating func removePart() -> Set<[UInt8]>? {
        while let part = parts.popLast() {
            guard !part.isEmpty else { continue }
            count -= part.count
            for key in part { byteCount -= Self.size(of: key) }
            return part
        }
        return nil
    }
}
