import Testing

@testable import bench

@Test func `the median of an even number of samples lies between the middle two`() {
    #expect(Figure.median(of: [4, 1, 3, 2]).value == 2.5)
    #expect(Figure.median(of: [9, 1, 3]).value == 3)
}

@Test func `a percentile is the smallest sample that the share does not exceed`() {
    let sorted = (1...10_000).map(Double.init)
    #expect(Figure.percentile(0.9999, ofSorted: sorted) == 9999)
    #expect(Figure.percentile(1, ofSorted: sorted) == 10_000)
    #expect(Figure.percentile(0.5, ofSorted: [7]) == 7)
}
