import Foundation
import Glibc

/// What this machine and this process have to offer to a test.
package enum Machine {
    /// Whether a program can be run: it has this path, or lies in a folder of `PATH`.
    package static func has(_ program: String) -> Bool { path(of: program) != nil }

    /// Whether there is a file of this path that can be read.
    package static func hasFile(_ path: String) -> Bool { access(path, R_OK) == 0 }

    /// Where a program lies; nil where it is not installed.
    package static func path(of program: String) -> String? {
        if program.contains("/") { return access(program, X_OK) == 0 ? program : nil }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return folders.map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 }
    }

    /// Whether a program, run with arguments, ends well: for instance whether a library can be loaded.
    package static func succeeds(_ program: String, _ arguments: String...) -> Bool {
        guard let process = try? ChildProcess(program, arguments) else { return false }
        return process.waitForEnd() == 0
    }

    /// The memory that a process has in use, in bytes; of this one where no other is named.
    package static func residentBytes(of process: Int32? = nil) -> Int {
        let name = process.map(String.init) ?? "self"
        let text = (try? String(contentsOfFile: "/proc/\(name)/statm", encoding: .utf8)) ?? ""
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }

    /// Lets this process open as many files as it may; returns how many those are.
    @discardableResult
    package static func raiseFileLimit() -> Int {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return Int(clamping: limit.rlim_cur)
    }
}
