import Glibc
import SystemCalls
import WireFormats

/// Whether a log's folder holds what its manifest says.
extension LogFolder {
    /// Looks whether every file is there that the manifest names, with as many bytes as it says; changes nothing.
    func check() throws(PersistenceError) {
        for file in files {
            let path = path(of: file)
            let size = try Files.size(of: path)
            if let expected = file.size, size < expected {
                throw .damage(path, "has \(size) bytes, and \(expected) by the manifest")
            }
            if let checksum = file.checksum, let size = file.size,
                try Files.checksum(of: path, upTo: Int(size)) != checksum
            {
                throw .damage(path, "its bytes do not have the checksum of the manifest")
            }
            // Before there were checksums a log without a write was empty; now it has a first line.
            if size == 0, isManifestChecked || file.kind == .base { throw .damage(path, "is empty") }
        }
        if !isManifestChecked { try checkUnnamed() }
    }

    /// A manifest without a checksum may have lost its last line.
    private func checkUnnamed() throws(PersistenceError) {
        let named = Set(files.map { String(decoding: $0.name, as: UTF8.self) })
        for name in FolderListing.names(in: path) where Self.isLog(name) && !named.contains(name) {
            guard try Self.hasCommands("\(path)/\(name)") else { continue }
            throw .damage(
                "\(path)/\(name)", "has commands, and \(manifestPath) does not name it",
                "restore the manifest from a copy, or move the file away if it is not to be loaded")
        }
    }

    /// Whether a file of this name may be a log.
    static func isLog(_ name: String) -> Bool {
        name.hasPrefix("\(prefix).") && name.hasSuffix(".incr.aof")
    }

    /// Whether there is anything in a log but lines between commands.
    private static func hasCommands(_ path: String) throws(PersistenceError) -> Bool {
        try Files.withContents(of: path) { (bytes) throws(PersistenceError) in
            var rest = bytes[...]
            while rest.first == UInt8(ascii: "#") {
                rest = rest[(rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex - 1)...].dropFirst()
            }
            return !rest.isEmpty
        }
    }

    /// Whether the folder has a base, or a log with commands, whatever a manifest says.
    var hasData: Bool {
        FolderListing.names(in: path).contains { name in
            guard isOwn(name) else { return false }
            return Self.isLog(name) ? (try? Self.hasCommands("\(path)/\(name)")) ?? true : name.contains(".base.")
        }
    }
}
