import ClusterCore
import Foundation
import Glibc
import TestSupport
import Testing

/// Folders that cannot be used, disks that are full and files that somebody damages: a clear error, and nothing lost.
@Suite(.blocking)
struct DiskTests {
    private static func start(_ options: String...) throws -> (status: Int32?, errors: String) {
        let process = try ChildProcess(
            ClusterProcess.program,
            ["start", "--port", "0", "--admin-socket", "/tmp/clusterctl-\(getpid()).sock"] + options)
        let status = process.waitForEnd()
        return (status, process.errors)
    }

    /// - Parameter status: 2 for how the cluster was to be started, 3 for files that cannot be used.
    private static func expectRefusal(
        _ ending: (status: Int32?, errors: String), _ parts: String..., status: Int32 = 2
    ) {
        #expect(ending.status == status, "\(ending)")
        for part in parts { #expect(ending.errors.contains(part), "\(ending)") }
        #expect(ending.errors.split(separator: "\n").count == 1, "\(ending)")
    }

    @Test func `a second process on the same folder is locked out`() throws {
        let folder = try TemporaryFolder()
        let first = try ClusterProcess("--dir", folder.path)
        Self.expectRefusal(try Self.start("--dir", folder.path), folder.path, "process \(first.identifier)", "--dir")
        let client = try TestClient(first.endpoint)
        #expect(try client("SET", "a", "b") == .ok)
    }

    @Test func `another number of shards is refused`() throws {
        let folder = try TemporaryFolder()
        let cluster = try ClusterProcess("--dir", folder.path, "--shards", "2")
        cluster.terminate()
        #expect(cluster.waitForEnd() == 0)
        Self.expectRefusal(try Self.start("--dir", folder.path, "--shards", "3"), folder.path, "--shards 2")
    }

    @Test func `a folder that is a file is refused`() throws {
        let folder = try TemporaryFolder()
        try Data().write(to: URL(fileURLWithPath: folder.path(to: "file")))
        Self.expectRefusal(try Self.start("--dir", folder.path(to: "file")), folder.path(to: "file"), "--dir")
        Self.expectRefusal(try Self.start("--dir", folder.path(to: "file/data")), folder.path(to: "file"), "--dir")
    }

    /// Runs a cluster, sets some keys, ends it; returns the path of a log.
    private static func writtenLog(_ folder: TemporaryFolder) throws -> String {
        let cluster = try ClusterProcess("--dir", folder.path, "--shards", "1")
        let client = try TestClient(cluster.endpoint)
        for number in 0..<100 { #expect(try client("SET", "key:\(number)", number) == .ok) }
        cluster.terminate()
        #expect(cluster.waitForEnd() == 0)
        return folder.path(to: "shard-0/node-0/appendonlydir/appendonly.aof.1.incr.aof")
    }

    @Test func `a torn end is cut with a warning, or refused`() throws {
        let folder = try TemporaryFolder()
        let log = try Self.writtenLog(folder)
        let torn = "*3\r\n$3\r\nSET\r\n$7\r\nkey:1"
        let handle = try #require(FileHandle(forWritingAtPath: log))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(torn.utf8))
        Self.expectRefusal(
            try Self.start("--dir", folder.path, "--shards", "1", "--strict"), log, "byte", "--strict", status: 3)
        let cluster = try ClusterProcess("--dir", folder.path, "--shards", "1")
        let client = try TestClient(cluster.endpoint)
        #expect(try client("GET", "key:99") == .text("99"))
        #expect(cluster.log.contains("cut at byte"), "\(cluster.log)")
        let copies = try FileManager.default.contentsOfDirectory(atPath: folder.path(to: "shard-0")).filter {
            $0.hasPrefix("clusterctl.cut.")
        }
        #expect(copies.count == 1)
        #expect(cluster.log.contains(copies.first ?? "no copy"), "\(cluster.log)")
        #expect(try String(contentsOfFile: folder.path(to: "shard-0/\(copies.first ?? "")"), encoding: .utf8) == torn)
        #expect(try client("SET", "key:99", "again") == .ok)
        cluster.kill()
        let next = try ClusterProcess("--dir", folder.path, "--shards", "1", "--strict")
        #expect(try TestClient(next.endpoint)("GET", "key:99") == .text("again"))
    }

    @Test func `damage in the middle is refused with file and byte, and the file stays as it is`() throws {
        let folder = try TemporaryFolder()
        let log = try Self.writtenLog(folder)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: log))
        bytes[bytes.count / 2] ^= 0x15
        bytes[bytes.count / 2 + 1] = 0x0A
        bytes[bytes.count / 2 + 2] = 0x0A
        try bytes.write(to: URL(fileURLWithPath: log))
        Self.expectRefusal(try Self.start("--dir", folder.path, "--shards", "1"), log, "byte ", status: 3)
        #expect(try Data(contentsOf: URL(fileURLWithPath: log)) == bytes)
    }

    @Test func `a log that lacks what was acknowledged is refused, and loaded as it is where somebody chooses that`()
        throws
    {
        let folder = try TemporaryFolder()
        let log = try Self.writtenLog(folder)
        let size = try #require(FileManager.default.attributesOfItem(atPath: log)[.size] as? Int)
        truncate(log, off_t(size - 3))
        let primary = folder.path(to: "shard-0/clusterctl.primary")
        Self.expectRefusal(
            try Self.start("--dir", folder.path, "--shards", "1"), log, "has \(size - 3) bytes, and \(size) were",
            "node 0-1 has everything", "write 0-1 as a line to \(primary)", status: 3)
        try Data("0-0\n".utf8).write(to: URL(fileURLWithPath: primary))
        let cluster = try ClusterProcess("--dir", folder.path, "--shards", "1")
        #expect(try TestClient(cluster.endpoint)("GET", "key:98") == .text("98"))
        #expect(try TestClient(cluster.endpoint)("GET", "key:99") == .null)
        #expect(cluster.log.contains("as it is"), "\(cluster.log)")
    }

    @Test func `the record of what was acknowledged is written anew where somebody removes it`() throws {
        let folder = try TemporaryFolder()
        let cluster = try ClusterProcess("--dir", folder.path, "--shards", "1")
        let client = try TestClient(cluster.endpoint)
        let record = folder.path(to: "clusterctl.written")
        #expect(try client("SET", "a", "1") == .ok)
        try FileManager.default.removeItem(atPath: record)
        #expect(waits { FileManager.default.fileExists(atPath: record) })
        #expect(try client("SET", "a", "2") == .ok)
        cluster.kill()
        let log = folder.path(to: "shard-0/node-0/appendonlydir/appendonly.aof.1.incr.aof")
        let size = try #require(FileManager.default.attributesOfItem(atPath: log)[.size] as? Int)
        truncate(log, off_t(size - 1))
        Self.expectRefusal(
            try Self.start("--dir", folder.path, "--shards", "1"), "and \(size) were acknowledged", status: 3)
    }

    @Test func `what is made can be read by its owner alone`() throws {
        let folder = try TemporaryFolder()
        let cluster = try ClusterProcess("--dir", folder.path(to: "data"), "--shards", "1")
        let client = try TestClient(cluster.endpoint)
        #expect(try client("SET", "a", "1") == .ok)
        var admin = try AdminClient(path: cluster.adminPath)
        _ = try admin.ask(["SAVE"])
        _ = try admin.ask(["EXPORT", folder.path(to: "data/dump.rdb")])
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(try mode(folder.path(to: "data")) == 0o700)
        let manifest = folder.path(to: "data/shard-0/node-0/appendonlydir/appendonly.aof.manifest")
        #expect(FileManager.default.fileExists(atPath: manifest))
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path(to: "data")) {
            let path = folder.path(to: "data/\(name)")
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
            #expect(try mode(path) == (isFolder.boolValue ? 0o700 : 0o600), "\(path)")
        }
    }

    @Test func `a link in the place of the lock is refused, and what it leads to stays as it is`() throws {
        let folder = try TemporaryFolder()
        try Data("mine".utf8).write(to: URL(fileURLWithPath: folder.path(to: "victim")))
        mkdir(folder.path(to: "data"), 0o700)
        symlink(folder.path(to: "victim"), folder.path(to: "data/clusterctl.lock"))
        Self.expectRefusal(
            try Self.start("--dir", folder.path(to: "data"), "--shards", "1"), folder.path(to: "data/clusterctl.lock"))
        #expect(try String(contentsOfFile: folder.path(to: "victim"), encoding: .utf8) == "mine")
    }

    /// A disk of 4 MB; nil where this process may not mount one.
    private static func smallDisk() throws -> (folder: TemporaryFolder, unmount: () -> Void)? {
        let folder = try TemporaryFolder()
        guard mount("tmpfs", folder.path, "tmpfs", 0, "size=4m") == 0 else { return nil }
        return (folder, { umount2(folder.path, Int32(MNT_DETACH)) })
    }

    @Test func `a full disk refuses writes, loses nothing and is recovered from`() throws {
        guard let (folder, unmount) = try Self.smallDisk() else {
            return print("full disk test: skipped, since no file system can be mounted here")
        }
        defer { unmount() }
        let filler = folder.path(to: "filler")
        #expect(FileManager.default.createFile(atPath: filler, contents: Data(count: 2_500_000)))
        let options = ["--dir", folder.path(to: "data"), "--fsync", "always", "--rewrite-percentage", "0"]
        let cluster = try ClusterProcess(options)
        var acknowledged = 0
        let value = String(repeating: "x", count: 10_000)
        var client = try TestClient(cluster.endpoint)
        var refusal: String?
        for number in 0..<1_000 where refusal == nil {
            do {
                let reply = try client("SET", "key:\(number)", value)
                if reply == .ok { acknowledged += 1 } else { refusal = reply.errorText }
            } catch {
                // The one whose fate is unknown: its connection is closed.
                client = try TestClient(cluster.endpoint)
            }
        }
        #expect(refusal?.hasPrefix("MISCONF Errors writing to the AOF file: No space left on device") == true)
        #expect(acknowledged > 10)
        #expect(try client("GET", "key:0") == .text(value), "reads go on")
        #expect(try client("MSET", "a", "1", "b", "2").errorText?.hasPrefix("MISCONF") == true)
        #expect(cluster.log.contains("No space left on device"), "\(cluster.log)")
        var admin = try AdminClient(path: cluster.adminPath)
        #expect(try admin.number("SNAPSHOT", "SAVE", "full") > 0, "a snapshot needs no disk")
        for command in [["FLUSHALL"], ["SNAPSHOT", "RESTORE", "full"]] {
            let error = #expect(throws: AdminClient.Failure.self) { try admin.ask(command) }
            #expect("\(error.map(String.init(describing:)) ?? "")".contains("No space left on device"))
        }
        #expect(try client("GET", "key:0") == .text(value), "nothing is half done")
        #expect(try admin.number("SNAPSHOT", "DELETE", "full") > 0)
        try FileManager.default.removeItem(atPath: filler)
        #expect(try waits { try client("SET", "after", "1") == .ok }, "writes are taken again: \(cluster.log)")
        cluster.kill()
        let next = try ClusterProcess(options)
        let reader = try TestClient(next.endpoint)
        for number in 0..<acknowledged { #expect(try reader("EXISTS", "key:\(number)") == .integer(1)) }
        #expect(try reader("GET", "after") == .text("1"))
    }

    @Test func `in the round that fills the disk nobody is told of a write that is lost`() throws {
        for round in 0..<5 {
            guard let (folder, unmount) = try Self.smallDisk() else {
                return print("full disk test: skipped, since no file system can be mounted here")
            }
            defer { unmount() }
            let options = ["--dir", folder.path, "--fsync", "always", "--loops", "1", "--replicas", "0"]
            let cluster = try ClusterProcess(options)
            var clients = try (0..<8).map { _ in try TestClient(cluster.endpoint) }
            let value = [UInt8](repeating: 1, count: 10_000)
            var acknowledged: [String] = []
            var isFull = false
            for number in 0..<1_000 where !isFull {
                // A client that quits in the middle has its answer written, and the log before it, ahead of the others.
                let quitting = try TestClient(cluster.endpoint)
                for (index, client) in clients.enumerated() {
                    if index == 4 { try quitting.socket.send(Array("QUIT\r\n".utf8)) }
                    try client.send([Array("SET".utf8), Array("key:\(number):\(index)".utf8), value])
                }
                for index in clients.indices {
                    if let reply = try? clients[index].reply() {
                        if reply == .ok { acknowledged.append("key:\(number):\(index)") } else { isFull = true }
                    } else {
                        clients[index] = try TestClient(cluster.endpoint)
                    }
                }
            }
            #expect(isFull)
            cluster.kill()
            let next = try ClusterProcess(options)
            let reader = try TestClient(next.endpoint)
            let lost = try acknowledged.filter { try reader("EXISTS", $0) != .integer(1) }
            #expect(lost == [], "round \(round): of \(acknowledged.count)")
        }
    }

    @Test func `files that somebody removes are missed`() throws {
        let folder = try TemporaryFolder()
        let cluster = try ClusterProcess("--dir", folder.path(to: "data"))
        var client = try TestClient(cluster.endpoint)
        #expect(try client("SET", "a", "1") == .ok)
        // The replicas' logs are just being begun: a folder may have got another file while it was emptied.
        #expect(
            waits {
                try? FileManager.default.removeItem(atPath: folder.path(to: "data"))
                return !FileManager.default.fileExists(atPath: folder.path(to: "data"))
            })
        #expect(
            waits {
                do {
                    return try client("SET", "a", "2").errorText?.contains("were removed") == true
                } catch {
                    // The one whose fate is unknown: its connection is closed.
                    client = (try? TestClient(cluster.endpoint)) ?? client
                    return false
                }
            }, "\(cluster.log)")
        #expect(try client("GET", "a").bytes != nil)
        var admin = try AdminClient(path: cluster.adminPath)
        let error = #expect(throws: AdminClient.Failure.self) { try admin.ask(["SAVE"]) }
        #expect("\(error.map(String.init(describing:)) ?? "")".contains("were removed"))
    }

    @Test(arguments: ["always", "everysec"])
    func `keys that were removed as a whole, or replaced, are so after a crash`(_ synchronization: String) throws {
        let folder = try TemporaryFolder()
        let options = ["--dir", folder.path, "--shards", "2", "--fsync", synchronization]
        var cluster = try ClusterProcess(options)
        let client = try TestClient(cluster.endpoint)
        for number in 0..<30 { #expect(try client("SET", "key:\(number)", number) == .ok) }
        var admin = try AdminClient(path: cluster.adminPath)
        #expect(try admin.number("SNAPSHOT", "SAVE", "full") == 30)
        #expect(try admin.flushAll() == 30)
        cluster.kill()
        cluster = try ClusterProcess(options)
        admin = try AdminClient(path: cluster.adminPath)
        #expect(try admin.shards().reduce(0) { $0 + $1.keys } == 0)
        #expect(try TestClient(cluster.endpoint)("SET", "later", "1") == .ok)
        #expect(try admin.number("SNAPSHOT", "SAVE", "one") == 1)
        #expect(try TestClient(cluster.endpoint)("SET", "later", "2") == .ok)
        #expect(try admin.number("SNAPSHOT", "RESTORE", "one") == 1)
        cluster.kill()
        cluster = try ClusterProcess(options)
        #expect(try TestClient(cluster.endpoint)("GET", "later") == .text("1"))
    }

    @Test func `without a folder nothing touches the disk`() throws {
        let cluster = try ClusterProcess()
        let client = try TestClient(cluster.endpoint)
        #expect(try client("SET", "a", "1") == .ok)
        let links = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(cluster.identifier)/fd").compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(cluster.identifier)/fd/\($0)")
        }
        #expect(!links.contains { $0.contains("appendonly") || $0.contains("clusterctl.lock") }, "\(links)")
    }
}
