import Compatibility
import Glibc

/// The folder that the program was started in.
enum WorkingFolder {
    /// Its absolute path, without links.
    static let path = resolved(".") ?? "/"

    /// The absolute path of a file without links; nil where there is none.
    static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

/// Small files that steer a run.
enum ConfigurationFile {
    /// The largest that is read.
    private static let longest = 64 << 20

    /// The file of the working folder or of the nearest folder above; nil where there is none.
    static func found() -> String? {
        var parts = WorkingFolder.path.split(separator: "/")
        while true {
            let path = "/" + (parts.map(String.init) + [Configuration.fileName]).joined(separator: "/")
            if access(path, F_OK) == 0 { return path }
            if parts.popLast() == nil { return nil }
        }
    }

    static func read(_ path: String, option: String) throws(Failure) -> Configuration {
        let text = try bytes(path, option: option)
        let whole = WorkingFolder.resolved(path) ?? path
        let folder = whole.split(separator: "/").dropLast().map { "/\($0)" }.joined()
        do {
            return try Configuration(text, folder: folder.isEmpty ? "/" : folder)
        } catch {
            throw Failure("\(option)\(path):\(error.line): \(error.message)")
        }
    }

    /// A file's content.
    static func bytes(_ path: String, option: String) throws(Failure) -> [UInt8] {
        guard let bytes = content(path) else {
            throw Failure("\(option)\(path): \(systemError()): name a file that can be read")
        }
        guard bytes.count <= longest else {
            throw Failure("\(option)\(path): more than \(longest) bytes: is it the right file?")
        }
        return PlainText.utf8(bytes)
    }

    /// A file's content, up to a byte more than is allowed; nil with the reason in `errno` where it cannot be read.
    static func content(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return FileDescriptor.readAll(descriptor, limit: longest + 1)
    }
}
