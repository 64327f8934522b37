import Glibc

/// What a folder holds.
public enum FolderListing {
    /// One entry of a folder.
    public struct Entry: Sendable {
        /// What it is.
        public enum Kind: Sendable {
            case file
            case folder
            /// A symbolic link, wherever it leads.
            case link
            /// A socket, a pipe or a device.
            case special
            /// Not known: the system's number of the error.
            case unknown(CInt)
        }

        /// Its name, which need not be UTF-8.
        public let name: [UInt8]
        /// What it is.
        public let kind: Kind
    }

    /// A folder that cannot be read.
    public struct Failure: Error {
        /// The system's number of the error.
        public let code: CInt
    }

    /// The names in a folder, without `.` and `..`, in the system's order; none where there is no such folder, or it may
    /// not be read.
    public static func names(in path: String) -> [String] {
        let entries = (try? entries(in: FilePath(path))) ?? []
        return entries.map { String(decoding: $0.name, as: UTF8.self) }
    }

    /// The entries of a folder, without `.` and `..`, in the system's order.
    public static func entries(in folder: FilePath) throws(Failure) -> [Entry] {
        guard let stream = folder.withSystemPath({ opendir($0) }) else { throw Failure(code: errno) }
        defer { closedir(stream) }
        var entries: [Entry] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                guard errno == 0 else { throw Failure(code: errno) }
                return entries
            }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in Array(bytes.prefix { $0 != 0 }) }
            if name == [UInt8(ascii: ".")] || name == Array("..".utf8) { continue }
            entries.append(Entry(name: name, kind: kind(entry.pointee.d_type, name, folder)))
        }
    }

    /// The kind that the entry itself says, or that the file says where the file system leaves it out.
    private static func kind(_ type: UInt8, _ name: [UInt8], _ folder: FilePath) -> Entry.Kind {
        switch Int(type) {
        case DT_REG: return .file
        case DT_DIR: return .folder
        case DT_LNK: return .link
        case DT_UNKNOWN: break
        default: return .special
        }
        var status = stat()
        guard folder.appending(name).withSystemPath({ lstat($0, &status) }) == 0 else {
            return .unknown(errno)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        case S_IFLNK: return .link
        default: return .special
        }
    }
}
