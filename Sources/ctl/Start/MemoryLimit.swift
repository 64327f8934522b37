import Glibc

/// The memory that this process may have, whoever says so.
enum MemoryLimit {
    /// The least of what `ulimit`, the control group and the machine allow, in bytes; nil where nothing is known.
    static var ofProcess: Int? {
        [ofResource(RLIMIT_AS), ofResource(RLIMIT_DATA), ofControlGroup, ofMachine].compactMap(\.self).min()
    }

    private static func ofResource(_ resource: __rlimit_resource) -> Int? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0, limit.rlim_cur < rlim_t(Int.max) else {
            return nil
        }
        return Int(limit.rlim_cur)
    }

    private static var ofMachine: Int? {
        let (pages, size) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
        return pages > 0 && size > 0 ? pages * size : nil
    }

    /// The least limit of the process' control group and those above it: of version 2 (`/proc/self/cgroup` has one line
    /// `0::/path`), as containers have it, or of version 1.
    static var ofControlGroup: Int? {
        guard let lines = text(of: "/proc/self/cgroup")?.split(separator: "\n") else { return nil }
        var limits: [Int] = []
        for line in lines {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            if fields[1].isEmpty {
                limits += Self.limits(in: "/sys/fs/cgroup", String(fields[2]), file: "memory.max")
            } else if fields[1].split(separator: ",").contains("memory") {
                limits += Self.limits(in: "/sys/fs/cgroup/memory", String(fields[2]), file: "memory.limit_in_bytes")
            }
        }
        return limits.min()
    }

    /// The limits of a group and all that it lies in; a container may not see those above its own.
    private static func limits(in root: String, _ group: String, file: String) -> [Int] {
        var names = group.split(separator: "/")
        var limits: [Int] = []
        while true {
            let folder = names.reduce(root) { "\($0)/\($1)" }
            // `max`, or in version 1 a number beyond all memory, is none.
            if let limit = text(of: "\(folder)/\(file)").flatMap({ Int($0.prefix { $0 != "\n" }) }) {
                limits.append(limit)
            }
            guard names.popLast() != nil else { return limits }
        }
    }

    private static func text(of path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return FileDescriptor.readAll(descriptor, limit: 64 * 1024).map { String(decoding: $0, as: UTF8.self) }
    }
}
