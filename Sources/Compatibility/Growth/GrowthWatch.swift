/// Finds the values of an input that grow over the limit, mostly in one reading.
///
/// A ``GrowthScreen`` has an upper bound for every key. Where a bound comes over the limit, what the input has on the
/// bucket's keys so far is read once more, from the first command on them, and from there on they are replayed exactly
/// beside the first reading. Where that would be too much to read again, the keys are left for a last reading at the end
/// (``remainder()``). Of an input that comes only once all keys are followed from the start.
struct GrowthWatch: ~Copyable {
    private var screen: GrowthScreen
    private var replay: GrowthReplay
    private var trace: RereadableTrace?
    private let manner: Manner
    /// From which position on a bucket that was followed for a while is still to be reported.
    private var lostFrom: [Int: Int] = [:]
    /// How many bytes were read once more.
    private var bytesReread = 0

    /// How keys are followed.
    enum Manner {
        /// Not at all.
        case off
        /// Where their bound comes over the limit.
        case screened
        /// All of them: there will be no last reading.
        case all
    }

    /// So much may always be read once more.
    private static let freeBytes = 16 << 20
    /// And this part of the whole input.
    private static let rereadPart = 8

    /// - Parameters:
    ///   - trace: the input where it can be read once more from some place; nil leaves all suspects for the end.
    ///   - division: the screen's buckets; nil for one by the size of the trace.
    ///   - manner: how keys are followed.
    init(
        table: CommandTable, limit: Int, trace: RereadableTrace?, division: BucketDivision? = nil,
        _ manner: Manner = .screened
    ) {
        self.manner = manner
        let division = division ?? BucketDivision(inputBytes: trace?.totalBytes, limit: limit)
        screen = GrowthScreen(limit: limit, division: division)
        replay = GrowthReplay(
            table: table, limit: limit, division: division, tellsElementsApart: manner != .screened)
        self.trace = trace
    }

    /// Bytes of the whole input before the file that is read.
    var fileStart: Int { screen.fileStart }

    /// Begins with another file of the input.
    mutating func begin(_ trace: RereadableTrace?, fileStart: Int) {
        self.trace = trace
        screen.fileStart = fileStart
    }

    /// Whether more keys had to be followed than there is room for.
    var isOverfull: Bool { replay.isOverfull }

    /// Brings what a command will touch near the processor.
    @inline(__always)
    func foresee(_ request: Request) {
        if manner == .screened { screen.foresee(request) }
    }

    /// Takes note of a command.
    ///
    /// - Parameter row: its row in the catalog; -1 where no Redis has it.
    @inline(__always)
    mutating func note(_ row: Int, _ request: Request, _ place: Place, _ judge: inout Judge) {
        guard row >= 0 else { return }
        guard manner == .screened else {
            if manner == .all { replay.apply(row, request, place, &judge) }
            return
        }
        let effect = replay.table[row].effect
        screen.note(effect, request, place)
        if screen.isEventful { attend(row, effect, request, place, &judge) }
    }

    /// Takes note of a key of an RDB part.
    mutating func note(key: [UInt8], payload: Int, database: Int) {
        guard manner == .screened else { return }
        screen.note(key: key, payload: payload, database: database)
    }

    // MARK: Following

    /// Does what the screen asks for, and applies the command where its keys are followed.
    @inline(never)
    private mutating func attend(
        _ row: Int, _ effect: Effect, _ request: Request, _ place: Place, _ judge: inout Judge
    ) {
        if screen.hasSoughtElements, !replay.tellsElementsApart {
            tellElementsApart(place)
            screen.note(effect, request, place)
        }
        // What a command makes out of other values is exact only where all of them are followed.
        while !screen.halfFollowed.isEmpty {
            let all = screen.halfFollowed
            let isFollowed = all.allSatisfy { follow($0, place, &judge) }
            if !isFollowed { for bucket in all { lose(bucket, place) } }
            screen.note(effect, request, place)
        }
        var isTouched = screen.touchesFollowed
        for bucket in screen.newSuspects where follow(bucket, place, &judge) { isTouched = true }
        guard isTouched else { return }
        let (buckets, division) = (screen.buckets, screen.division)
        replay.apply(row, request, place, &judge) { buckets[division.bucket($0.hash)].isFollowed }
        let facts = replay.table[row]
        if facts.firstKey != 1 || facts.lastKey != 1 { forgetOthers(row, request) }
    }

    /// From here on lists are followed element by element; what was followed so far is left for the last reading.
    ///
    /// Most traces have no LREM and no LINSERT, and need not look at the elements of their lists.
    private mutating func tellElementsApart(_ place: Place) {
        for bucket in screen.followed() { lose(bucket, place) }
        replay.tellsElementsApart = true
    }

    /// Follows the keys of a bucket, and those that its values came from; false where that is too much to read again.
    private mutating func follow(_ bucket: Int, _ place: Place, _ judge: inout Judge) -> Bool {
        if screen.buckets[bucket].isFollowed { return true }
        guard let trace, !replay.isOverfull, !screen.isLinkListFull else { return false }
        let closure = screen.closure(of: [bucket])
        let here = GrowthOrigin(place, fileStart: fileStart)
        let origin = Self.origin(screen.buckets, closure, orBefore: here)
        let bytes = here.position - origin.position
        let allowance = max(Self.freeBytes, trace.totalBytes / Self.rereadPart)
        guard !origin.isStored, origin.position >= fileStart, bytesReread + bytes <= allowance else { return false }
        bytesReread += bytes
        if bytes > 0 { reread(trace, closure, origin, upTo: place.byteOffset, &judge) }
        for bucket in closure { screen.follow(bucket) }
        return true
    }

    private static func origin(
        _ buckets: UnsafeMutablePointer<GrowthBucket>, _ closure: [Int], orBefore end: GrowthOrigin
    ) -> GrowthOrigin {
        closure.reduce(end) { first, bucket in
            let origin = buckets[bucket].origin
            return origin.position < first.position || origin.isStored ? origin : first
        }
    }

    /// Replays what the input has on some buckets, and takes over those that are not followed yet.
    private mutating func reread(
        _ trace: RereadableTrace, _ closure: [Int], _ origin: GrowthOrigin, upTo end: Int, _ judge: inout Judge
    ) {
        var past = remainder(of: closure, from: origin, tellsElementsApart: replay.tellsElementsApart)
        let (buckets, start) = (screen.buckets, fileStart)
        trace.read(from: origin, fileStart: start, upTo: end) { row, request, place in
            past.apply(row, request, place, fileStart: start, &judge)
        }
        replay.take(past.replay) { past.buckets.contains($0) && !buckets[$0].isFollowed }
    }

    /// Gives up following a bucket's keys.
    private mutating func lose(_ bucket: Int, _ place: Place) {
        guard screen.buckets[bucket].isFollowed else { return }
        screen.lose(bucket, payload: replay.forget(bucket: bucket))
        lostFrom[bucket] = fileStart + place.byteOffset
    }

    /// Forgets what a command on several keys made of those that are not followed.
    private mutating func forgetOthers(_ row: Int, _ request: Request) {
        for key in GrowthReplay.keys(row, request) where !screen.buckets[replay.bucket(request, key)].isFollowed {
            replay.forget(request, key)
        }
    }

    // MARK: The rest

    /// The keys that still have to be replayed; nil where there are none.
    func remainder() -> GrowthRemainder? {
        let suspects = screen.suspects()
        guard !suspects.isEmpty else { return nil }
        let closure = screen.closure(of: suspects)
        let end = GrowthOrigin(position: .max, isStored: false)
        let origin = Self.origin(screen.buckets, closure, orBefore: end)
        return remainder(of: closure, from: origin, tellsElementsApart: true)
    }

    /// A replay of some buckets, which reports the growth that was not reported yet.
    private func remainder(
        of closure: [Int], from origin: GrowthOrigin, tellsElementsApart: Bool
    ) -> GrowthRemainder {
        var rest = GrowthRemainder(
            buckets: closure, origin: origin, lostFrom: lostFrom, isIncomplete: screen.isLinkListFull,
            replay: GrowthReplay(
                table: replay.table, limit: replay.limit, division: replay.division,
                tellsElementsApart: tellsElementsApart))
        for bucket in closure where screen.buckets[bucket].isFollowed { rest.doNotReport(bucket) }
        return rest
    }
}
