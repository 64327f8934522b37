import Glibc
import TestSupport
import Testing
import WireFormats

/// `clusterctl events`: what has happened, and the stream of what happens.
@Suite("clusterctl events")
struct EventsTests {
    private static func addEvent(_ cluster: Cluster, _ count: Int = 1) async throws {
        for _ in 0..<count {
            let ending = try await Program.run("fault", "--port", "\(cluster.port)", "remove", "all")
            #expect(ending.status == 0, "\(ending)")
        }
    }

    private static func numbers(_ output: String) throws -> [Int?] {
        try output.split(separator: "\n").map { try JSONText(String($0))["number"].number }
    }

    @Test func `followers get what is kept, then each event as it happens, until the cluster ends`() async throws {
        let cluster = try await Cluster("--replicas", "0")
        try await Self.addEvent(cluster, 2)
        let all = try Program(["events", "--port", "\(cluster.port)", "--follow", "--json"])
        let later = try Program(["events", "--port", "\(cluster.port)", "--follow", "--json", "--since", "1"])
        #expect(await isTrueSoon { all.output.split(separator: "\n").count == 2 })
        #expect(await isTrueSoon { later.output.split(separator: "\n").count == 1 })
        try await Self.addEvent(cluster)
        #expect(await isTrueSoon { all.output.split(separator: "\n").count == 3 })
        #expect(await isTrueSoon { later.output.split(separator: "\n").count == 2 })
        try await cluster.stop()
        for (program, first) in [(all, 1), (later, 2)] {
            let ending = try await program.ending()
            #expect(ending.status == 0, "\(ending)")
            #expect(ending.errors == "the cluster has ended\n", "\(ending)")
            #expect(try Self.numbers(ending.output) == Array(first...3), "\(ending)")
        }
    }

    @Test func `a cluster that is killed ends the stream with status 3`() async throws {
        let cluster = try await Cluster("--replicas", "0")
        try await Self.addEvent(cluster)
        let follower = try Program(["events", "--port", "\(cluster.port)", "--follow"])
        #expect(await isTrueSoon { follower.output.contains("fault: 0 removed") })
        cluster.program.send(SIGKILL)
        _ = try await cluster.program.ending()
        let ending = try await follower.ending()
        #expect(ending.status == 3, "\(ending)")
        #expect(ending.errorLines.count == 1 && ending.errors.contains("has closed the connection"), "\(ending)")
    }

    @Test func `a reader that is too slow is told so in a last line, and holds nobody up`() async throws {
        let folder = Folder()
        let cluster = try await Cluster("--replicas", "0", "--admin-socket", folder.path("admin"))
        let slow = try Client(path: folder.path("admin"))
        #expect(try slow.ask("FOLLOW") == "OK")
        let admin = try Client(path: folder.path("admin"))
        let count = 6_000
        for _ in 0..<count { #expect(try admin.ask("FAULT", "REMOVE", "ALL") == "0") }
        var last = 0
        var line = ""
        while line.isEmpty {
            switch try slow.receive() {
            case .array(let fields):
                #expect(fields[1] == .integer(Int64(last + 1)))
                last += 1
            case let reply: line = reply.line
            }
        }
        #expect(line.hasPrefix("ERR the reader is too slow: events \(last + 1) to "), "\(line) behind event \(last)")
        #expect(line.hasSuffix("are not kept any more: ask anew with FOLLOW"), "\(line)")
        #expect(last < count)
        #expect(throws: SocketFailure.self) { try slow.receive() }
        try await cluster.stop()
    }

    @Test func `a list begins behind a number, or some time ago`() async throws {
        let cluster = try await Cluster("--replicas", "0", "--clock", "manual")
        let port = "\(cluster.port)"
        try await Self.addEvent(cluster)
        #expect(try await Program.run("clock", "--port", port, "advance", "10m").status == 0)
        try await Self.addEvent(cluster)
        for (since, expected) in [("0", [1, 2]), ("1", [2]), ("2", []), ("5m", [2]), ("1h", [1, 2])] {
            let ending = try await Program.run("events", "--port", port, "--json", "--since", since)
            #expect(ending.status == 0, "\(ending)")
            #expect(try Self.numbers(ending.output) == expected, "--since \(since): \(ending)")
        }
        let status = try await Program.run("status", "--port", port, "--json")
        #expect(try JSONText(status.output)["events"].elements.map { $0["number"].number } == [1, 2])
        let text = try await Program.run("status", "--port", port)
        #expect(text.output.contains("\nevents\n"), "\(text)")
        try await cluster.stop()
    }

    @Test(arguments: [("99", "there is no event 99, the last one is 0"), ("soon", "write the number of an event")])
    func `a beginning that cannot be is one line and status 2`(_ since: String, _ words: String) async throws {
        let cluster = try await Cluster("--replicas", "0")
        for options in [[], ["--follow"]] {
            let ending = try await Program(["events", "--port", "\(cluster.port)", "--since", since] + options).ending()
            #expect(ending.status == 2, "\(ending)")
            #expect(ending.errorLines.count == 1 && ending.errors.contains(words), "\(ending)")
        }
        try await cluster.stop()
    }
}
