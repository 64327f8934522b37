import TestSupport
import Testing
import WireFormats

/// `clusterctl exec --load`: the data that the command finds, apart from what it does.
@Suite("clusterctl exec --load") struct ExecLoadTests {
    @Test func `what a load loses is a section of its own, and no request of the command`() async throws {
        let folder = Folder()
        let log = folder.write(
            "log.aof",
            ["SELECT 0", "SET a 1", "XADD s * f v", "SELECT 2", "SET b 1", "SELECT 0", "SET c 3"].flatMap { line in
                RequestEncoder.encode(line.split(separator: " ").map { Array($0.utf8) })
            })
        let report = folder.path("report.json")
        let ending = try await Program.run(
            "exec", "--load", log, "--report", report, "--", "bash", "-c",
            "exec 3<>/dev/tcp/$REDIS_HOST/$REDIS_PORT; printf 'GET a\\r\\nGET c\\r\\n' >&3; head -n 4 <&3")
        #expect(ending.status == 0, "\(ending)")
        let lines = ending.errorLines
        try #require(lines.count == 4, "\(ending)")
        #expect(lines[0] == "clusterctl exec: --load \(log): 3 commands, 2 skipped")
        #expect(lines[1...2].contains("  skipped 'b': it is in database 2, and there is only database 0"), "\(ending)")
        #expect(lines[1...2].contains { $0.hasPrefix("  skipped 's': ERR unknown command 'XADD'") }, "\(ending)")
        #expect(lines[3] == "clusterctl exec: nothing was refused in 2 requests")
        let object = try JSONText(folder.read("report.json"))
        #expect(object["refused"].number == 0 && object["requests"].number == 2)
        #expect(object["load"]["not_kept"].number == 2)
        #expect(Set(object["load"]["examples"].elements.map { $0["key"].text }) == ["s", "b"])
    }

    @Test func `of a damaged file nothing is said to be imported, and nothing is run`() async throws {
        let folder = Folder()
        let log = folder.write(
            "log.aof", RequestEncoder.encode(["SET", "a", "1"].map { Array($0.utf8) }) + Array("nonsense\r\n".utf8))
        for strict in [[], ["--strict"]] {
            let ending = try await Program(["exec", "--load", log] + strict + ["--", "echo", "ran"]).ending()
            #expect(ending.status == 3 && ending.output.isEmpty, "\(ending)")
            #expect(ending.errorLines.count == 1 && !ending.errors.contains("is imported:"), "\(ending)")
            #expect(ending.errors.contains("at byte 27"), "\(ending)")
            #expect(!ending.errors.contains("before it"), "\(ending)")
        }
    }
}
