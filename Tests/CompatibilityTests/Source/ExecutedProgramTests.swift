import Testing

@testable import Compatibility

/// A program that runs redis-cli, and what that sends: the line of each command, a guess with a question mark.
struct ExecutedProgram: CustomTestStringConvertible {
    let name: String
    let text: String
    let expected: [String]
    var testDescription: String { name }

    static let all = [
        ExecutedProgram(
            name: "deploy.py",
            text: """
                CLI = "redis-cli -h cache"
                def deploy(host, pattern):
                    os.system("redis-cli flushall")
                    os.popen(f"redis-cli -h {host} keys '*'").read()
                    subprocess.run(["redis-cli", "-h", host, "FLUSHDB"], check=True)
                    subprocess.check_output("redis-cli -h %s info memory" % host, shell=True)
                    subprocess.Popen([
                        "redis-cli", "-p", str(6379),
                        "--scan", "--pattern", pattern])
                    line = "sudo redis-cli -h {} bgsave".format(host)
                    subprocess.call(line, shell=True)
                    words = shlex.split("redis-cli config get maxmemory")
                    subprocess.check_call(words)
                    os.system(CLI + " dbsize")
                    os.system(f"{CLI} monitor")
                    self.ssh_cmd("docker exec redis redis-cli lastsave")
                    print("run redis-cli flushall by hand")
                    logger.info("redis-cli keys %s", pattern)
                    subprocess.run(["redis-cli", "get", pattern])
                """,
            expected: [
                "3 FLUSHALL", "4 KEYS", "5 FLUSHDB", "6 INFO", "8 SCAN", "10 BGSAVE", "12 CONFIG GET", "14 DBSIZE",
                "15 MONITOR", "16 LASTSAVE?",
            ]),
        ExecutedProgram(
            name: "deploy.rb",
            text: """
                `redis-cli flushall`
                %x(redis-cli -p #{port} keys '*')
                system 'redis-cli', 'flushdb'
                Open3.capture2("redis-cli", "config", "get", "*")
                puts "redis-cli flushall"
                size = %x{redis-cli dbsize}.to_i
                desc "redis-cli flushall"
                """,
            expected: ["1 FLUSHALL", "2 KEYS", "3 FLUSHDB", "4 CONFIG GET", "6 DBSIZE"]),
        ExecutedProgram(
            name: "deploy.js",
            text: """
                exec('redis-cli flushall', done)
                execSync(`redis-cli -p ${port} keys "*"`)
                spawn('redis-cli', ['-h', host, 'flushdb'], { stdio: 'inherit' })
                cp.exec("docker exec redis redis-cli config set save 0")
                await $`redis-cli info`
                const line = 'redis-cli dbsize'
                execSync(line)
                console.log('redis-cli flushall')
                """,
            expected: ["1 FLUSHALL", "2 KEYS", "3 FLUSHDB", "4 CONFIG SET", "5 INFO", "6 DBSIZE"]),
        ExecutedProgram(
            name: "deploy.php",
            text: """
                <?php
                exec("redis-cli -h {$this->app['host']} flushall", $out);
                $o = `redis-cli -p $port info`;
                system("redis-cli -h " . $host . " flushdb");
                passthru(sprintf('redis-cli -h %s config get save', $host));
                echo "redis-cli flushall";
                """,
            expected: ["2 FLUSHALL", "3 INFO", "4 FLUSHDB", "5 CONFIG GET"]),
        ExecutedProgram(
            name: "deploy.go",
            text: """
                package main
                func f() {
                    exec.Command("redis-cli", "-h", host, "flushall").Run()
                    fmt.Println("redis-cli", "flushall")
                }
                """,
            expected: ["3 FLUSHALL"]),
    ]
}

@Suite("redis-cli that a program runs") struct ExecutedProgramTests {
    @Test func `each client's name has a part by which files are told quickly`() {
        let parts = RedisClientCall.nameParts.map { "\($0)" }
        for name in RedisClientCall.programs { #expect(parts.contains { name.contains($0) }, "\(name)") }
    }

    private func result(_ program: ExecutedProgram) -> LintResult {
        let file = TemporaryFile(program.text, name: program.name)
        var options = LintOptions()
        options.minimumConfidence = .low
        return withExtendedLifetime(file) { Linter(options).run([file.path]) }
    }

    @Test(arguments: ExecutedProgram.all)
    func `what it sends is found where it is written`(program: ExecutedProgram) {
        let found = result(program).findings.compactMap { finding in
            finding.command.map { "\(finding.first.line ?? 0) \($0)\(finding.confidence == .low ? "?" : "")" }
        }
        #expect(found.sorted() == program.expected.sorted())
    }

    @Test func `the line of the program is shown, not that of its shell`() throws {
        let program = ExecutedProgram(
            name: "a.py", text: "os.system(f\"redis-cli -h {h} flushall\")  # all\n", expected: [])
        let finding = try #require(result(program).findings.first)
        #expect(finding.excerpt?.text == "os.system(f\"redis-cli -h {h} flushall\")  # all")
        #expect(finding.first.columns?.lowerBound == 30)
    }

    @Test func `a command that is a variable is undecided`() {
        let program = ExecutedProgram(name: "a.py", text: "os.system(\"redis-cli %s\" % command)\n", expected: [])
        #expect(result(program).summary.undecided.count == 1)
    }
}
