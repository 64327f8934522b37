import Foundation

/// SplitMix64: the same numbers for the same seed, so that a failure can be had again.
///
/// `WIREFORMATS_SEED=1234 swift test` repeats a run whose failure printed that seed; `WIREFORMATS_FUZZ=100` makes the
/// random tests go on a hundred times as long.
struct SeededGenerator: RandomNumberGenerator {
    let seed: UInt64
    private var state: UInt64

    /// A generator with the seed of the environment, or a new one.
    init() {
        let given = ProcessInfo.processInfo.environment["WIREFORMATS_SEED"].flatMap { UInt64($0) }
        self.init(seed: given ?? UInt64.random(in: 0...UInt64.max))
    }

    init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// How often a random test tries: so many times, or as the environment wants.
    static func rounds(_ usual: Int) -> Int {
        let factor = ProcessInfo.processInfo.environment["WIREFORMATS_FUZZ"].flatMap { Int($0) }
        return usual * max(factor ?? 1, 1)
    }

    /// A number in 0 ..< `bound`; quicker in a debug build than `Int.random(in:using:)`.
    mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: (next() >> 33) % UInt64(bound))
    }

    /// So many bytes drawn from `alphabet`.
    mutating func bytes(_ count: Int, from alphabet: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for _ in 0..<count { bytes.append(alphabet[below(alphabet.count)]) }
        return bytes
    }

    /// `bytes` after one to three changes: a byte set, removed or repeated, a bit flipped, the end cut off.
    mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...below(3) where !bytes.isEmpty {
            let index = below(bytes.count)
            switch below(6) {
            case 0: bytes[index] = UInt8(truncatingIfNeeded: next())
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(bytes[index], at: index)
            case 3: bytes[index] ^= 1 << UInt8(below(8))
            case 4: bytes[index] = [0x00, 0xFF, 0x7F, 0x80][below(4)]
            default: bytes.removeLast(bytes.count - index)
            }
        }
        return bytes
    }
}
