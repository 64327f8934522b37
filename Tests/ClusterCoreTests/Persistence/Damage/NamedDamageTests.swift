import Glibc
import TestSupport
import Testing
import WireFormats

@testable import ClusterCore

/// What single files of a data directory say when they are damaged, and what to do then.
@Suite(.blocking)
struct NamedDamageTests {
    /// A folder of three shards with a transaction over all of them, and its path.
    private final class Setup {
        let folder: TemporaryFolder
        let image: FolderImage
        var path: String { folder.path(to: "data") }

        init(_ change: (inout FolderImage) -> Void = { _ in }) throws {
            folder = try TemporaryFolder(isInMemory: true)
            let path = folder.path(to: "data")
            let started = try StartedFolder(path, replicas: 0)
            for shard in 0..<3 {
                guard started.write([["SET", "s:\(shard)", "old"]], shard: shard) else { throw Failure() }
            }
            guard started.writeTransaction() else { throw Failure() }
            var image = try FolderImage(of: path)
            change(&image)
            self.image = image
            try image.write(to: path)
        }

        struct Failure: Error {}

        /// Starts, which must be refused with these words in one line.
        func expectRefusal(_ parts: String..., isDamage: Bool = true) throws {
            try image.write(to: path)
            do throws(PersistenceError) {
                _ = try StartedFolder(path, replicas: 0)
                Issue.record("loaded")
            } catch {
                for part in parts { #expect(error.description.contains(part), "\(error)") }
                #expect(error.isDamage == isDamage, "\(error)")
                #expect(!error.description.contains("\n"))
            }
            #expect(try FolderImage(of: path).differences(from: image) == [])
        }

        /// Starts; returns what the shards have of `tx`.
        func load() throws -> StartedFolder {
            try image.write(to: path)
            return try StartedFolder(path, replicas: 0)
        }
    }

    private static let log = "node-0/appendonlydir/appendonly.aof.1.incr.aof"
    private static let manifest = "node-0/appendonlydir/appendonly.aof.manifest"

    @Test func `a shard's manifest that is missing is refused`() throws {
        try Setup { $0.items["shard-2/\(Self.manifest)"] = nil }
            .expectRefusal("shard-2/\(Self.manifest): is missing", "shard-2/clusterctl.primary", "restore it")
    }

    @Test func `an empty log is refused`() throws {
        try Setup { $0.items["shard-2/\(Self.log)"]?.bytes = [] }
            .expectRefusal("shard-2/\(Self.log): is empty", "restore it")
    }

    @Test func `a log that the manifest calls history is refused`() throws {
        try Setup { image in
            guard var bytes = image.items["shard-2/\(Self.manifest)"]?.bytes else { return }
            bytes[bytes.count - 2] ^= 1
            #expect(String(decoding: bytes, as: UTF8.self).hasSuffix("type h\n"))
            image.items["shard-2/\(Self.manifest)"]?.bytes = bytes
        }.expectRefusal("shard-2/\(Self.manifest)", "checksum", "restore it")
    }

    @Test func `a node that is flipped to another one is refused`() throws {
        try Setup { $0.items["shard-1/clusterctl.primary"]?.bytes?[2] ^= 1 }
            .expectRefusal("shard-1/clusterctl.primary", "checksum", "1-0")
    }

    @Test func `a node whose log was not the one that was written to last is refused`() throws {
        try Setup { image in
            for name in image.items.keys where name.hasPrefix("shard-2/node-0") {
                image.items[name.replacing("node-0", with: "node-1")] = image.items[name]
            }
            image.items["shard-2/clusterctl.primary"]?.bytes = CheckedLine.bytes("2-1")
        }.expectRefusal("shard-2/clusterctl.primary: names node 2-1", "the log of node 2-0 was written to last")
    }

    @Test func `a lock that was not there is not there after a start that is refused`() throws {
        try Setup {
            $0.items["clusterctl.lock"] = nil
            $0.items["shard-2/\(Self.manifest)"] = nil
        }.expectRefusal("shard-2/\(Self.manifest)")
    }

    @Test func `a shard that is missing as a whole is refused`() throws {
        try Setup { image in for name in image.items.keys where name.hasPrefix("shard-1") { image.items[name] = nil } }
            .expectRefusal("shard-1/clusterctl.primary: is missing", "restore the shard's folder")
    }

    @Test func `a log that ends before what was acknowledged is refused, at whichever command it ends`() throws {
        let whole = try Setup().image.bytes("shard-0/\(Self.log)").count
        for count in [whole - 1, whole - 20, 20] {
            try Setup { $0.items["shard-0/\(Self.log)"]?.bytes?.removeSubrange(count...) }
                .expectRefusal("shard-0/\(Self.log): has \(count) bytes, and \(whole) were acknowledged", "0-0")
        }
    }

    @Test func `a flipped bit in what a command says is refused`() throws {
        try Setup { image in
            guard var bytes = image.items["shard-1/\(Self.log)"]?.bytes else { return }
            let start = bytes.indices.first { bytes[$0...].starts(with: Array("old".utf8)) } ?? 0
            bytes[start] ^= 1
            image.items["shard-1/\(Self.log)"]?.bytes = bytes
        }.expectRefusal("shard-1/\(Self.log): its first", "are not those that were acknowledged", "1-0")
    }

    @Test func `a transaction's line that names another transaction ends no log`() throws {
        try Setup { image in
            guard var bytes = image.items["shard-0/\(Self.log)"]?.bytes else { return }
            let start = bytes.indices.first { bytes[$0...].starts(with: Array("#TX:1:".utf8)) } ?? 0
            let whole = bytes.withUnsafeBytes { LogChecksum(of: $0).value }
            bytes[start + 4] ^= 1
            image.items["shard-0/\(Self.log)"]?.bytes = bytes
            // As if it had been written so.
            image.rewriteRecord { entry in
                guard entry.written.checksum == whole else { return }
                entry.written.checksum = bytes.withUnsafeBytes { LogChecksum(of: $0).value }
            }
        }.expectRefusal("shard-0/\(Self.log): lacks its part of transaction 1", "acknowledged")
    }

    @Test func `a record with a flipped bit is refused, and one that is missing is loaded without`() throws {
        try Setup { $0.items[WrittenRecord.name]?.bytes?[200] ^= 4 }
            .expectRefusal("\(WrittenRecord.name): damaged at byte 128", "remove it")
        let started = try Setup { $0.items[WrittenRecord.name] = nil }.load()
        #expect(started.texts(of: "record").count { $0.contains("is missing") } == 1)
    }

    @Test func `without the record nothing is cut off`() throws {
        try Setup {
            $0.items[WrittenRecord.name] = nil
            $0.items["shard-2/\(Self.log)"]?.bytes?.removeLast()
        }.expectRefusal("shard-2/\(Self.log)", WrittenRecord.name, "2-0")
    }

    @Test func `a log that is chosen by hand is loaded as it is, and ends no other log`() throws {
        let setup = try Setup {
            $0.items["shard-2/\(Self.log)"]?.bytes?.removeLast()
            $0.items["shard-2/clusterctl.primary"]?.bytes = Array("2-0\n".utf8)
        }
        for _ in 0..<2 {
            let started = try setup.load()
            #expect(started.value("tx:0", shard: 0) == "new")
            #expect(started.value("tx:2", shard: 2) == nil)
            #expect(started.texts(of: "cut").count == 1)
            #expect(started.texts(of: "data loss").count == 1)
        }
        // From the next start on it is as any other.
        let again = try StartedFolder(setup.path, replicas: 0)
        #expect(again.value("tx:0", shard: 0) == "new")
        #expect(again.texts(of: "data loss") == [])
    }

    @Test func `bytes that another boot of the machine has not brought to the disk may be missing`() throws {
        let setup = try Setup { image in
            image.rewriteRecord { entry in
                entry.boot ^= 1
                entry.forced = entry.written
            }
            image.items["shard-2/\(Self.log)"]?.bytes?.removeLast()
            image.items["shard-1/\(Self.log)"]?.bytes?.removeLast()
        }
        try setup.expectRefusal("shard-1/\(Self.log): has ", "were acknowledged")
        let other = try Setup { image in
            image.rewriteRecord { entry in
                entry.boot ^= 1
                entry.forced = WrittenEntry.Extent()
            }
            image.items["shard-2/\(Self.log)"]?.bytes?.removeLast()
        }
        let started = try other.load()
        for shard in 0..<3 { #expect(started.value("s:\(shard)", shard: shard) == "old") }
        for shard in 0..<3 { #expect(started.value("tx:\(shard)", shard: shard) == nil) }
        #expect(started.texts(of: "cut").count == 3)
        #expect(try FolderImage(of: other.path).files.count { $0.contains("clusterctl.cut.") } == 3)
    }

    @Test func `another number of shards than there are folders of is refused`() throws {
        try Setup { $0.items["clusterctl.shards"]?.bytes = Array("2\n".utf8) }
            .expectRefusal("clusterctl.shards: says 2", "3 shards")
        try Setup { $0.items["clusterctl.shards"]?.bytes?[0] ^= 1 }.expectRefusal("clusterctl.shards", "checksum")
        try Setup { $0.items["clusterctl.shards"] = nil }.expectRefusal("clusterctl.shards: is missing", "folders of 3")
        let whole = try Setup()
        do throws(PersistenceError) {
            _ = try StartedFolder(whole.path, shards: 4, replicas: 0)
            Issue.record("loaded")
        } catch {
            #expect(!error.isDamage && error.description.contains("--shards 3"), "\(error)")
        }
    }

    @Test func `an empty base is refused`() throws {
        let setup = try Setup { image in
            let folder = "shard-0/node-0/appendonlydir"
            var manifest: [AOFManifest.File] = [.init(name: Array("a.base.rdb".utf8), sequence: 1, kind: .base)]
            manifest += (try? AOFManifest(image.bytes("\(folder)/appendonly.aof.manifest")).files) ?? []
            image.items["\(folder)/appendonly.aof.manifest"]?.bytes = AOFManifest(manifest).bytes
            image.items["\(folder)/a.base.rdb"] = FolderImage.Item(mode: 0o600, bytes: [])
        }
        try setup.expectRefusal("shard-0/node-0/appendonlydir/a.base.rdb: is empty")
    }
}

// MARK: - Folders of clusterctl 0.1.0

extension NamedDamageTests {
    /// Makes a folder one of 0.1.0: no record, no checksums, no first lines.
    private static func makeOlder(_ image: inout FolderImage) {
        image.items[WrittenRecord.name] = nil
        image.items["clusterctl.shards"]?.bytes = Array("3\n".utf8)
        for shard in 0..<3 {
            image.items["shard-\(shard)/clusterctl.primary"]?.bytes = Array("\(shard)-0\n".utf8)
            image.items["shard-\(shard)/\(manifest)"]?.bytes = Array(
                "file appendonly.aof.1.incr.aof seq 1 type i\n".utf8)
            image.items["shard-\(shard)/\(log)"]?.bytes?.removeSubrange(..<"#TX-BASE:0\r\n".utf8.count)
        }
    }

    @Test func `a folder of clusterctl 0.1.0 is loaded, and has checksums from then on`() throws {
        let setup = try Setup(Self.makeOlder)
        do {
            let started = try setup.load()
            for shard in 0..<3 { #expect(started.value("tx:\(shard)", shard: shard) == "new") }
            #expect(started.texts(of: "cut") == [] && started.texts(of: "data loss") == [])
        }
        let image = try FolderImage(of: setup.path)
        #expect(image.bytes("shard-1/\(Self.manifest)").starts(with: Array("#CRC64:".utf8)))
        #expect(CheckedLine(image.bytes("shard-1/clusterctl.primary"))?.isChecked == true)
        #expect(CheckedLine(image.bytes("clusterctl.shards")) == .checked("3"))
        #expect(!image.bytes(WrittenRecord.name).isEmpty)
    }

    @Test func `the unfinished round of a folder of clusterctl 0.1.0 is cut off, with a copy`() throws {
        let setup = try Setup {
            Self.makeOlder(&$0)
            $0.items["shard-2/\(Self.log)"]?.bytes?.removeLast()
        }
        let started = try setup.load()
        for shard in 0..<3 { #expect(started.value("tx:\(shard)", shard: shard) == nil) }
        for shard in 0..<3 { #expect(started.value("s:\(shard)", shard: shard) == "old") }
        #expect(try FolderImage(of: setup.path).files.count { $0.contains("clusterctl.cut.") } == 3)
    }

    @Test func `a node's log with later transactions than the one that counts is told in a folder of clusterctl 0.1.0`()
        throws
    {
        try Setup { image in
            Self.makeOlder(&image)
            for name in image.files where name.hasPrefix("shard-2/node-0/") {
                image.items[name.replacing("node-0", with: "node-1")] = image.items[name]
            }
            for folder in ["shard-2/node-1", "shard-2/node-1/appendonlydir"] {
                image.items[folder] = FolderImage.Item(mode: 0o700, bytes: nil)
            }
            let first = RequestEncoder.encode(["SET", "s:2", "old"].map { Array($0.utf8) })
            image.items["shard-2/\(Self.log)"]?.bytes = first
        }.expectRefusal("shard-2/\(Self.log): lacks transaction 1", "node 2-1", "shard-2/clusterctl.primary")
    }

    @Test func `what is missing in a folder of clusterctl 0.1.0 ends no other shard's log`() throws {
        try Setup {
            Self.makeOlder(&$0)
            $0.items["shard-2/\(Self.manifest)"] = nil
        }.expectRefusal("shard-2/\(Self.manifest): is missing")
        try Setup {
            Self.makeOlder(&$0)
            $0.items["shard-2/\(Self.log)"]?.bytes = []
        }.expectRefusal("shard-2/\(Self.log): is empty, and lacks its part of transaction 1")
        try Setup {
            Self.makeOlder(&$0)
            $0.items["shard-2/\(Self.manifest)"]?.bytes = Array("file appendonly.aof.1.incr.aof seq 1 type h\n".utf8)
        }.expectRefusal("shard-2/\(Self.log): has commands", "does not name it")
    }
}
