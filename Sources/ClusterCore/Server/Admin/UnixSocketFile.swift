import Glibc

/// A Unix socket in the file system: made so that nobody else can ever use it, told from one whose server has died, and
/// removed at the end if it is still the one that was made.
struct UnixSocketFile: Sendable {
    let path: String
    /// The bound socket, listening.
    let descriptor: CInt
    private let device: dev_t
    private let inode: ino_t

    /// The longest path that fits an address, without its closing zero byte.
    static let longestPath = 107

    private static let backlog: CInt = 128

    /// Binds a listening socket at `path` with the file mode `mode`.
    ///
    /// The mode is set on the socket before it is bound, which Linux carries over to the file it makes: there is no moment
    /// in which the file is open to others, as there is between `bind` and `chmod`, and the process's umask stays alone.
    /// A socket file that nobody listens on is replaced.
    ///
    /// - Throws: `StartError` where somebody listens there, where something else is there, or where the path cannot be used.
    static func bind(at path: String, mode: mode_t, option: String) throws(StartError) -> UnixSocketFile {
        let address = try address(of: path, option: option)
        try removeStale(path, address, option: option)
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw StartError("cannot make a socket: \(systemMessage(errno))") }
        guard fchmod(descriptor, mode) == 0, connectOrBind(Glibc.bind, descriptor, address) == 0,
            listen(descriptor, backlog) == 0
        else {
            let code = errno
            close(descriptor)
            throw StartError(
                "cannot listen on \(path): \(systemMessage(code)): choose a path you may write to with \(option)")
        }
        var status = stat()
        guard stat(path, &status) == 0 else {
            close(descriptor)
            throw StartError("\(path) vanished while it was made: choose another path with \(option)")
        }
        return UnixSocketFile(path: path, descriptor: descriptor, device: status.st_dev, inode: status.st_ino)
    }

    /// Removes the file, unless another has taken its place.
    func remove() {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_dev == device, status.st_ino == inode else { return }
        unlink(path)
    }

    private static func removeStale(_ path: String, _ address: sockaddr_un, option: String) throws(StartError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw StartError("\(path) is there and is no socket: choose another path with \(option)")
        }
        let probe = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard probe >= 0 else { throw StartError("cannot make a socket: \(systemMessage(errno))") }
        defer { close(probe) }
        guard connectOrBind(Glibc.connect, probe, address) != 0, errno == ECONNREFUSED else {
            throw StartError("\(path) is in use: stop what listens there, or choose another path with \(option)")
        }
        unlink(path)
    }
}

// MARK: - Addresses

extension UnixSocketFile {
    private static func address(of path: String, option: String) throws(StartError) -> sockaddr_un {
        guard let address = address(of: path) else {
            throw StartError(
                "the socket path \(path) has \(path.utf8.count) bytes, 1 to \(longestPath) are possible: "
                    + "choose a shorter one with \(option)")
        }
        return address
    }

    /// A path as an address; nil where it is empty or does not fit.
    static func address(of path: String) -> sockaddr_un? {
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count <= longestPath, !bytes.contains(0) else { return nil }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return address
    }

    /// Calls `bind` or `connect` with an address.
    static func connectOrBind(
        _ call: (CInt, UnsafePointer<sockaddr>?, socklen_t) -> CInt, _ descriptor: CInt, _ address: sockaddr_un
    ) -> CInt {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                call(descriptor, generic, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    static func systemMessage(_ code: CInt) -> String { String(cString: strerror(code)) }
}
