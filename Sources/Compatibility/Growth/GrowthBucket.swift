/// What is known of the keys that fall into one bucket of a ``GrowthScreen``: an upper bound of the payload of each.
///
/// Trivial, 64 bytes; all zero is a bucket that no key has used.
struct GrowthBucket: BitwiseCopyable {
    /// What the commands on the keys were made for.
    ///
    /// One that meets another type fails, so no element goes away by it.
    enum Kind: UInt8, BitwiseCopyable {
        case unknown
        case string
        case list
        case members
        /// Several of them.
        case mixed
    }

    /// What was added, in bytes; stays at the largest number.
    var sum: UInt32 = 0
    /// The longest value or element that was put.
    var longest: UInt32 = 0
    /// How many elements there are at most; stays at the largest number.
    var count: UInt32 = 0
    /// Bits of the one key's hash; 0 where there is none.
    var tag: UInt32 = 0
    var kind = Kind.unknown
    /// Whether several keys use the bucket: then nothing that makes one of them smaller counts.
    var isShared = false
    /// Whether a bound was over the limit once, so that the keys have to be replayed.
    var isSuspect = false
    /// Whether the keys are replayed exactly from here on; nothing else is then kept up.
    var isFollowed = false
    /// Where the members of the one key are told apart; 0 where they are not.
    var distinct: UInt16 = 0
    /// Before this the keys were not there, as far as the input tells.
    var origin = GrowthOrigin(position: 0, isStored: false)
    /// The number of FLUSHALLs before the keys were used; what was there before a later one is gone.
    var epoch = 0

    /// Whether the members of the one key are told apart.
    @inline(__always)
    var isDistinct: Bool { distinct != 0 }

    /// No value of the bucket's keys is larger.
    @inline(__always)
    var bound: Int {
        let added = Int(sum) + Int(longest)
        return count == .max ? added : min(added, Int(count) * Int(longest))
    }

    /// Notes that a key uses the bucket; returns whether it is alone.
    @inline(__always)
    mutating func use(_ tag: UInt32, _ place: Place, fileStart: Int) -> Bool {
        if self.tag == tag { return !isShared }
        if self.tag == 0 {
            self.tag = tag
            begin(place, fileStart: fileStart)
            return true
        }
        isShared = true
        return false
    }

    @inline(__always)
    mutating func note(_ kind: Kind) {
        guard self.kind != kind else { return }
        self.kind = self.kind == .unknown ? kind : .mixed
    }

    @inline(__always)
    mutating func add(bytes: Int, longest: Int, elements: Int) {
        sum = UInt32(clamping: Int(sum) + bytes)
        self.longest = max(self.longest, UInt32(clamping: longest))
        count = UInt32(clamping: Int(count) + elements)
    }

    /// The one key is gone, or begins anew.
    @inline(__always)
    mutating func clear(_ place: Place, fileStart: Int) {
        empty()
        begin(place, fileStart: fileStart)
    }

    /// The keys are not there before this place, unless a last reading has to find what they were.
    @inline(__always)
    private mutating func begin(_ place: Place, fileStart: Int) {
        if !isSuspect { origin = GrowthOrigin(place, fileStart: fileStart) }
    }

    /// All keys are gone.
    mutating func renew(_ epoch: Int) {
        self.epoch = epoch
        tag = 0
        isShared = false
        empty()
    }

    private mutating func empty() {
        (sum, longest, count) = (0, 0, 0)
        kind = .unknown
    }

    /// Of the one key's list so many elements are left at most.
    mutating func keep(elements: Int) {
        guard elements > 0 else { return empty() }
        guard elements < count else { return }
        count = UInt32(elements)
        // What went away may have been the longest, or not: the bound by number takes over from the sum.
        sum = UInt32(clamping: min(Int(sum), elements * Int(longest)))
    }
}
