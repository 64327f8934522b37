/// The hash by which tables find records: seeded a process, so that nobody can prepare keys that collide.
///
/// Multiply-and-fold over 8-byte words, as the wyhash family does it: some 3 ns for a key of 16 bytes.
enum KeyHash {
    /// Both factors of every product are mixed with a secret: with a known one, a key could make its factor zero.
    private static let seeds = makeSeeds()
    private static let chosenSeed = Locked<UInt64?>(nil)
    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Lets all hashes of this process follow from a seed, and with them the order of tables.
    ///
    /// Without effect once something was hashed.
    static func choose(seed: UInt64) { chosenSeed.withLock { $0 = seed } }

    private static func makeSeeds() -> (UInt64, UInt64) {
        guard let seed = chosenSeed.withLock({ $0 }) else {
            return (.random(in: .min ... .max), .random(in: .min ... .max))
        }
        var generator = SmallGenerator(seed: seed)
        return (generator.next(), generator.next())
    }

    /// The hash of some bytes; every bit of it is usable.
    @inline(__always)
    static func hash(_ bytes: ByteView) -> UInt64 {
        let raw = UnsafeRawPointer(bytes.start)
        let count = bytes.count
        if count <= 16 {
            let (low, high) = ends(raw, count)
            return finished(low, high, state: seeds.0, count: count)
        }
        return hashLong(raw, count)
    }

    private static func hashLong(_ raw: UnsafeRawPointer, _ count: Int) -> UInt64 {
        var state = seeds.0
        var offset = 0
        while count - offset > 16 {
            let low = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let high = raw.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
            state = folded(low ^ seeds.1, high ^ state)
            offset += 16
        }
        let low = raw.loadUnaligned(fromByteOffset: count - 16, as: UInt64.self)
        let high = raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
        return finished(low, high, state: state, count: count)
    }

    /// Two words that together hold all of at most 16 bytes, overlapping where there are fewer.
    @inline(__always)
    private static func ends(_ raw: UnsafeRawPointer, _ count: Int) -> (UInt64, UInt64) {
        if count >= 8 {
            return (
                raw.loadUnaligned(as: UInt64.self),
                raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
            )
        }
        if count >= 4 {
            return (
                UInt64(raw.loadUnaligned(as: UInt32.self)),
                UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
            )
        }
        if count == 0 { return (0, 0) }
        let first = UInt64(raw.load(as: UInt8.self))
        let middle = UInt64(raw.load(fromByteOffset: count >> 1, as: UInt8.self))
        let last = UInt64(raw.load(fromByteOffset: count - 1, as: UInt8.self))
        return (first << 16 | middle << 8 | last, 0)
    }

    @inline(__always)
    private static func finished(_ low: UInt64, _ high: UInt64, state: UInt64, count: Int) -> UInt64 {
        let mixed = folded(low ^ seeds.1, high ^ state)
        return folded(mixed ^ seeds.0, UInt64(truncatingIfNeeded: count) ^ multiplier)
    }

    @inline(__always)
    private static func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
