import Glibc
import Logging

/// The number of files and sockets that the process may have open.
enum OpenFileLimit {
    /// What a server needs beside its clients: listeners, event loops, standard streams, room for one more of each.
    private static let beside: rlim_t = 64
    private static let ofLoop: rlim_t = 4

    /// Raises the soft limit to what so many clients need; warns where the hard limit does not allow it.
    static func raise(clients: Int, loops: Int, _ logger: Logger) {
        let others = beside + ofLoop * rlim_t(loops)
        let needed = rlim_t(clients) + others
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < needed else {
            return
        }
        limit.rlim_cur = min(needed, limit.rlim_max)
        let isRaised = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
        guard !isRaised || limit.rlim_cur < needed else { return }
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let possible = limit.rlim_cur > others ? limit.rlim_cur - others : 0
        logger.warning(
            "the limit of open files is too low for so many clients: raise it with `ulimit -Hn`, or lower --max-clients",
            metadata: ["max-clients": "\(clients)", "limit": "\(limit.rlim_cur)", "possible-clients": "\(possible)"])
    }
}
