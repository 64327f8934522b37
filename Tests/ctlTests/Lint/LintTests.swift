import Compatibility
import Glibc
import TestSupport
import Testing

@Suite("clusterctl lint, rules and explain RULE") struct LintTests {
    private let folder = Folder()

    private func lint(_ arguments: String..., environment: [String: String] = [:]) async throws -> Program.Ending {
        try await Program(["lint"] + arguments, environment: environment).ending()
    }

    private func script(_ lines: String...) -> String {
        folder.write("load.redis", lines.joined(separator: "\n") + "\n")
    }

    @Test func `a script without a finding ends with 0`() async throws {
        let ending = try await lint(script("SET a 1", "GET a"))
        #expect(ending.status == 0, "\(ending)")
        #expect(ending.output.hasPrefix("nothing found in 2 commands of 1 input"))
    }

    @Test func `a refused command is shown with its line and ends with 1`() async throws {
        let ending = try await lint("--isolated", script("SET a 1", "KEYS *"))
        #expect(ending.status == 1, "\(ending)")
        #expect(ending.output.contains("error[CTL001 refused-command]"))
        #expect(ending.output.contains("load.redis:2:1\n  |\n2 | KEYS *\n  | ^^^^\n"), "\(ending)")
    }

    @Test func `every format says the same and ends the same`() async throws {
        let path = script("KEYS *")
        for format in [
            "text", "concise", "json", "jsonl", "sarif", "junit", "github", "markdown", "gitlab", "checkstyle",
        ] {
            let ending = try await lint("--output", format, path)
            #expect(ending.status == 1, "\(format): \(ending)")
            #expect(ending.output.contains("CTL001"), "\(format): \(ending)")
        }
    }

    @Test func `several formats in one run go to their files`() async throws {
        let sarif = folder.path("out.sarif")
        let junit = folder.path("out.xml")
        let ending = try await lint("--output", "sarif=\(sarif)", "--output", "junit=\(junit)", script("KEYS *"))
        #expect(ending.status == 1)
        #expect(ending.output.hasPrefix("error[CTL001"))
        #expect(try JSONText(folder.read("out.sarif"))["version"].text == "2.1.0")
        #expect(folder.read("out.xml").hasPrefix("<?xml"))
    }

    @Test func `the statistics are the commands' counts`() async throws {
        let ending = try await lint("--stats", "--json", script("set a 1", "SET b 2", "CLIENT LIST"))
        let commands = try JSONText(ending.output)["commands"]
        #expect(commands["set"].number == 2)
        #expect(commands["client|list"].number == 1)
    }

    @Test func `what is below fail-on is reported and ends with 0`() async throws {
        folder.write("config.toml", "[severity]\nrefused-command = \"warning\"\n")
        let options = ["--config", folder.path("config.toml"), "--output", "concise"]
        let path = script("KEYS *")
        let strict = try await Program(["lint"] + options + [path]).ending()
        #expect(strict.status == 1, "\(strict)")
        let lax = try await Program(["lint"] + options + ["--fail-on", "error", path]).ending()
        #expect(lax.status == 0, "\(lax)")
        #expect(lax.output.contains("warning CTL001"))
    }

    @Test(arguments: [([], 0), (["--fail-on", "note"], 1)] as [([String], Int32)])
    func `a note alone ends with 0 unless notes are asked for`(options: [String], status: Int32) async throws {
        folder.write("a.py", "import redis\nredis.Redis(protocol=2).get('k')\n")
        let ending = try await Program(["lint", "--isolated"] + options + [folder.path("a.py")]).ending()
        #expect(ending.status == status, "\(ending)")
        #expect(ending.output.hasPrefix("note[CTL015 library-handshake]: redis-py sends CLIENT SETINFO"))
    }

    @Test func `guesses alone do not end with 0 unless somebody has said that they do not count`() async throws {
        folder.write("a.py", "from acme import store  # over redis\nstore.xlen('k')\n")
        let arguments = ["lint", "--isolated", folder.path("a.py")]
        let ending = try await Program(arguments).ending()
        #expect(ending.status == 1, "\(ending)")
        #expect(ending.output.contains("1 of low confidence not shown: --confidence low shows them, --confidence high"))
        #expect(try await Program(arguments + ["--confidence", "high"]).ending().status == 0)
        let shown = try await Program(arguments + ["--confidence", "low"]).ending()
        #expect(shown.status == 1)
        #expect(shown.output.contains("XLEN"))
    }

    @Test func `a missing file ends with 3 and one line`() async throws {
        let ending = try await lint(folder.path("absent.monitor"))
        #expect(ending.status == 3, "\(ending)")
        #expect(ending.errorLines.count == 1)
    }

    @Test(arguments: [
        ["--output", "yaml", "x"], ["--output", "json=/tmp/x", "--output", "text=/tmp/x", "x"],
        ["--output", "text", "--json", "x"], ["--as", "pcap", "x"],
        ["--disable", "refused", "x"], ["--fail-on", "fatal", "x"], ["--baseline", "/absent/baseline", "x"],
        ["--config", "/absent.toml", "x"], ["--diff-base", "no-such-revision", "x"], ["--near-limit", "0", "x"],
        ["--output", "sarif=/absent/folder/x", "x"], ["--config", "/dev/null", "--isolated", "x"],
    ])
    func `a wrong use is one line and status 2`(_ arguments: [String]) async throws {
        let ending = try await Program(["lint"] + arguments).ending()
        #expect(ending.status == 2, "\(ending)")
        #expect(ending.errorLines.count == 1, "\(ending)")
    }

    @Test func `a wrong key of the configuration is named with its line`() async throws {
        let config = folder.write("config.toml", "[limits]\nkey-byte = 3\n")
        let ending = try await lint("--config", config, script("GET a"))
        #expect(ending.status == 2)
        #expect(ending.errors.contains("config.toml:2: there is no key 'limits.key-byte': did you mean 'key-bytes'?"))
    }

    @Test func `a baseline takes out what it holds and no more`() async throws {
        let baseline = folder.path("baseline")
        let written = try await lint("--write-baseline", baseline, script("KEYS *"))
        #expect(written.status == 0, "\(written)")
        let same = try await lint("--baseline", baseline, script("GET a", "KEYS *"))
        #expect(same.status == 0, "\(same)")
        let more = try await lint("--baseline", baseline, script("KEYS *", "KEYS *"))
        #expect(more.status == 1, "\(more)")
        let fewer = try await lint("--baseline", baseline, script("GET a"))
        #expect(fewer.status == 0)
        #expect(fewer.errors.contains("1 finding of the baseline not there any more"))
    }

    @Test func `GitHub's step summary gets the table`() async throws {
        let summary = folder.write("summary.md", "before\n")
        let ending = try await lint(
            "--output", "github", script("KEYS *"), environment: ["GITHUB_STEP_SUMMARY": summary])
        #expect(ending.output.hasPrefix("::error file="), "\(ending)")
        #expect(folder.read("summary.md").hasPrefix("before\n### clusterctl: 1 error"))
    }

    @Test func `rules lists each rule, and explain explains it by either of its names`() async throws {
        let rules = try JSONText(try await Program.run("rules", "--json").output).elements
        #expect(rules.count == Rule.all.count)
        for rule in rules {
            let name = try #require(rule["name"].text)
            let byName = try await Program.run("explain", name)
            #expect(byName.status == 0, "\(byName)")
            #expect(try await Program.run("explain", rule["rule"].text?.lowercased() ?? "").output == byName.output)
        }
        #expect(try await Program.run("rules").output.hasPrefix("RULE "))
    }

    @Test(arguments: ["explain GET", "rules", "commands --json", "lint --isolated \"$0\"", "sizes \"$0\"", "--help"])
    func `a stdout that is full or closed is told, and no file gets what was meant for it`(
        _ command: String
    ) async throws {
        let script = folder.write("x.redis", "KEYS *\n")
        for redirection in [">/dev/full", ">&-"] {
            let ending = try await Program(
                ["-c", "\"$CLUSTERCTL\" \(command) \(redirection)", script], environment: ["CLUSTERCTL": Program.path],
                executable: "/bin/sh"
            ).ending()
            #expect(ending.status == 3, "\(redirection): \(ending)")
            #expect(ending.errors.contains("clusterctl: the output cannot be written: "), "\(ending)")
        }
        #expect(folder.read("x.redis") == "KEYS *\n")
    }

    @Test(arguments: [["sizes"], ["lint", "--isolated"], ["import"], ["start", "--port", "0", "--load"]])
    func `an address of something else than Redis is refused in one line`(_ command: [String]) async throws {
        let ending = try await Program(command + ["https://me:Zq7Kx9w3Rt@example.com/dump.rdb"]).ending()
        #expect(ending.status == (command[0] == "sizes" || command[0] == "lint" ? 3 : 2), "\(ending)")
        #expect(ending.errorLines.count == 1)
        #expect(ending.errors.contains("an address with https:// is not read: name a file, or a server as redis://"))
        #expect(!ending.errors.contains("Zq7K"))
    }

    @Test func `sizes of a script's log end as the lint's do`() async throws {
        let key = String(repeating: "k", count: 128)
        let log = folder.write("x.monitor", "1795394106.974517 [0 127.0.0.1:59752] \"SET\" \"\(key)\" \"v\"\n")
        let ending = try await Program.run("sizes", "--json", log)
        #expect(ending.status == 1, "\(ending)")
        let violation = try JSONText(ending.output)["violations"][0]
        #expect(violation["rule"].text == "CTL008")
        #expect((violation["key_bytes"].number, violation["value_bytes"].number) == (128, 1))
        #expect(try await Program.run("sizes", "--csv", log).output.split(separator: "\r\n").count == 2)
    }
}
