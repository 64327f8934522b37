/// Requests that one thread has read and another one judges: where they stand in a mapped part of the file, or in a copy of
/// their bytes.
///
/// Filled by one thread, then read by another; the queue between them hands it over.
///
/// Sendable, unchecked: ``BatchQueue`` gives a batch to one thread at a time.
final class RequestBatch: @unchecked Sendable {
    /// One request.
    struct Entry {
        var place: Place
        /// Where it begins: in the mapped part, or in the copy.
        var offset: Int
        /// Its first argument in the lists, and how many there are.
        var first: Int
        var count: Int
        /// How long it is in the input.
        var bytes: Int
        var isFromClient: Bool
    }

    /// The part of the file that all requests of the batch stand in; nil where they are copied.
    private var mapped: MappedFile?
    private var memory: UnsafeMutableRawBufferPointer = .allocate(byteCount: 2 * RequestBatch.fullBytes, alignment: 16)
    private var used = 0
    private var entries: [Entry] = []
    private var ranges: [Range<Int>] = []
    private var lengths: [Int] = []
    private var notation = Request.Notation.plain
    /// How many stored bytes of the input had been read when the batch was handed over.
    var storedBytes = 0

    /// A batch of so many bytes or requests is handed over: to wake the other thread more often costs more than a second one
    /// of these gains.
    private static let fullBytes = 2 << 20
    private static let fullCount = 3_000

    deinit { memory.deallocate() }

    var isEmpty: Bool { entries.isEmpty }
    var isFull: Bool { used >= Self.fullBytes || entries.count >= Self.fullCount }

    /// Takes requests of one window of a stream from now on.
    func begin(_ window: MappedFile?) {
        precondition(isEmpty)
        mapped = window
    }

    /// Adds a request that stands in the first `bytes` bytes from its base on.
    @inline(__always)
    func append(_ request: Request, _ place: Place, bytes: Int, isFromClient: Bool) {
        notation = request.notation
        entries.append(
            Entry(
                place: place, offset: offset(request, bytes), first: ranges.count, count: request.count, bytes: bytes,
                isFromClient: isFromClient))
        ranges.append(contentsOf: request.ranges)
        if let real = request.lengths {
            // Those before it, whose lengths are as they are written, may have left them out.
            if lengths.count < ranges.count - request.count { fillLengths(upTo: ranges.count - request.count) }
            lengths.append(contentsOf: UnsafeBufferPointer(start: real, count: request.count))
        } else if !lengths.isEmpty {
            fillLengths(upTo: ranges.count)
        }
        used &+= size(request, bytes)
    }

    @inline(never)
    private func fillLengths(upTo count: Int) {
        for index in lengths.count..<count { lengths.append(ranges[index].count) }
    }

    /// How many bytes from a request's base on are its own: all of the input's, but where it is cut off.
    @inline(__always)
    private func size(_ request: Request, _ bytes: Int) -> Int {
        request.notation == .truncated ? request.ranges[request.count - 1].upperBound : bytes
    }

    @inline(__always)
    private func offset(_ request: Request, _ bytes: Int) -> Int {
        if let start = mapped?.bytes.baseAddress { return request.base - start }
        let bytes = size(request, bytes)
        if used &+ bytes > memory.count { makeRoom(for: bytes) }
        UnsafeMutableRawBufferPointer(rebasing: memory[used...]).copyMemory(
            from: UnsafeRawBufferPointer(start: request.base, count: bytes))
        return used
    }

    @inline(never)
    private func makeRoom(for bytes: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: (used + bytes) * 2, alignment: 16)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<used]))
        memory.deallocate()
        memory = larger
    }

    /// Calls `body` with each request, in order, and `foresee` with each one while the one before is still to do.
    @inline(__always)
    func forEach(
        foresee: (Request) -> Void, _ body: (Request, Place, _ bytes: Int, _ isFromClient: Bool) -> Void
    ) {
        guard let base = mapped?.bytes.baseAddress ?? UnsafeRawPointer(memory.baseAddress) else { return }
        ranges.withUnsafeBufferPointer { ranges in
            lengths.withUnsafeBufferPointer { lengths in
                func request(_ index: Int) -> Request {
                    let (first, count) = (entries[index].first, entries[index].count)
                    return Request(
                        base: base + entries[index].offset,
                        ranges: UnsafeBufferPointer(rebasing: ranges[first..<first &+ count]),
                        lengths: lengths.isEmpty ? nil : lengths.baseAddress.map { $0 + first }, notation: notation)
                }
                for index in entries.indices {
                    if index &+ 1 < entries.count { foresee(request(index &+ 1)) }
                    let entry = entries[index]
                    body(request(index), entry.place, entry.bytes, entry.isFromClient)
                }
            }
        }
    }

    /// Forgets everything but the memory.
    func removeAll() {
        entries.removeAll(keepingCapacity: true)
        ranges.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        used = 0
        mapped = nil
    }
}
