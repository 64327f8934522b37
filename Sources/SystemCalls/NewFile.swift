public import Glibc

/// Files that are made, and never ones that somebody has put there before.
public enum NewFile {
    /// Makes a file that must not be there, not even as a link, and opens it for writing; -1, with the system's reason in
    /// `errno`, if that is not possible.
    public static func create(_ path: String, mode: mode_t) -> CInt {
        open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    }

    /// The path of a file that is to take another one's place: beside it, with a name that nobody can know before.
    public static func path(beside path: String) -> String { "\(path).\(randomName()).tmp" }

    /// A name that nobody can know before.
    public static func randomName() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }
}
