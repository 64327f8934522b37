import Testing

@testable import bench

@Test func `without options everything is measured five times`() throws {
    let options = try Options([])
    #expect(options.parts == Part.allCases)
    #expect(options.rounds == 5)
}

@Test func `a quick run takes two rounds unless told otherwise`() throws {
    #expect(try Options(["--quick"]).rounds == 2)
    #expect(try Options(["--rounds", "3", "--quick"]).rounds == 3)
}

@Test(arguments: [["--only", "speed"], ["--rounds", "0"], ["--rounds", "five"], ["--write"], ["--fast"]])
func `a word that means nothing is refused`(arguments: [String]) {
    #expect(throws: Failure.self) { try Options(arguments) }
}
