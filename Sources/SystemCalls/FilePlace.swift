public import Glibc

/// Where a file belongs that is put, whole, in the place of the one that is there.
public struct FilePlace: Sendable {
    /// The path beyond symbolic links: they go on leading to the file, unless they are in a folder that everybody may write
    /// to, where the file takes the place of the link.
    public let path: String
    /// The permissions of the file that is there, which the new one keeps; nil if there is none.
    public let mode: mode_t?
    /// Whether there is nothing yet, or a regular file: a device, a pipe or a folder is not to be replaced.
    public let isReplaceable: Bool
    /// Whether what is there, and is not to be replaced, may be somebody else's trap: a pipe that another user has put into
    /// a folder that everybody may write to.
    public let isForeign: Bool

    /// Looks at what is there.
    public init(_ path: String) {
        var status = stat()
        let isShared = Self.isShared(folderOf: path)
        guard !isShared || lstat(path, &status) != 0 || status.st_mode & S_IFMT != S_IFLNK else {
            self.path = path
            mode = nil
            isReplaceable = true
            isForeign = false
            return
        }
        if let resolved = realpath(path, nil) {
            self.path = String(cString: resolved)
            free(resolved)
        } else {
            self.path = path
        }
        let isThere = stat(path, &status) == 0
        let isOwn = isThere && (status.st_uid == geteuid() || status.st_uid == 0)
        isReplaceable = !isThere || status.st_mode & S_IFMT == S_IFREG
        mode = isThere && (isOwn || !isShared) ? status.st_mode & 0o7777 : nil
        isForeign = isThere && !isReplaceable && isShared && !isOwn
    }

    /// The flag with which a file is opened so that a link is followed only where others cannot have put it.
    public static func linkFlag(for path: String) -> CInt { isShared(folderOf: path) ? O_NOFOLLOW : 0 }

    /// Whether everybody may write to the folder that a path is in, as to /tmp.
    private static func isShared(folderOf path: String) -> Bool {
        var status = stat()
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        return stat(folder, &status) == 0 && status.st_mode & S_IWOTH != 0
    }
}
