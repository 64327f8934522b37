import Glibc
import SystemCalls

/// Why a file of the data directory cannot be used: one line that says what, where and what to do.
public struct PersistenceError: Error, CustomStringConvertible, Sendable {
    /// What is wrong, where, and what to do.
    public let description: String
    /// Whether the files are there and what they hold cannot be used.
    let isDamage: Bool

    init(_ description: String, isDamage: Bool = false) {
        self.description = description
        self.isDamage = isDamage
    }

    /// A file that is not what it must be.
    static func damage(
        _ path: String, _ problem: String, _ remedy: String = "restore it from a copy"
    ) -> PersistenceError {
        PersistenceError("\(path): \(problem): \(remedy)", isDamage: true)
    }

    /// The same error, with more to do about it.
    func adding(_ remedy: String) -> PersistenceError {
        PersistenceError("\(description); \(remedy)", isDamage: isDamage)
    }

    /// An error that the system has just reported of a file or folder of the data directory.
    init(failing path: String, code: CInt = errno) {
        // No other folder helps where the process may open no more files at all.
        guard code != EMFILE, code != ENFILE else {
            self.init(path, "allow more open files (ulimit -n)", code: code)
            return
        }
        let action = "choose a folder with --dir that can be written"
        // To root every folder is open, and to others not even those that they see.
        let owner = code == EACCES || code == EPERM ? Self.owner(of: path).map { " (it belongs to \($0))" } ?? "" : ""
        self.init(path, "\(action)\(owner)", code: code)
    }

    /// The user that a file, or the folder that it is to be in, belongs to; nil for this one, and if that is not known.
    private static func owner(of path: String) -> String? {
        var status = stat()
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        guard stat(path, &status) == 0 || stat(folder, &status) == 0, status.st_uid != geteuid() else { return nil }
        return "user \(status.st_uid)"
    }

    /// An error that the system has just reported, and what to do about it.
    init(_ path: String, _ action: String, code: CInt = errno) {
        isDamage = false
        description = "\(path): \(UnixSocketFile.systemMessage(code)): \(action)"
    }
}

/// What the persistence does with files, each with its error.
///
/// What it makes can be read by its owner alone.
enum Files {
    private static let folderMode: mode_t = 0o700
    static let fileMode: mode_t = 0o600

    /// Makes a folder and so many above it, lastingly; one that is there is fine.
    static func makeFolder(_ path: String, andAbove count: Int = .max) throws(PersistenceError) {
        if make(path) { return }
        if errno == ENOENT, count > 0, let above = folder(of: path) {
            try makeFolder(above, andAbove: count - 1)
            if make(path) { return }
        }
        let code = errno
        var information = stat()
        guard code == EEXIST, stat(path, &information) == 0, information.st_mode & S_IFMT == S_IFDIR else {
            throw PersistenceError(failing: path, code: code == EEXIST ? ENOTDIR : code)
        }
    }

    /// Refuses a path that leads through a symbolic link of another user, who could lead it elsewhere at any moment; root's
    /// links and one's own are fine.
    static func refuseForeignLinks(on path: String) throws(PersistenceError) {
        var folder = path.hasPrefix("/") ? "/" : ""
        var rest = Array(path.split(separator: "/").map(String.init).reversed())
        var links = 0
        while let part = rest.popLast() {
            var status = stat()
            let place = folder.isEmpty || folder == "/" ? folder + part : "\(folder)/\(part)"
            guard lstat(place, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else {
                folder = place
                continue
            }
            links += 1
            guard status.st_uid == geteuid() || status.st_uid == 0 else {
                throw PersistenceError(
                    "\(place): a symbolic link of user \(status.st_uid), who can lead it elsewhere: choose a folder with "
                        + "--dir that is reached without it")
            }
            guard links <= mostLinks, let target = target(of: place) else { return }
            if target.hasPrefix("/") { folder = "/" }
            rest += target.split(separator: "/").map(String.init).reversed()
        }
    }

    /// The system itself follows no more.
    private static let mostLinks = 40

    private static func target(of link: String) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(link, &buffer, buffer.count)
        return count > 0
            ? String(validating: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }

    /// Makes one folder; false, with the system's reason, where it cannot be made.
    private static func make(_ path: String) -> Bool {
        guard mkdir(path, folderMode) == 0 else { return false }
        // Who may not read the folder above cannot force it, but may go on.
        try? synchronizeFolder(folder(of: path) ?? ".")
        return true
    }

    /// The folder that a path lies in; nil where it names none.
    private static func folder(of path: String) -> String? {
        guard let slash = path.lastIndex(of: "/") else { return nil }
        return slash == path.startIndex ? nil : String(path[..<slash])
    }

    static func open(_ path: String, _ flags: CInt) throws(PersistenceError) -> CInt {
        let descriptor = Glibc.open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw PersistenceError(failing: path) }
        return descriptor
    }

    /// Makes a file that must not be there, not even as a link, and opens it for writing; -1, with the system's reason,
    /// where that is not possible.
    static func create(_ path: String, mode: mode_t = fileMode) -> CInt {
        NewFile.create(path, mode: mode)
    }

    static let temporarySuffix = ".tmp"

    /// The path of a file that is to take another one's place: beside it, with a name that nobody can know before.
    static func temporaryPath(beside path: String) -> String { NewFile.path(beside: path) }

    /// A name that nobody can know before.
    static func randomName() -> String { NewFile.randomName() }

    /// Writes all of `bytes` at a place in a file.
    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: CInt, at offset: Int) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = pwrite(
                descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written, offset + written)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                if count == 0 { errno = ENOSPC }
                return false
            }
            written += count
        }
        return true
    }

    /// Makes what a folder lists lasting.
    static func synchronizeFolder(_ path: String) throws(PersistenceError) {
        let descriptor = try open(path, O_RDONLY | O_DIRECTORY)
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw PersistenceError(failing: path) }
    }

    /// Makes what was written by a descriptor lasting, and closes it; returns why that is not possible.
    static func synchronizeAndClose(_ descriptor: CInt, _ path: String) -> PersistenceError? {
        defer { close(descriptor) }
        return fdatasync(descriptor) == 0 ? nil : PersistenceError(path, "check the disk")
    }

    /// Puts a whole file in place of what is there, lastingly: one or the other is there at every moment.
    static func replace(_ path: String, with content: [UInt8]) throws(PersistenceError) {
        let temporary = temporaryPath(beside: path)
        let descriptor = create(temporary)
        guard descriptor >= 0 else { throw PersistenceError(failing: path) }
        let isWritten =
            content.withUnsafeBytes { write($0, to: descriptor, at: 0) } && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        guard isWritten else {
            unlink(temporary)
            throw PersistenceError(path, "make room", code: code)
        }
        guard rename(temporary, path) == 0 else {
            let error = PersistenceError(failing: path)
            unlink(temporary)
            throw error
        }
        try synchronizeFolder(folder(of: path) ?? ".")
    }

    /// Removes what a crash has left of a file that was to take another one's place.
    static func removeTemporaries(of path: String) {
        let prefix = String(path.dropFirst((folder(of: path) ?? "").count + 1)) + "."
        guard let folder = folder(of: path) else { return }
        for name in FolderListing.names(in: folder) where name.hasPrefix(prefix) && name.hasSuffix(temporarySuffix) {
            unlink("\(folder)/\(name)")
        }
    }

    /// Moves a file or folder to another folder, lastingly; nothing may be there.
    static func move(_ path: String, to other: String) throws(PersistenceError) {
        guard rename(path, other) == 0 else { throw PersistenceError(failing: path) }
        for moved in [other, path] { try synchronizeFolder(folder(of: moved) ?? ".") }
    }

    /// Opens a file that must be there for reading; returns how many bytes it has, too.
    static func openForReading(_ path: String) throws(PersistenceError) -> (descriptor: CInt, size: Int) {
        // Without waiting for whoever writes to a pipe.
        let descriptor = Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { throw .damage(path, "is missing") }
            throw PersistenceError(path, "let it be read")
        }
        var information = stat()
        guard fstat(descriptor, &information) == 0 else {
            let error = PersistenceError(path, "let it be read")
            close(descriptor)
            throw error
        }
        guard information.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .damage(path, "is no regular file")
        }
        return (descriptor, Int(information.st_size))
    }

    /// The bytes of a file that must be there.
    static func size(of path: String) throws(PersistenceError) -> Int {
        let (descriptor, size) = try openForReading(path)
        close(descriptor)
        return size
    }

    /// Lends the bytes of a whole file that must be there, as far as they are looked at.
    static func withContents<Result>(
        of path: String, _ body: (UnsafeRawBufferPointer) throws(PersistenceError) -> Result
    ) throws(PersistenceError) -> Result {
        let (descriptor, count) = try openForReading(path)
        defer { close(descriptor) }
        guard count > 0 else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        guard let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
            throw PersistenceError(path, "let it be read")
        }
        defer { munmap(address, count) }
        return try body(UnsafeRawBufferPointer(start: address, count: count))
    }

    /// The checksum of the first bytes of a file that must be there, and have as many.
    static func checksum(of path: String, upTo end: Int) throws(PersistenceError) -> UInt64 {
        try withContents(of: path) { (bytes) throws(PersistenceError) in
            guard end <= bytes.count else { throw .damage(path, "has \(bytes.count) bytes") }
            return LogChecksum(of: UnsafeRawBufferPointer(rebasing: bytes[..<end])).value
        }
    }

    /// The bytes of a small file that must be there.
    static func contents(of path: String) throws(PersistenceError) -> [UInt8] {
        try withContents(of: path) { (bytes) throws(PersistenceError) in Array(bytes) }
    }

    /// Whether somebody has removed an open file.
    static func isRemoved(_ descriptor: CInt) -> Bool {
        var information = stat()
        return fstat(descriptor, &information) != 0 || information.st_nlink == 0
    }

    /// Whether something is there.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
