import ClusterCore
import Glibc
import TestSupport
import Testing

/// A server that the system gives little more memory than it has serves on, whatever clients leave with it: the bounds hold.
@Suite(.blocking, .enabled(if: Machine.has("prlimit"), "prlimit is not installed"))
struct HardLimitTests {
    private static let mebibyte = 1 << 20

    /// Lets a server have so many bytes of address space beyond what it has.
    private static func limit(_ server: ClusterProcess, toMore bytes: Int) throws {
        let pages = FileContents.statm(of: server.identifier)
        let process = try ChildProcess(
            "prlimit", ["--pid", "\(server.identifier)", "--as=\(pages + bytes):\(pages + bytes)"])
        #expect(process.waitForEnd() == 0, "\(process.errors)")
    }

    private static func expectAlive(_ server: ClusterProcess) throws {
        #expect(try TestClient(server.endpoint)("PING") == .status("PONG"), "\(server.log)")
        server.terminate()
        #expect(server.waitForEnd() == 0, "\(server.log)")
    }

    @Test func `replies that nobody takes, requests that are not whole, transactions and watched keys`() throws {
        let server = try ClusterProcess("--replicas", "0", "--max-client-memory", "32MB")
        let other = try TestClient(server.endpoint)
        #expect(try other("SET", "k", [UInt8](repeating: 1, count: 900_000)) == .ok)
        try Self.limit(server, toMore: 512 * Self.mebibyte)
        let get = TestClient.encode([Array("GET".utf8), Array("k".utf8)])
        let set = Array("*3\r\n$3\r\nSET\r\n$1\r\nx\r\n$3000000\r\n".utf8) + [UInt8](repeating: 1, count: 2_000_000)
        let queued = TestClient.encode([Array("SET".utf8), Array("x".utf8), [UInt8](repeating: 1, count: 900_000)])
        let watch = TestClient.encode([Array("WATCH".utf8)] + (0..<10_000).map { Array("key:\($0)".utf8) })
        let attacks = [(0..<100).flatMap { _ in get }, set, [], watch]
        var clients: [TestClient] = []
        for number in 0..<120 {
            let client = try TestClient(server.endpoint, receiveBuffer: 4_096)
            if number % 4 == 2 {
                _ = try? client("MULTI")
                for _ in 0..<5 { _ = client.socket.sendAtOnce(queued[...]) }
            }
            _ = client.socket.sendAtOnce(attacks[number % 4][...])
            clients.append(client)
        }
        #expect(try TestClient(server.endpoint)("PING") == .status("PONG"), "\(server.log)")
        clients = []
        try Self.expectAlive(server)
    }

    @Test func `large values that are removed give their memory back`() throws {
        let server = try ClusterProcess("--replicas", "0")
        let client = try TestClient(server.endpoint)
        try Self.limit(server, toMore: 160 * Self.mebibyte)
        let value = [UInt8](repeating: 1, count: 400)
        let fields = (0..<2_000).flatMap { [Array("field:\($0)".utf8), value] }
        let request = TestClient.encode([Array("HMSET".utf8), Array("h".utf8)] + fields)
        // Together some 350 megabytes, of which a thread frees each while the next is made.
        for _ in 0..<400 {
            try client.socket.send(request)
            #expect(try client.reply() == .ok)
            #expect(try client("DEL", "h") == .integer(1))
        }
        try Self.expectAlive(server)
    }
}

/// What the kernel tells of a process in a file.
private enum FileContents {
    /// The bytes of a process's address space.
    static func statm(of process: Int32) -> Int {
        guard let file = fopen("/proc/\(process)/statm", "r") else { return 0 }
        defer { fclose(file) }
        var text = [CChar](repeating: 0, count: 256)
        guard fgets(&text, CInt(text.count), file) != nil else { return 0 }
        return strtol(text, nil, 10) * sysconf(Int32(_SC_PAGESIZE))
    }
}
