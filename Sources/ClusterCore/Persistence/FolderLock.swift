import Glibc

/// The lock of a data directory: an empty file, `clusterctl.lock`, that the process holds which uses the folder.
final class FolderLock: Sendable {
    private let path: String
    private let descriptor: CInt
    /// Whether there was no such file before.
    private let isMade: Bool
    private let isKept = Locked(false)

    /// Takes the lock of a folder.
    ///
    /// The file is left as it is; one that is made here goes again unless `keep` is called.
    init(folder: String) throws(PersistenceError) {
        path = "\(folder)/clusterctl.lock"
        while true {
            let (descriptor, isMade) = try Self.open(path)
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                let holder = Self.holder(of: descriptor)
                close(descriptor)
                throw PersistenceError(
                    "\(folder): \(holder) uses the folder: stop it, or choose another folder with --dir")
            }
            // Whoever made the file may have removed it before it was ours.
            if Self.isAt(path, descriptor) {
                (self.descriptor, self.isMade) = (descriptor, isMade)
                return
            }
            close(descriptor)
        }
    }

    /// Lets the file stay.
    func keep() { isKept.withLock { $0 = true } }

    deinit {
        if isMade, !isKept.withLock({ $0 }) { unlink(path) }
        // Not by closing alone: a child that is just being started has the descriptor, too.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    private static func open(_ path: String) throws(PersistenceError) -> (descriptor: CInt, isMade: Bool) {
        while true {
            let there = Glibc.open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
            if there >= 0 { return (there, false) }
            guard errno == ENOENT else { throw PersistenceError(failing: path) }
            let made = Files.create(path)
            if made >= 0 { return (made, true) }
            guard errno == EEXIST else { throw PersistenceError(failing: path) }
        }
    }

    private static func isAt(_ path: String, _ descriptor: CInt) -> Bool {
        var (open, there) = (stat(), stat())
        return fstat(descriptor, &open) == 0 && lstat(path, &there) == 0 && open.st_ino == there.st_ino
            && open.st_dev == there.st_dev
    }

    /// Who holds the lock of a file, as the system lists it: `1: FLOCK ADVISORY WRITE 4711 08:02:393217 0 EOF`.
    private static func holder(of descriptor: CInt) -> String {
        var information = stat()
        guard fstat(descriptor, &information) == 0,
            let list = fopen("/proc/locks", "re")
        else { return "another process" }
        defer { fclose(list) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, CInt(line.count), list) != nil {
            let bytes = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            let words = String(decoding: bytes, as: UTF8.self).split(separator: " ")
            guard words.count > 5, words[1] == "FLOCK", let process = Int(words[4]), process > 0,
                words[5].hasSuffix(":\(information.st_ino)")
            else { continue }
            return "process \(process)"
        }
        return "another process"
    }
}
