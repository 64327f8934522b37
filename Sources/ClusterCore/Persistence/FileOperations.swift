import Glibc

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

    /// An error that the system has just reported.
    init(_ path: String, _ action: String = "choose a folder with --dir that can be written", code: CInt = errno) {
        isDamage = false
        description = "\(path): \(UnixSocketFile.systemMessage(code)): \(action)"
    }
}

/// What the persistence does with files, each with its error.
enum Files {
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
            throw PersistenceError(path, code: code == EEXIST ? ENOTDIR : code)
        }
    }

    /// Makes one folder; false, with the system's reason, where it cannot be made.
    private static func make(_ path: String) -> Bool {
        guard mkdir(path, 0o755) == 0 else { return false }
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
        let descriptor = Glibc.open(path, flags | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw PersistenceError(path) }
        return descriptor
    }

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
        guard fsync(descriptor) == 0 else { throw PersistenceError(path) }
    }

    /// Makes what was written by a descriptor lasting, and closes it; returns why that is not possible.
    static func synchronizeAndClose(_ descriptor: CInt, _ path: String) -> PersistenceError? {
        defer { close(descriptor) }
        return fdatasync(descriptor) == 0 ? nil : PersistenceError(path, "check the disk")
    }

    /// Puts a whole file in place of what is there, lastingly: one or the other is there at every moment.
    static func replace(_ path: String, with content: [UInt8]) throws(PersistenceError) {
        let temporary = path + ".tmp"
        let descriptor = try open(temporary, O_WRONLY | O_CREAT | O_TRUNC)
        let isWritten =
            content.withUnsafeBytes { write($0, to: descriptor, at: 0) } && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        guard isWritten else {
            unlink(temporary)
            throw PersistenceError(path, "make room", code: code)
        }
        guard rename(temporary, path) == 0 else { throw PersistenceError(path) }
        try synchronizeFolder(folder(of: path) ?? ".")
    }

    /// Moves a file or folder to another folder, lastingly; nothing may be there.
    static func move(_ path: String, to other: String) throws(PersistenceError) {
        guard rename(path, other) == 0 else { throw PersistenceError(path) }
        for moved in [other, path] { try synchronizeFolder(folder(of: moved) ?? ".") }
    }

    /// Lends the bytes of a whole file, as far as they are looked at.
    static func withContents<Result>(
        of path: String, _ body: (UnsafeRawBufferPointer) throws(PersistenceError) -> Result
    ) throws(PersistenceError) -> Result {
        let descriptor = try open(path, O_RDONLY)
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw PersistenceError(path) }
        let count = Int(information.st_size)
        guard count > 0 else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        guard let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
            throw PersistenceError(path)
        }
        defer { munmap(address, count) }
        return try body(UnsafeRawBufferPointer(start: address, count: count))
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
