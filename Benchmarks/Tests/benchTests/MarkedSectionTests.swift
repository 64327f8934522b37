import Testing

@testable import bench

@Test func `parts that were measured are replaced and the others are kept, in the order of the parts`() throws {
    let document = "before\n<!-- bench:begin -->\n<!-- bench:end -->\nafter\n"
    let first = try MarkedSection.replacing([.stall: "stall 1\n", .memory: "memory 1\n"], in: document)
    let second = try MarkedSection.replacing([.memory: "memory 2\n", .throughput: "throughput 1\n"], in: first)
    #expect(
        second == """
            before
            <!-- bench:begin -->

            <!-- bench:part throughput -->
            throughput 1

            <!-- bench:part memory -->
            memory 2

            <!-- bench:part stall -->
            stall 1

            <!-- bench:end -->
            after

            """
    )
}

@Test func `a document without the marks is not touched`() {
    #expect(throws: Failure.self) { try MarkedSection.replacing([:], in: "no marks") }
}
