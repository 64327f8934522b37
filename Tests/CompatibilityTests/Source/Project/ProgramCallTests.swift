import Testing

@testable import Compatibility

@Suite struct ProgramCallTests {
    @Test func `a program that runs redis-cli sends what its arguments say`() throws {
        let project = try SampleProject([
            "main.go": """
            package main
            import "os/exec"
            func run() {
            \texec.Command("redis-cli", "-p", "6379", "FLUSHALL").Run()
            \texec.Command("docker", "exec", "store", "redis-cli", "keys", pattern).Run()
            \texec.Command("sh", "-c", "redis-cli -h store flushdb && echo done").Run()
            \twords := []string{"redis-cli", "INFO"}
            \tlog.Println("redis-cli", "KEYS")
            \texec.LookPath("redis-cli")
            }
            """,
            "run.py": """
            import os, subprocess
            subprocess.check_output(["redis-cli", "info"])
            os.system("redis-cli flushall")
            print("redis-cli flushall")
            """,
            "test_run.py": """
            from unittest.mock import call, patch
            calls = [call("redis-cli flushall"), call("redis-cli", "info")]
            """,
            "run.rs": """
            fn run() { Command::new("redis-cli").arg("flushall").status(); }
            """,
        ])
        #expect(
            try project.commands() == [
                "main.go:4 FLUSHALL high", "main.go:5 KEYS high", "main.go:6 FLUSHDB high", "main.go:7 INFO high",
                "run.py:2 INFO high", "run.py:3 FLUSHALL high", "run.rs:1 FLUSHALL high",
                "test_run.py:2 FLUSHALL low", "test_run.py:2 INFO low",
            ])
    }
}
