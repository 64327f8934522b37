import Foundation

/// SplitMix64: the same numbers for the same seed, so that a failure can be had again.
///
/// `CLUSTERCTL_TEST_SEED=1234 swift test` repeats a run whose failure printed that seed.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    /// What the numbers follow from.
    package let seed: UInt64
    private var state: UInt64

    /// A generator with the seed of the environment, or a new one.
    package init() {
        let given = ProcessInfo.processInfo.environment["CLUSTERCTL_TEST_SEED"].flatMap { UInt64($0) }
        self.init(seed: given ?? UInt64.random(in: 0...UInt64.max))
    }

    /// A generator with a given seed.
    package init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number in 0 ..< `bound`; quicker in a debug build than `Int.random(in:using:)`.
    package mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: (next() >> 33) % UInt64(bound))
    }

    /// Whether one of so many equally likely things happens.
    package mutating func isOne(in count: Int) -> Bool { below(count) == 0 }

    /// One of several things.
    package mutating func one<Thing>(of things: [Thing]) -> Thing { things[below(things.count)] }

    /// So many bytes of any value.
    package mutating func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for _ in 0..<count { bytes.append(UInt8(truncatingIfNeeded: next())) }
        return bytes
    }
}
