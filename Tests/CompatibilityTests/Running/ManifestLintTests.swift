import Foundation
import Testing

@testable import Compatibility

@Suite struct ManifestLintTests {
    private static func lint(_ files: [String: String], _ options: LintOptions = LintOptions()) throws -> LintResult {
        let folder = URL.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        return Linter(options).run([folder.path()])
    }

    @Test func `a framework that cannot work is an error at its line in the manifest`() throws {
        let result = try Self.lint(["requirements.txt": "flask\nrq==1.16\n"])
        let finding = try #require(result.findings.first)
        #expect(result.findings.count == 1)
        #expect(finding.rule == .frameworkRefused && finding.severity == .error && finding.confidence == .high)
        #expect(finding.message.contains("RQ cannot do its work") && finding.message.contains("BLPOP"))
        #expect(finding.first.line == 2 && finding.first.columns == 1..<3)
    }

    @Test func `a framework that works but for some jobs is a note`() throws {
        let result = try Self.lint(["package.json": #"{"dependencies": {"connect-redis": "7"}}"#])
        #expect(result.findings.map(\.rule) == [.frameworkPartlyRefused])
        #expect(result.findings.first?.severity == .note)
    }

    @Test func `a framework that may use another server is a guess beside a client of Redis, and nothing without`()
        throws
    {
        #expect(try Self.lint(["requirements.txt": "celery\n"]).findings.isEmpty)
        let hidden = try Self.lint(["requirements.txt": "celery\nredis\n"])
        #expect(hidden.findings.isEmpty && hidden.hiddenFindings == 1)
        #expect(try Self.lint(["requirements.txt": "celery[redis]\n"]).findings.map(\.confidence) == [.high])
    }

    @Test func `a framework is told once, however many manifests name it`() throws {
        let result = try Self.lint(["Gemfile": "gem 'sidekiq'\n", "Gemfile.lock": "GEM\n  specs:\n    sidekiq (7.2)\n"])
        #expect(result.findings.count == 1)
        #expect(result.findings.first?.count == 2)
    }

    @Test func `a manifest that is a program is read as both`() throws {
        let result = try Self.lint([
            "setup.py": "import redis\nsetup(install_requires=['rq'])\nredis.Redis().keys('*')\n"
        ])
        #expect(Set(result.findings.map(\.rule)).isSuperset(of: [.frameworkRefused, .refusedCommand]))
    }

    @Test func `a manifest without a framework of Redis is passed over`() throws {
        let result = try Self.lint(["go.mod": "module x\nrequire github.com/a/b v1\n"])
        #expect(result.findings.isEmpty && result.summary.inputs.isEmpty && result.summary.passedOver == 1)
    }
}
