import Glibc
import TestSupport
import Testing

@testable import clusterctl

@Suite("Secrets among the arguments") struct ArgumentSecretsTests {
    /// The arguments with stars in the secrets' places, as `ps` shows them.
    private func shown(_ line: String) -> String {
        let words = line.split(separator: " ").map { Array($0.utf8) }
        let secrets = ArgumentSecrets(words)
        return zip(words, secrets.ranges).map { word, ranges in
            var word = word
            for index in ranges.joined() { word[index] = UInt8(ascii: "*") }
            return String(decoding: word, as: UTF8.self)
        }.joined(separator: " ")
    }

    @Test(arguments: [
        ("repl redis://:pw12@h:1", "repl redis://*****@h:1"), ("import redis://me:pw12@h", "import redis://*******@h"),
        ("start --load redis://:pw12@h --port 0", "start --load redis://*****@h --port 0"),
        ("start --load=redis://:pw12@h", "start --load=redis://*****@h"), ("repl -a pw12", "repl -a ****"),
        ("repl -apw12", "repl -a****"), ("repl --user me:pw12", "repl --user me:****"),
        ("repl --user=me:pw12", "repl --user=me:****"), ("exec -- redis-cli -apw12 x", "exec -- redis-cli -a**** x"),
        ("start --password pw12", "start --password ****"), ("start --requirepass pw12", "start --requirepass ****"),
        ("repl --ask-password h", "repl --ask-password h"), ("repl -- AUTH pw12", "repl -- AUTH ****"),
        ("repl u -- CONFIG SET requirepass pw12", "repl u -- CONFIG SET requirepass ****"),
        ("explain AUTH pw12", "explain AUTH ****"), ("explain --json AUHT pw12", "explain --json AUHT ****"),
        ("exec --env P=x -- redis-cli -a pw12 get k", "exec --env P=x -- redis-cli -a **** get k"),
        ("exec -- tool --password pw12", "exec -- tool --password ****"), ("exec -- ls -a src", "exec -- ls -a src"),
        ("exec --env REDIS_PASSWORD=pw12 -- true", "exec --env REDIS_PASSWORD=**** -- true"),
        ("start --password-file /etc/pw --port 1", "start --password-file /etc/pw --port 1"),
        ("lint src a:b.py --output json=x.json", "lint src a:b.py --output json=x.json"), ("", ""),
        ("repl -- SET user:1 anna", "repl -- SET user:1 anna"),
    ])
    func `are found by their places`(_ line: String, _ expected: String) { #expect(shown(line) == expected) }

    @Test func `a message does not repeat them`() {
        let secrets = ArgumentSecrets(["start", "--load", "redis://:pw12@h", "-a", "x"].map { Array($0.utf8) })
        #expect(
            secrets.masked("'redis://:pw12@h' and ':pw12' are no port")
                == "'redis://(redacted)@h' and '(redacted)' are no port")
        #expect(secrets.masked("unexpected argument 'x' of exec") == "unexpected argument '(redacted)' of exec")
    }

    @Test(arguments: [
        ["repl", "redis://:Zq7Kx9w3Rt@127.0.0.1:1", "--bogus"], ["repl", "redis://:Zq7Kx9w3Rt@h:99999"],
        ["start", "--port", "redis://:Zq7Kx9w3Rt@h"], ["start", "--port=redis://:Zq7Kx9w3Rt@h"],
        ["redis://:Zq7Kx9w3Rt@h"], ["help", "redis://:Zq7Kx9w3Rt@h"], ["explain", "redis://:Zq7Kx9w3Rt@h"],
        ["start", "Zq7Kx9w3Rt@h", "-a", "Zq7Kx9w3Rt"], ["status", "--admin-socket", "redis://:Zq7Kx9w3Rt@h"],
        ["exec", "--env", "REDIS_PASSWORD=Zq7Kx9w3Rt{x}", "--", "true"], ["commands", "--password", "Zq7Kx9w3Rt"],
        ["exec", "--allow", "redis://:Zq7Kx9w3Rt@h", "--", "true"], ["exec", "--", "redis://:Zq7Kx9w3Rt@h"],
        ["lint", "redis://:Zq7Kx9w3Rt@h"], ["sizes", "rediss://:Zq7Kx9w3Rt@h"],
        ["start", "--pid-file", "/none/redis://:Zq7Kx9w3Rt@h", "--port", "0"], ["commands", "--password=Zq7Kx9w3Rt"],
        ["repl", "-aZq7Kx9w3Rt"], ["repl", "-a=Zq7Kx9w3Rt"], ["repl", "--user", "me:Zq7Kx9w3Rt"],
        ["repl", "--user=me:Zq7Kx9w3Rt"],
    ])
    func `no line of the program repeats them`(_ arguments: [String]) async throws {
        let run = try await Program(arguments).ending()
        #expect(run.status != 0)
        let text = (run.output + run.errors).uppercased()
        #expect(!text.contains("ZQ7KX9W3RT") || arguments[1].hasPrefix("Zq7K"), "\(run)")
        #expect(!run.errors.isEmpty)
    }

    @Test func `ps does not show them once the program runs`() async throws {
        let cluster = try Program(
            ["start", "--port", "0", "--loops", "1", "--load", "redis://:Zq7Kx9w3Rt@127.0.0.1:1/0"])
        let run = try await cluster.ending()
        #expect(run.status == 3, "\(run)")
        // The program whose arguments are looked at waits for the server that it connects to.
        let silent = try #require(try SilentServer())
        let shell = try Program([
            "repl", "redis://me:Zq7Kx9w3Rt@127.0.0.1:\(silent.port)/0", "--", "AUTH", "Zq7Kx9w3Rt",
        ])
        defer { shell.send(SIGKILL) }
        try silent.accept()
        let folder = Folder()
        _ = try Peer.run(
            "/bin/sh", ["-c", "cat /proc/\(shell.identifier)/cmdline | tr '\\0' ' ' > \(folder.path("a"))"])
        let line = folder.read("a")
        #expect(
            line.contains(" repl redis://*************@127.0.0.1:") && line.contains(" AUTH ********** "), "\(line)")
    }
}

/// A server that takes a connection and never answers.
private final class SilentServer {
    let port: UInt16
    private let descriptor: CInt

    init?() throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 1) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isListening else { return nil }
        port = UInt16(bigEndian: address.sin_port)
    }

    /// Waits for a connection.
    func accept() throws {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        #expect(poll(&waiting, 1, 60_000) == 1)
    }

    deinit { close(descriptor) }
}
