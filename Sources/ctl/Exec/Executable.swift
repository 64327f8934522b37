import Glibc
import SystemCalls

/// The program file behind a command's name.
enum Executable {
    /// Looks a name up as shells do: one with a slash is a path, any other is looked for in PATH.
    static func find(_ name: String) throws(Failure) -> String {
        if name.contains("/") {
            guard access(name, F_OK) == 0 else { throw notFound(name) }
            guard isProgram(name) else { throw notExecutable(name) }
            return name
        }
        let folders = (environmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin")
            .split(separator: ":", omittingEmptySubsequences: false)
        let paths: [String] = folders.map { $0.isEmpty ? "./\(name)" : "\($0)/\(name)" }
        if let path = paths.first(where: isProgram) { return path }
        guard let path = paths.first(where: isFile) else { throw notFound(name) }
        throw notExecutable(path)
    }

    private static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    private static func isProgram(_ path: String) -> Bool { isFile(path) && access(path, X_OK) == 0 }

    private static func notFound(_ name: String) -> Failure {
        Failure("\(name): there is no such command: name one in PATH, or give its path", .notFound)
    }

    static func notExecutable(_ path: String, reason: String = "may not be run") -> Failure {
        Failure("\(path): \(reason): name a program, or make it one with `chmod +x`", .notExecutable)
    }
}

/// The open descriptors that this process was given by whoever started it.
enum InheritedDescriptors {
    /// Those beside the standard streams, ascending.
    ///
    /// To be asked before the process opens any of its own.
    static func list() -> [CInt] {
        // The one that the listing itself was read from is closed by now.
        FolderListing.names(in: "/proc/self/fd").compactMap { CInt($0) }.filter { descriptor in
            let flags = fcntl(descriptor, F_GETFD)
            return descriptor > 2 && flags >= 0 && flags & FD_CLOEXEC == 0
        }.sorted()
    }
}
