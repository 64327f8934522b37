import TestSupport
import Testing

@Suite("clusterctl commands and explain") struct CatalogTests {
    @Test func `commands lists every command, and what is supported`() async throws {
        let all = try await Program.run("commands")
        #expect(all.status == 0)
        let lines = all.output.split(separator: "\n")
        #expect(lines.count > 400)
        #expect(lines.first?.hasPrefix("COMMAND ") == true)
        let supported = try await Program.run("commands", "--verdict", "supported", "--json")
        #expect(try JSONText(supported.output).elements.count == 107)
    }

    @Test func `filters join within one option and narrow across two`() async throws {
        let ending = try await Program.run(
            "commands", "--group", "pub-sub", "--group", "sorted-set", "--verdict", "refused", "--json")
        let rows = try JSONText(ending.output).elements
        #expect(rows.map { $0["name"].text }.contains("PSUBSCRIBE"))
        #expect(rows.allSatisfy { $0["verdict"].text == "refused" && $0["group"].text == "pub/sub" })
        #expect(rows.allSatisfy { $0["syntax"].isNull && $0["instead"].text != nil })
    }

    @Test func `the table in Markdown has the bars of a syntax escaped`() async throws {
        let ending = try await Program.run("commands", "--markdown", "--verdict", "supported")
        let lines = ending.output.split(separator: "\n")
        #expect(lines.count == 109)
        #expect(
            lines.contains {
                $0.hasPrefix("| `SET key value [EX seconds] [PX milliseconds] [NX\\|XX]` | supported | 1.0.0")
            })
    }

    @Test(arguments: [
        (["KEYSS"], "`clusterctl commands` lists them, `clusterctl rules` the rules"), (["GTE"], "did you mean GET?"),
        (["no-such-rule"], "there is no rule 'no-such-rule': `clusterctl rules` lists them"),
        (["key-to-long"], "there is no rule 'key-to-long': did you mean 'key-too-long'?"),
        (["CTL999"], "there is no rule 'CTL999': "), (["no-such", "x"], "no-such: no Redis has this command"),
    ])
    func `a name that there is not gets what there is, and nothing that is refused`(
        _ words: [String], _ expected: String
    ) async throws {
        let ending = try await Program(["explain"] + words).ending()
        #expect(ending.status == 1)
        #expect(ending.errorLines.count == 1)
        #expect(ending.errors.contains(expected), "\(ending)")
    }

    @Test(arguments: [["--verdict", "newest"], ["--group", "x"], ["--markdown", "--json"], ["GET"]])
    func `a bad filter is one line and status 2`(_ options: [String]) async throws {
        let ending = try await Program(["commands"] + options).ending()
        #expect(ending.status == 2)
        #expect(ending.errorLines.count == 1, "\(ending)")
    }

    @Test(arguments: [
        (
            ["SET"],
            ["SET key value [EX seconds] [PX milliseconds] [NX|XX]", "supported", "KEEPTTL (6.0.0)", "127 bytes"]
        ),
        (["client", "setinfo"], ["CLIENT SETINFO", "newer: it came with Redis 7.2.0"]),
        (["CLIENT", "SETINFO", "LIB-NAME", "x"], ["CLIENT SETINFO", "newer"]),
        (
            ["SET", "user:1", "v", "KEEPTTL"],
            ["newer-argument: KEEPTTL came with Redis 6.0.0", "user:1: slot 10778, 6 bytes"]
        ),
        (["set user:1 v"], ["request    supported", "slot 10778"]),
        (["GET"], ["words      2, the name counted"]),
        (["GET", "a", "b"], ["wrong number of words: it has 3"]),
        (["RENAME"], ["refused", "instead", "DUMP"]), (["EVAL"], ["unlisted"]),
        (["SLOWLOG"], ["SLOWLOG GET: refused"]), (["ZADD", "k", "-1", "m"], ["request    supported"]),
        (["SET", String(repeating: "k", count: 128), "v"], ["128 bytes, more than a key may have"]),
        (["SELECT", "3"], ["request    other-database: the Cluster edition has database 0 alone"]),
        (["GET", String(repeating: "k", count: 128)], ["request    refused: the key is too long"]),
    ])
    func `explain says what the contract says`(_ words: [String], _ parts: [String]) async throws {
        let ending = try await Program(["explain"] + words).ending()
        #expect(ending.status == 0, "\(ending)")
        for part in parts { #expect(ending.output.contains(part), "'\(part)' is not in: \(ending)") }
    }

    @Test func `explain does not repeat a secret`() async throws {
        let ending = try await Program.run("explain", "AUTH", "s3cr3t")
        #expect(ending.status == 0)
        #expect(!ending.output.contains("s3cr3t"))
    }

    @Test func `an unknown command has a suggestion and status 1`() async throws {
        let ending = try await Program.run("explain", "GTE")
        #expect(ending.status == 1)
        #expect(ending.errors == "clusterctl explain: GTE: no Redis has this command: did you mean GET?\n")
        let json = try await Program.run("explain", "GTE", "--json")
        #expect(json.status == 1)
        #expect(try JSONText(json.output)["suggestion"].text == "GET")
    }

    @Test func `explain as JSON has the row and the request`() async throws {
        let ending = try await Program.run("explain", "--json", "MSET", "a", "1", "{a}b", "2")
        let explanation = try JSONText(ending.output)
        #expect(explanation["name"].text == "MSET")
        #expect(explanation["verdict"].text == "supported")
        #expect(explanation["keys"]["step"].number == 2)
        #expect(explanation["limits"]["max_value_bytes"].number == 1_000_000)
        #expect(explanation["request"]["verdict"].text == "supported")
        #expect(explanation["request"]["keys"].elements.map { $0["slot"].number } == [15495, 15495])
    }
}

@Suite("clusterctl: help and wrong use") struct HelpTests {
    @Test func `the version is a line of its own`() async throws {
        let ending = try await Program.run("--version")
        #expect(ending.status == 0)
        #expect(ending.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil, "\(ending)")
    }

    @Test(arguments: [["frob"], ["--frob"], ["start", "--prot", "1"], ["status", "extra"]])
    func `a wrong use is one line and status 2`(_ arguments: [String]) async throws {
        let ending = try await Program(arguments).ending()
        #expect(ending.status == 2)
        #expect(ending.output.isEmpty)
        #expect(ending.errorLines.count == 1, "\(ending)")
    }

    @Test(arguments: [
        (["lint", "--fix", "x"], "--as"), (["lint", "--watch", "x"], "--output"), (["status", "--tail"], "--all"),
    ])
    func `an option that is far from what was typed is not suggested`(_ arguments: [String], _ far: String) async throws
    {
        let ending = try await Program(arguments).ending()
        #expect(ending.status == 2 && !ending.errors.contains(far) && !ending.errors.contains("mean"), "\(ending)")
        let near = try await Program.run("start", "--prot", "1")
        #expect(
            near.errors.contains("did you mean '--port'?") || near.errors.contains("Did you mean '--port'?"), "\(near)")
    }

    @Test func `a reader that goes away ends the program quietly`() async throws {
        let script = "\"$0\" commands --json | head -1; echo ${PIPESTATUS[0]}"
        let ending = try await Program.run(
            "exec", "--allow-no-requests", "--", "bash", "-c", script, Program.path)
        #expect(ending.output == "[\n141\n", "\(ending)")
        #expect(ending.errorLines == ["clusterctl exec: nothing was refused in 0 requests"])
    }
}
