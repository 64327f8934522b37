import Foundation
import TestSupport
import Testing

/// Client libraries work unmodified; what each is refused at connection is what `docs/clients.md` says.
@Suite(.blocking)
struct ClientTests {
    @Test(.enabled(if: Machine.has("redis-cli"), "redis-cli is not installed"))
    func `redis-cli`() throws {
        let program = ClientProgram(name: "redis-cli", command: ["sh", "\(ClientProgram.folder)/redis-cli/program.sh"])
        #expect(try program.run() == ["COMMAND", "COMMAND DOCS"])
    }

    @Test(
        .enabled(
            if: Machine.has("node")
                && Machine.succeeds("env", "NODE_PATH=\(nodePath)", "node", "-e", "require('redis')"),
            "node-redis is not installed"))
    func `node-redis`() throws {
        let program = ClientProgram(
            name: "node-redis", command: ["node", "\(ClientProgram.folder)/node-redis/program.js"],
            environment: ["NODE_PATH": Self.nodePath])
        #expect(try program.run() == [])
    }

    /// Where Debian's packages for Node.js are; a Node.js from elsewhere does not look there by itself.
    private static let nodePath = "/usr/share/nodejs"

    @Test(
        .enabled(
            if: Machine.succeeds("php", "-r", "exit(class_exists('Redis') ? 0 : 1);"), "php-redis is not installed"))
    func `php-redis`() throws {
        let program = ClientProgram(
            name: "php-redis", command: ["php", "\(ClientProgram.folder)/php-redis/program.php"])
        #expect(try program.run() == [])
    }

    @Test(.enabled(if: Machine.succeeds("perl", "-MRedis", "-e", "1"), "Perl's Redis is not installed"))
    func `Redis of Perl`() throws {
        let program = ClientProgram(
            name: "perl-redis", command: ["perl", "\(ClientProgram.folder)/perl-redis/program.pl"])
        #expect(try program.run() == [])
    }

    @Test(
        .enabled(
            if: Machine.has("cc") && Machine.hasFile("/usr/include/hiredis/hiredis.h"),
            "a C compiler or hiredis is not installed"))
    func `hiredis`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path(to: "program")
        let compiler = try ChildProcess(
            "cc", ["-O1", "-Wall", "-Werror", "-o", path, "\(ClientProgram.folder)/hiredis/program.c", "-lhiredis"])
        #expect(compiler.waitForEnd() == 0, "\(compiler.errors)")
        #expect(try ClientProgram(name: "hiredis", command: [path]).run() == [])
    }
}
