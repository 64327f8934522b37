import Testing

/// The files of `--dir` and exports are what the program's other commands read.
@Suite("clusterctl with its own files")
struct OwnFilesTests {
    @Test func `sizes and lint read the files of a cluster`() async throws {
        let folder = Folder()
        let cluster = try await Cluster("--shards", "1", "--dir", folder.path("data"), "--max-value-bytes", "2000000")
        let client = try cluster.client()
        _ = try client.ask("SET", "small", "x")
        _ = try client.ask("SET", "large", String(repeating: "x", count: 1_000_001))
        let saved = try await Program.run("save", "--port", "\(cluster.port)")
        #expect(saved.status == 0, "\(saved)")
        _ = try client.ask("RPUSH", "list", "a", "b")
        try await cluster.stop()
        let manifest = folder.path("data/shard-0/node-0/appendonlydir/appendonly.aof.manifest")
        let sizes = try await Program.run("sizes", manifest)
        #expect(sizes.status == 1, "\(sizes)")
        #expect(sizes.output.contains("large"), "\(sizes)")
        let lint = try await Program.run(
            "lint", folder.path("data/shard-0/node-0/appendonlydir/appendonly.aof.2.incr.aof"))
        #expect(lint.status == 0, "\(lint)")
    }
}
