public import Glibc

/// Where a file belongs that is put, whole, in the place of the one that is there.
public struct FilePlace: Sendable {
    /// The path beyond symbolic links: they go on leading to the file.
    public let path: String
    /// The permissions of the file that is there, which the new one keeps; nil where there is none.
    public let mode: mode_t?
    /// Whether there is nothing yet, or a regular file: a device, a pipe or a folder is not to be replaced.
    public let isReplaceable: Bool

    /// Looks at what is there.
    public init(_ path: String) {
        if let resolved = realpath(path, nil) {
            self.path = String(cString: resolved)
            free(resolved)
        } else {
            self.path = path
        }
        var status = stat()
        let isThere = stat(path, &status) == 0
        mode = isThere ? status.st_mode & 0o7777 : nil
        isReplaceable = !isThere || status.st_mode & S_IFMT == S_IFREG
    }
}
