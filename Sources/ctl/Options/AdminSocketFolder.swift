import ClusterCore
import Glibc

/// Where admin sockets are that nobody has named: a folder of the user's own, with a socket for each port.
enum AdminSocketFolder {
    /// The folders in the order of preference.
    static var candidates: [String] {
        let runtime = environmentVariable("XDG_RUNTIME_DIR").flatMap { $0.hasPrefix("/") ? "\($0)/clusterctl" : nil }
        return [runtime, "/tmp/clusterctl-\(geteuid())"].compactMap(\.self).filter { fits($0) }
    }

    private static func fits(_ folder: String) -> Bool {
        folder.utf8.count + "/65535.sock".utf8.count <= AdminSocket.longestPath
    }

    /// The first folder that is there, or can be made, and is the user's own alone.
    static func make() throws(Failure) -> String {
        var reason = ""
        for folder in candidates {
            let isMade = mkdir(folder, S_IRWXU) == 0
            if !isMade, errno != EEXIST {
                reason = "\(folder): \(systemError())"
            } else if isPrivate(folder) {
                return folder
            } else {
                reason = "\(folder) is not a folder that is yours alone"
            }
        }
        throw Failure("there is no place for the admin socket (\(reason)): name one with --admin-socket")
    }

    /// Whether a folder is the user's own, and nobody else may enter it: else anyone could answer there in the cluster's
    /// name.
    static func isPrivate(_ folder: String) -> Bool {
        var status = stat()
        guard lstat(folder, &status) == 0 else { return false }
        return status.st_mode & S_IFMT == S_IFDIR && status.st_uid == geteuid() && status.st_mode & 0o077 == 0
    }

    /// The path of the socket of the cluster on `port`; nil where there is none.
    static func socket(ofPort port: Int) -> String? {
        candidates.filter(isPrivate).map { AdminSocket.path(inFolder: $0, port: port) }
            .first { access($0, F_OK) == 0 }
    }
}
