/// Ranges and lengths of arguments, in memory that is used again for each request.
struct RangeList: ~Copyable {
    private var rangeMemory: UnsafeMutableBufferPointer<Range<Int>>
    private var lengthMemory: UnsafeMutablePointer<Int>
    private(set) var count = 0

    init() {
        rangeMemory = .allocate(capacity: 64)
        lengthMemory = .allocate(capacity: 64)
    }

    deinit {
        rangeMemory.deallocate()
        lengthMemory.deallocate()
    }

    /// Valid until the list is changed.
    @inline(__always)
    var ranges: UnsafeBufferPointer<Range<Int>> {
        UnsafeBufferPointer(start: rangeMemory.baseAddress, count: count)
    }

    /// Valid until the list is changed.
    @inline(__always)
    var lengths: UnsafePointer<Int> { UnsafePointer(lengthMemory) }

    @inline(__always)
    mutating func removeAll() { count = 0 }

    @inline(__always)
    mutating func append(_ range: Range<Int>, length: Int) {
        if count == rangeMemory.count { grow() }
        rangeMemory.initializeElement(at: count, to: range)
        (lengthMemory + count).initialize(to: length)
        count += 1
    }

    @inline(never)
    private mutating func grow() {
        let ranges = UnsafeMutableBufferPointer<Range<Int>>.allocate(capacity: rangeMemory.count * 2)
        let lengths = UnsafeMutablePointer<Int>.allocate(capacity: rangeMemory.count * 2)
        for index in 0..<count {
            ranges.initializeElement(at: index, to: rangeMemory[index])
            (lengths + index).initialize(to: lengthMemory[index])
        }
        rangeMemory.deallocate()
        lengthMemory.deallocate()
        rangeMemory = ranges
        lengthMemory = lengths
    }
}
