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

    @Test(arguments: ["Redis", "Redis::Fast"])
    func `Redis of Perl`(module: String) throws {
        guard Machine.succeeds("perl", "-M\(module)", "-e", "1") else {
            try Test.cancel("\(module) of Perl is not installed")
        }
        let program = ClientProgram(
            name: "perl-redis", command: ["perl", "\(ClientProgram.folder)/perl-redis/program.pl", module])
        #expect(try program.run() == [])
    }

    @Test(
        .enabled(
            if: Machine.succeeds("ruby", "-e", "require 'redis'; exit(Redis::VERSION < '5')"),
            "redis-rb 4 is not installed"))
    func `redis-rb`() throws {
        let program = ClientProgram(
            name: "ruby-redis", command: ["ruby", "\(ClientProgram.folder)/ruby-redis/program.rb"])
        #expect(try program.run() == [])
    }

    @Test(
        .enabled(
            if: Machine.succeeds(
                "php", "-r", "@include 'Predis/autoload.php'; exit(class_exists('Predis\\Client') ? 0 : 1);"),
            "predis is not installed"))
    func `predis`() throws {
        let program = ClientProgram(name: "predis", command: ["php", "\(ClientProgram.folder)/predis/program.php"])
        #expect(try program.run() == [])
    }

    @Test(
        .enabled(
            if: Machine.succeeds("lua5.1", "-e", "require 'redis'"), "Lua 5.1 or lua-redis is not installed"))
    func `lua-redis`() throws {
        let program = ClientProgram(
            name: "lua-redis", command: ["lua5.1", "\(ClientProgram.folder)/lua-redis/program.lua"])
        #expect(try program.run() == [])
    }

    /// Where Debian's packages of Go libraries are.
    private static let goPath = "/usr/share/gocode"

    private static let goCache = Result { try TemporaryFolder() }

    @Test(
        arguments: [("redigo", "github.com/gomodule/redigo/redis"), ("go-redis", "gopkg.in/redis.v5")])
    func `clients of Go`(name: String, package: String) throws {
        guard Machine.has("go"), Machine.hasFile("\(Self.goPath)/src/\(package)") else {
            try Test.cancel("Go or \(name) is not installed")
        }
        let folder = try TemporaryFolder()
        let path = folder.path(to: "program")
        let compiler = try ChildProcess(
            "go", ["build", "-o", path, "\(ClientProgram.folder)/\(name)/program.go"],
            environment: ["GO111MODULE": "off", "GOPATH": Self.goPath, "GOCACHE": Self.goCache.get().path])
        // The first compiles the language's library too.
        #expect(compiler.waitForEnd(within: .seconds(600)) == 0, "\(compiler.errors)")
        #expect(try ClientProgram(name: name, command: [path]).run() == [])
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
        #expect(compiler.waitForEnd(within: .seconds(600)) == 0, "\(compiler.errors)")
        #expect(try ClientProgram(name: "hiredis", command: [path]).run() == [])
    }
}
