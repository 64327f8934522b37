import Foundation
import Presentation
import Testing

@testable import Compatibility

/// What is sent to Redis because a text says so that is no source code.
@Suite struct SettingsLintTests {
    /// The findings in one file, as `line: severity command or database`.
    private static func lint(_ name: String, _ text: String) throws -> [String] {
        let folder = URL.temporaryDirectory.appending(path: UUID().uuidString)
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(text.utf8).write(to: file)
        return Linter(LintOptions()).run([folder.path()]).findings.map { finding in
            let what =
                finding.rule == .otherDatabase ? finding.message.split(separator: " ")[1] : (finding.command ?? "")[...]
            return
                "\(finding.first.line ?? 0): \(finding.severity == .error ? "" : "\(finding.severity) ")\(what.isEmpty ? finding.library ?? "" : String(what))"
        }
    }

    @Test func `a database other than 0 in an address, wherever it is`() throws {
        #expect(
            try Self.lint(".env", "A=redis://h:6379/3\nB=redis://h/0\nC=rediss://u:p@h:1/12?ssl=1\nD=redis://h?db=4\n")
                == ["1: 3", "3: 12", "4: 4"])
        #expect(
            try Self.lint(
                "compose.yml",
                "services:\n  a:\n    environment:\n      - URL=redis://redis:6379/2\n      X: \"redis://r/1\"\n") == [
                    "4: 2", "5: 1",
                ])
        #expect(
            try Self.lint(
                "cable.yml", "production:\n  url: <%= ENV.fetch(\"URL\") { \"redis://localhost:6379/1\" } %>\n") == [
                    "2: 1"
                ])
        #expect(try Self.lint("a.json", #"{"Redis": "localhost:6379,defaultDatabase=7,ssl=true"}"#) == ["1: 7"])
        #expect(try Self.lint("main.tf", "url = \"redis://${aws.x}:6379/5\"\n") == ["1: 5"])
        #expect(
            try Self.lint(
                "x.toml", "url = \"redis://h:6379/${DB}\"\nother = \"http://h/3\"\nk = \"redis://h:6379/3abc\"\n") == []
        )
    }

    @Test func `a database other than 0 by the names of settings`() throws {
        #expect(
            try Self.lint(
                "application.properties",
                "spring.redis.database=3\nspring.data.redis.database = 0\nspring.datasource.database=9\n") == ["1: 3"])
        #expect(
            try Self.lint(
                "application.yml",
                "spring:\n  data:\n    redis:\n      host: r\n      database: ${DB:4}\n  sql:\n    database: 5\nredis:\n  databases: 16\n"
            ) == ["5: 4"])
        #expect(
            try Self.lint("k8s.yaml", "env:\n- name: REDIS_DB\n  value: \"6\"\n- name: PG_DB\n  value: \"1\"\n") == [
                "3: 6"
            ])
        #expect(try Self.lint("c.ini", "[redis]\ndb = 2 # cache\n[mysql]\ndb = 3\n") == ["2: 2"])
        #expect(
            try Self.lint("appsettings.json", #"{"Redis": {"Database": 8, "Port": 6379}, "Other": {"Database": 1}}"#)
                == ["1: 8"])
        let bean =
            #"<bean class="org.springframework.data.redis.JedisConnectionFactory"><property name="database" value="3"/></bean><property name="database" value="4"/>"#
        #expect(try Self.lint("beans.xml", bean) == ["1: 3"])
        #expect(try Self.lint("web.xml", "<redis><database>2</database><port>1</port></redis>\n") == ["1: 2"])
    }

    @Test func `redis-cli in builds, containers, crontabs, playbooks and scripts of packages`() throws {
        #expect(
            try Self.lint(
                "Makefile",
                "RC := redis-cli -h x\nall: a\n\t@redis-cli FLUSHALL\n\t$(RC) KEYS '*'\n\t-redis-cli get k\n") == [
                    "3: FLUSHALL", "4: KEYS",
                ])
        #expect(
            try Self.lint(
                "Dockerfile",
                "FROM redis\nRUN apt-get install redis-cli\nHEALTHCHECK --interval=5s CMD redis-cli info | grep x\nCMD [\"redis-cli\", \"keys\", \"*\"]\n# redis-cli save\n"
            ) == ["3: INFO", "4: KEYS"])
        #expect(
            try Self.lint("crontab", "# m h\n0 3 * * * root redis-cli -h r bgsave\n@daily redis-cli flushdb\n") == [
                "2: BGSAVE", "3: FLUSHDB",
            ])
        #expect(
            try Self.lint(
                "ci.yml",
                "jobs:\n  - run: redis-cli flushall\n    health: [\"CMD-SHELL\", \"redis-cli info || exit 1\"]\n  - run: |\n      set -e\n      redis-cli keys '*'\n  # redis-cli save\n"
            ) == ["2: FLUSHALL", "3: INFO", "6: KEYS"])
        #expect(
            try Self.lint(
                "play.yml",
                "- name: all\n  community.general.redis:\n    command: flush\n  shell: redis-cli {{ '-a' + redis.password }} get x\n"
            ) == ["3: FLUSHALL"])
        #expect(
            try Self.lint(
                "package.json", #"{"scripts": {"a": "redis-cli -n 2 get \"x y\"", "b": "redis-cli keys '*'"}}"#) == [
                    "1: 2", "1: KEYS",
                ])
        #expect(try Self.lint("run.bat", "rem redis-cli save\r\nredis-cli keys *\r\n") == ["2: KEYS"])
    }

    @Test func `documentation is a note, and its prose nothing`() throws {
        let text =
            "Use redis-cli keys x to see.\n\n```python\nredis-cli = 1\n```\n\n```sh\n$ redis-cli keys '*'\nredis-cli dbsize\n```\nredis://h/4\n"
        #expect(try Self.lint("README.md", text) == ["8: note KEYS", "11: note 4"])
    }

    @Test func `settings that give a framework's job to Redis`() throws {
        #expect(try Self.lint(".env", "QUEUE_CONNECTION=redis\nCACHE_DRIVER=redis\n").count == 1)
        #expect(try Self.lint(".env", "CELERY_BROKER_URL=redis://h/0\n").count == 1)
        #expect(try Self.lint(".env", "CELERY_BROKER_URL=amqp://h/0\nREDIS_X=1\n").isEmpty)
        #expect(
            try Self.lint("cable.yml", "development:\n  adapter: redis\nproduction:\n  adapter: redis\n").count == 1)
    }

    @Test func `a report of an earlier run is no settings`() throws {
        let result = Lint.text("REDIS_URL=redis://h:6379/3\n", name: ".env")
        var report = Report(result, toolVersion: "1", base: BasePath("/", workingFolder: "/"))
        report.suppressed = result.findings.map { SuppressedFinding($0, .baseline, reason: "known") }
        let names: [ReportFormat: String] = [
            .json: "a.json", .sarif: "a.json", .gitlab: "a.json", .junit: "a.xml", .checkstyle: "a.xml",
            .markdown: "a.md",
        ]
        for (format, name) in names {
            #expect(try Self.lint(name, ByteSink.text { report.write(format, to: &$0) }).isEmpty, "\(format)")
        }
    }

    @Test(arguments: [
        "", "redis", "redis://", "redis://h/3", "[redis", "{\"redis\":", "<redis", "redis-cli \"", "```\nredis-cli",
        "\u{0}redis://h/3", "redis: {{", "- redis: [\"redis-cli", "\tredis-cli \\",
    ])
    func `a text that is cut off ends the reading`(text: String) throws {
        for name in [
            "a.env", "a.yml", "a.json", "a.xml", "Dockerfile", "Makefile", "crontab", "a.bat", "a.md", "package.json",
        ] {
            _ = try Self.lint(name, text)
        }
    }

    @Test func `deep nesting and many addresses take time in proportion`() throws {
        let deep = String(repeating: "{\"redis\":[", count: 20_000)
        _ = try Self.lint("a.json", deep)
        _ = try Self.lint("a.xml", String(repeating: "<redis a='b'>x", count: 20_000))
        let many = String(repeating: "A=redis://h:6379/3\n", count: 2_000)
        #expect(try Self.lint("a.env", many).count == 2_000)
    }
}
