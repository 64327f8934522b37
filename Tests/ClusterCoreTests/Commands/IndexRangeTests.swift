import Testing

@testable import ClusterCore

@Suite struct IndexRangeTests {
    @Test func `Ranges are those of an array, for every start and stop`() {
        for count in 0...6 {
            let indexes = Array(0..<count)
            for start in -8...8 {
                for stop in -8...8 {
                    let first = start < 0 ? start + count : start
                    let last = stop < 0 ? stop + count : stop
                    let expected = indexes.filter { $0 >= first && $0 <= last }
                    let range = IndexRange.normalized(start: Int64(start), stop: Int64(stop), count: count)
                    #expect(range.map(Array.init) ?? [] == expected, "\(start) to \(stop) of \(count)")
                    #expect(range?.isEmpty != true)
                }
            }
        }
    }

    @Test func `The furthest numbers are no trap`() {
        #expect(IndexRange.normalized(start: .min, stop: .max, count: 3) == 0..<3)
        #expect(IndexRange.normalized(start: .max, stop: .min, count: 3) == nil)
        #expect(IndexRange.normalized(start: .min, stop: .min, count: 3) == nil)
        #expect(IndexRange.normalized(start: .max, stop: .max, count: 3) == nil)
        #expect(IndexRange.normalized(index: .min, count: 3) == nil)
        #expect(IndexRange.normalized(index: .max, count: 3) == nil)
    }

    @Test func `An index counts from the end where it is negative`() {
        #expect((-5...4).map { IndexRange.normalized(index: $0, count: 3) } == [nil, nil, 0, 1, 2, 0, 1, 2, nil, nil])
        #expect(IndexRange.normalized(index: 0, count: 0) == nil)
    }
}
