import Glibc
import SystemCalls

/// A folder of a test's own, removed with what is in it at its end.
final class Folder: Sendable {
    let path: String

    /// The folder of the admin sockets of all clusters that the tests start.
    static let runtime: Folder = {
        atexit {
            let sockets = Folder(existing: Folder.runtime.path("clusterctl"))
            sockets.remove()
            Folder.runtime.remove()
        }
        return Folder()
    }()

    init() {
        // The path is short: that of a Unix socket has at most 107 bytes.
        var template = Array("/tmp/ctl-test-XXXXXX".utf8CString)
        path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
    }

    private init(existing path: String) {
        self.path = path
    }

    deinit {
        remove()
    }

    /// Removes it with all that stands in it: a shell makes folders in its home.
    private func remove() {
        for name in names where unlink(path(name)) != 0 { Folder(existing: path(name)).remove() }
        rmdir(path)
    }

    var names: [String] { FolderListing.names(in: path) }

    func path(_ name: String) -> String { "\(path)/\(name)" }

    func exists(_ name: String) -> Bool { access(path(name), F_OK) == 0 }

    /// A file's mode, its type not counted.
    func mode(_ name: String) -> mode_t {
        var status = stat()
        return stat(path(name), &status) == 0 ? status.st_mode & 0o777 : 0
    }

    /// A file's content as text; empty where there is none.
    func read(_ name: String) -> String {
        guard let file = fopen(path(name), "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk.prefix(count)
        }
    }

    /// Writes a file of any bytes and returns its path.
    @discardableResult
    func write(_ name: String, _ bytes: [UInt8]) -> String {
        if let file = fopen(path(name), "w") {
            fwrite(bytes, 1, bytes.count, file)
            fclose(file)
        }
        return path(name)
    }

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ name: String, _ content: String, mode: mode_t = 0o644) -> String {
        if let file = fopen(path(name), "w") {
            fputs(content, file)
            fclose(file)
        }
        chmod(path(name), mode)
        return path(name)
    }
}
