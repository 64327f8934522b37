import Testing

@testable import clusterctl

@Suite struct OutputTests {
    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000")])
    func `numbers have their thousands apart`(_ number: Int, _ text: String) {
        #expect(Quantity.count(number) == text)
    }

    @Test(arguments: [
        (0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (10_240, "10.0 KiB"), (1_048_575, "1,023.9 KiB"),
        (1_048_576, "1.0 MiB"), (5_000_000_000, "4.6 GiB"),
    ])
    func `sizes have the unit that fits`(_ bytes: Int, _ text: String) {
        #expect(Quantity.bytes(bytes) == text)
    }

    @Test(arguments: [
        (0, "0 ms"), (999, "999 ms"), (59_999, "59 s"), (61_000, "1 min 1 s"), (7_260_000, "2 h 1 min"),
        (90_000_000, "1 d 1 h"),
    ])
    func `times have the units that fit`(_ milliseconds: Int, _ text: String) {
        #expect(Quantity.time(milliseconds: milliseconds) == text)
    }

    @Test func `a key is shown in one line, whatever is in it`() {
        #expect(Quantity.printable(Array("größe:1".utf8)) == "größe:1")
        #expect(Quantity.printable(Array("a\nb\u{1B}[31m".utf8)) == "a\\x0ab\\x1b[31m")
        #expect(Quantity.printable([0x61, 0xFF]) == "a\\xff")
        #expect(Quantity.printable(Array("0123456789".utf8), longest: 8) == "01234...")
    }

    @Test func `columns are as wide as their widest cell, and no line ends in spaces`() {
        var table = TextTable([("NAME", .left), ("N", .right), ("", .left)])
        table.add(["a", "1", "x"])
        table.add(["longer", "1,000", ""])
        #expect(table.lines() == ["NAME        N", "a           1  x", "longer  1,000"])
    }

    @Test func `colour changes no width`() {
        var table = TextTable([("V", .left), ("W", .left)])
        table.add(["refused", "x"])
        let lines = table.lines(Style(isColored: true)) { _, column, text in
            column == 0 ? Style(isColored: true).verdict("refused", text) : text
        }
        #expect(lines[1] == "\u{1B}[31mrefused\u{1B}[0m  x")
    }
}
