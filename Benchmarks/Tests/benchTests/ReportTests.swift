import Testing

@testable import bench

private let two = Figure.median(of: [2])
private let four = Figure.median(of: [4])

@Test func `a ratio is the first figure by the second and is held against the budget`() {
    let row = Row("GET", two, four, budget: .ratioAtMost(0.45))
    #expect(row.ratio == 0.5)
    #expect(row.isMet == false)
    #expect(Row("GET", two, four, budget: .ratioAtMost(0.5)).isMet == true)
    #expect(Row("GET", two, two, budget: .ratioAbove(1)).isMet == false)
    #expect(Row("GET", two, four).isMet == nil)
}

@Test func `a limit in milliseconds is held against the first figure alone`() {
    #expect(Row("longest", four, two, budget: .below(5, unit: "ms")).isMet == true)
    #expect(Row("longest", four, two, budget: .below(4, unit: "ms")).isMet == false)
}

@Test func `a report names what it missed and marks it in the table`() {
    let rows = [Row("GET", two, four, budget: .ratioAtMost(0.45)), Row("SET", two, four)]
    let table = Table(title: "CPU time", unit: "µs", rows: rows)
    let report = PartReport(part: .throughput, circumstances: "Idle.", tables: [table])
    #expect(report.missed == ["CPU time: GET"])
    let text = Markdown.text(of: report)
    #expect(text.contains("| GET |       2.00 | 2.00–2.00 |         4.00 | 4.00–4.00 |"))
    #expect(text.contains("≤ 0.45 | **missed** |"))
}
