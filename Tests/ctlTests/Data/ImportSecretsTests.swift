import TestSupport
import Testing
import WireFormats

/// A secret in what is imported is in nothing that is said of it.
@Suite("clusterctl import: secrets") struct ImportSecretsTests {
    /// A log with each request that holds a secret.
    private static func log(_ folder: Folder, _ secret: String) -> String {
        folder.write(
            "log.aof",
            SecretRequests.all.flatMap { words in
                RequestEncoder.encode(words.map { Array($0.replacing("§", with: secret).utf8) })
            })
    }

    private static func expectNone(_ text: String, _ output: String) {
        let line = text.split(separator: "\n").first { SecretRequests.leaks(String($0)) }
        #expect(line == nil, "\(output)")
    }

    @Test(arguments: SecretRequests.secrets) func `in what import and start tell`(_ secret: String) async throws {
        let folder = Folder()
        let log = Self.log(folder, secret)
        let cluster = try await Cluster()
        let ending = try await Program.run("import", "--port", "\(cluster.port)", log)
        #expect(ending.status == 1, "\(ending)")
        #expect(ending.errors.contains("skipped 'AUTH': it is of a connection"), "\(ending)")
        Self.expectNone(ending.output + ending.errors, "import")
        try await cluster.stop()
        let loaded = try await Cluster("--load", log)
        Self.expectNone(loaded.program.errors + loaded.program.output, "start --load")
        try await loaded.stop()
        let strict = try await Program.run("start", "--port", "0", "--strict", "--load", log)
        #expect(strict.status == 1 && strict.errors.contains("'AUTH': it is of a connection"), "\(strict)")
        Self.expectNone(strict.errors, "start --load --strict")
    }

    @Test(arguments: SecretRequests.secrets) func `in what exec tells and reports`(_ secret: String) async throws {
        let folder = Folder()
        let ending = try await Program(
            ["exec", "--load", Self.log(folder, secret), "--report", folder.path("report"), "--output"]
                + ["json=\(folder.path("json"))", "--allow-no-requests", "--", "true"]
        ).ending()
        #expect(ending.status == 0 && ending.errors.contains("skipped 'AUTH'"), "\(ending)")
        Self.expectNone(ending.errors, "exec")
        for name in ["report", "json"] { Self.expectNone(folder.read(name), name) }
        #expect(folder.read("report").contains("AUTH"))
    }

    @Test(arguments: ["AUTH §\n", "§\n", "A§\n", "password=§"])
    func `in what is said of a file that is no data`(_ text: String) async throws {
        let folder = Folder()
        let cluster = try await Cluster()
        let file = folder.write("text", text.replacing("§", with: SecretRequests.secrets[0]))
        let ending = try await Program.run("import", "--port", "\(cluster.port)", file)
        #expect(ending.status == 3 && ending.errors.contains("it is a text"), "\(ending)")
        Self.expectNone(ending.errors, "import")
        try await cluster.stop()
    }
}
