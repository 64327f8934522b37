import Testing

@Suite("clusterctl fault") struct FaultCommandTests {
    @Test(arguments: [
        (["add", "fail", "--time", "5s"], "fail has no TIME"),
        (["add", "delay", "--time", "5ms", "--line", "ERR x"], "delay has no LINE"),
        (["list", "--share", "0.5"], "--share is for add"), (["remove", "all", "--for", "5s"], "--for is for add"),
        (["add", "delay", "--time", "5ms", "--for", "-1"], "write seconds"),
    ])
    func `an option that a fault or an action has not is refused`(_ arguments: [String], _ part: String) async throws {
        let cluster = try await Cluster()
        let ending = try await Program(["fault", "--port", "\(cluster.port)"] + arguments).ending()
        #expect(ending.status == 2 && ending.output.isEmpty, "\(ending)")
        #expect(ending.errorLines.count == 1 && ending.errors.contains(part), "\(ending)")
        try await cluster.stop()
    }

    @Test func `an error that begins with a minus is taken as it is`() async throws {
        let cluster = try await Cluster()
        let port = "\(cluster.port)"
        let added = try await Program.run("fault", "--port", port, "add", "fail", "--line", "-1 is what I say")
        #expect(added.status == 0, "\(added)")
        #expect(try cluster.client().ask("GET", "a") == "-1 is what I say")
        try await cluster.stop()
    }
}
