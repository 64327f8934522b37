import Foundation

/// Large inputs for the scanners, made of the real traces that the tests have.
///
/// They live in a folder of `/tmp` while the bench runs.
struct TraceFiles: ~Copyable {
    let folder: String
    private let bytes: Int
    private let traces: String

    /// - Parameter bytes: how large a file is at least.
    init(bytes: Int, traces: String) throws(Failure) {
        self.bytes = bytes
        self.traces = traces
        var template = Array("/tmp/clusterctl-bench-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw Failure("cannot make a folder in /tmp") }
        folder = String(cString: made)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// A log of MONITOR: that of the web application over and over.
    func monitor() throws(Failure) -> String {
        try repeated(try uncompressed("app.monitor.gz"), name: "large.monitor")
    }

    /// An RDB file of 2.8.24: its records over and over, between the header and a checksum of the whole.
    func snapshot() throws(Failure) -> String {
        let file = try uncompressed("redis-2.8.24.rdb.gz")
        // REDIS0006, SELECTDB 0 … EOF and the checksum.
        let header = Array(file.prefix(9))
        let records = Array(file.dropFirst(9).dropLast(9))
        var checksum = CRC64()
        let path = "\(folder)/large.rdb"
        let output = try Self.file(path)
        defer { fclose(output) }
        func write(_ piece: [UInt8]) {
            checksum.add(piece)
            fwrite(piece, 1, piece.count, output)
        }
        write(header)
        for _ in 0..<(bytes / records.count + 1) { write(records) }
        write([0xFF])
        withUnsafeBytes(of: checksum.value.littleEndian) { _ = fwrite($0.baseAddress, 1, $0.count, output) }
        return path
    }

    /// An append-only file without a preamble, as redis-server rewrites the snapshot's data, over and over.
    func appendOnly(_ redisServer: String) throws(Failure) -> String {
        let data = "\(folder)/rewrite"
        try Self.write(try uncompressed("redis-2.8.24.rdb.gz"), to: "\(data).rdb")
        let socket = "\(folder)/rewrite.sock"
        let server = try ChildProcess([
            redisServer, "--port", "0", "--unixsocket", socket, "--dir", folder, "--dbfilename", "rewrite.rdb",
            "--save", "", "--aof-use-rdb-preamble", "no",
        ])
        defer { server.stop() }
        let client = ["redis-cli", "-s", socket]
        try waitUntil("\(redisServer) does not load the snapshot") {
            (try? ChildProcess.run(client + ["PING"]))?.hasPrefix("PONG") ?? false
        }
        _ = try ChildProcess.run(client + ["BGREWRITEAOF"])
        let base = "\(folder)/appendonlydir/appendonly.aof.1.base.aof"
        _ = try ChildProcess.run(client + ["CONFIG", "SET", "appendonly", "yes"])
        try waitUntil("\(redisServer) does not rewrite its append-only file") {
            let information = (try? ChildProcess.run(client + ["INFO", "persistence"])) ?? ""
            return information.contains("aof_rewrite_in_progress:0") && access(base, R_OK) == 0
        }
        return try repeated(try Self.read(base), name: "large.aof")
    }

    /// A tree of source code: an interpreter's library over and over.
    func sources(_ library: String) throws(Failure) -> String {
        let tree = "\(folder)/sources"
        do {
            try FileManager.default.createDirectory(atPath: tree, withIntermediateDirectories: true)
            let size = try ChildProcess.run(["du", "-sb", "--apparent-size", library])
            let once = size.split(separator: "\t").first.flatMap { Int($0) } ?? bytes
            for copy in 0..<(bytes / max(once, 1) + 1) {
                _ = try ChildProcess.run(["cp", "-r", library, "\(tree)/\(copy)"])
            }
        } catch {
            throw Failure("cannot copy \(library): \(error)")
        }
        return tree
    }

    // MARK: Files

    private func uncompressed(_ name: String) throws(Failure) -> [UInt8] {
        let path = "\(folder)/\(name)"
        do {
            try FileManager.default.copyItem(atPath: "\(traces)/\(name)", toPath: path)
        } catch {
            throw Failure("\(traces)/\(name): \(error.localizedDescription)")
        }
        _ = try ChildProcess.run(["gzip", "-d", "-f", path])
        return try Self.read(String(path.dropLast(3)))
    }

    private func repeated(_ piece: [UInt8], name: String) throws(Failure) -> String {
        let path = "\(folder)/\(name)"
        let output = try Self.file(path)
        defer { fclose(output) }
        for _ in 0..<(bytes / piece.count + 1) { fwrite(piece, 1, piece.count, output) }
        return path
    }

    private static func file(_ path: String) throws(Failure) -> UnsafeMutablePointer<FILE> {
        guard let file = fopen(path, "w") else { throw Failure("cannot write \(path)") }
        return file
    }

    private static func read(_ path: String) throws(Failure) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else { throw Failure("cannot read \(path)") }
        return Array(data)
    }

    private static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        let output = try file(path)
        defer { fclose(output) }
        fwrite(bytes, 1, bytes.count, output)
    }

    private func waitUntil(_ failure: String, _ condition: () -> Bool) throws(Failure) {
        let deadline = monotonicNanoseconds() + 60_000_000_000
        while !condition() {
            guard monotonicNanoseconds() < deadline else { throw Failure(failure) }
            usleep(50_000)
        }
    }
}
