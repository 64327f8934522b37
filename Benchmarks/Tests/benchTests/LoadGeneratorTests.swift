import Testing

@testable import bench

@Test func `the rate is the second column even if the command holds a comma`() throws {
    let output = """
        WARNING: Could not fetch server CONFIG
        "test","rps","avg_latency_ms","min_latency_ms","p50_latency_ms","p95_latency_ms","p99_latency_ms","max_latency_ms"
        "SET a,b c","181818.19","3.729","0.456","3.303","6.559","6.631","6.647"

        """
    #expect(try LoadGenerator.requestsPerSecond(in: output) == 181818.19)
}

@Test func `output without a figure is a failure`() {
    #expect(throws: Failure.self) { try LoadGenerator.requestsPerSecond(in: "Error from server: ERR\n") }
}
