import Glibc
import TestSupport
import Testing

@Suite("clusterctl start: sockets, passwords and logs") struct StartSocketTests {
    @Test func `clients may come over a Unix socket, which is removed at the end`() async throws {
        let folder = Folder()
        let cluster = try await Cluster("--unixsocket", folder.path("redis"), "--admin-socket", folder.path("admin"))
        #expect(try Client(path: folder.path("redis")).ask("PING") == "PONG")
        #expect(folder.mode("admin") == 0o600)
        try await cluster.stop()
        #expect(folder.names.isEmpty, "left behind: \(folder.names)")
    }

    @Test func `sockets of a cluster that was killed are replaced`() async throws {
        let folder = Folder()
        let killed = try await Cluster("--unixsocket", folder.path("redis"), "--admin-socket", folder.path("admin"))
        killed.program.send(SIGKILL)
        _ = try await killed.program.ending()
        #expect(folder.exists("redis") && folder.exists("admin"))
        let cluster = try await Cluster("--unixsocket", folder.path("redis"), "--admin-socket", folder.path("admin"))
        #expect(try Client(path: folder.path("redis")).ask("PING") == "PONG")
        try await cluster.stop()
    }

    @Test(arguments: ["--unixsocket", "--admin-socket"])
    func `a socket that is in use, and a file that is none, are left alone`(_ option: String) async throws {
        let folder = Folder()
        let cluster = try await Cluster(option, folder.path("socket"))
        let second = try await Program.run("start", "--port", "0", option, folder.path("socket"))
        #expect(second.status == 2)
        #expect(second.errorLines.count == 1, "\(second)")
        #expect(second.errors.contains("is in use") && second.errors.contains(option), "\(second)")
        try await cluster.stop()
        folder.write("file", "precious")
        let third = try await Program.run("start", "--port", "0", option, folder.path("file"))
        #expect(third.status == 2)
        #expect(third.errors.contains("is no socket"), "\(third)")
        #expect(folder.read("file") == "precious")
    }

    @Test func `the admin socket has its place by the port, in a folder that is the user's alone`() async throws {
        let cluster = try await Cluster()
        #expect(Folder.runtime.mode("clusterctl") == 0o700)
        #expect(Folder.runtime.mode("clusterctl/\(cluster.port).sock") == 0o600)
        try await cluster.stop()
        #expect(!Folder.runtime.exists("clusterctl/\(cluster.port).sock"))
    }

    @Test func `the password comes from a file, without its line break`() async throws {
        let folder = Folder()
        let cluster = try await Cluster("--password-file", folder.write("password", "instance:secret\n"))
        let client = try cluster.client()
        #expect(try client.ask("GET", "a") == "NOAUTH Authentication required.")
        #expect(try client.ask("AUTH", "wrong") == "ERR invalid password")
        #expect(try client.ask("AUTH", "instance:secret") == "OK")
        #expect(try client.ask("GET", "a") == "nil")
        try await cluster.stop()
    }

    @Test(arguments: ["", "\n"])
    func `an empty password file is an error`(_ content: String) async throws {
        let folder = Folder()
        let ending = try await Program.run("start", "--port", "0", "--password-file", folder.write("password", content))
        #expect(ending.status == 2)
        #expect(ending.errors.contains("the file is empty"), "\(ending)")
    }

    @Test func `a secret is in no log, no status and no report`() async throws {
        let folder = Folder()
        let cluster = try await Cluster(
            "--log-level", "trace", "--password-file", folder.write("password", "s3cr3t"))
        let client = try cluster.client()
        _ = try client.ask("AUTH", "s3cr3t-wrong")
        _ = try client.ask("AUTH", "default", "s3cr3t")
        _ = try client.ask("HELLO", "2", "AUTH", "default", "s3cr3t")
        _ = try client.ask("AUHT", "s3cr3t")
        #expect(try client.ask("AUTH", "s3cr3t") == "OK")
        let status = try await Program.run("status", "--port", "\(cluster.port)", "--json")
        #expect(status.status == 0, "\(status)")
        #expect(status.output.contains("HELLO"))
        #expect(!status.output.contains("s3cr3t"), "\(status)")
        let ending = try await cluster.stop()
        #expect(!ending.errors.contains("s3cr3t"), "\(ending)")
    }

    @Test func `log lines are JSON where that was asked for`() async throws {
        let cluster = try await Cluster("--log-format", "json")
        _ = try cluster.client().ask("HELLO", "3")
        let ending = try await cluster.stop()
        let lines = try ending.errorLines.map { try JSONText(String($0)) }
        #expect(lines.count >= 3, "\(ending)")
        for line in lines {
            let time = try #require(line["time"].text)
            #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil, "\(time)")
            #expect(["info", "notice"].contains(line["level"].text), "\(ending)")
            #expect(line["message"].text != nil)
        }
        #expect(lines.contains { $0["command"].text == "HELLO" })
    }
}
