import ClusterCore

/// Why no request of a command has checked anything, though it has sent some.
struct UncheckedRequests {
    let counters: AdminReport.Counters
    /// The greetings of client libraries that were refused.
    let greetings: [String]
    /// Whether the cluster asks for a password.
    let hasPassword: Bool

    /// The commands that log in and choose the database: all that they say is that somebody is there.
    static let loginCommands: Set = ["AUTH", "SELECT", "QUIT"]

    /// The lines that say so.
    var lines: [String] {
        let requests = Quantity.count(counters.requests, "request")
        let first =
            unauthenticated > 0
            ? "none of \(requests) was let in" : "\(requests), and none that an application asks for"
        return ["\(first): nothing was checked (--allow-no-requests, if that is meant)"] + reasons
    }

    private func count(_ error: String) -> Int {
        counters.errorKinds.reduce(0) { $0 + ($1.error == error ? $1.count : 0) }
    }

    private var unauthenticated: Int { count(AdminReport.ErrorCount.unauthenticated) }
    private var wrongPasswords: Int { count(AdminReport.ErrorCount.password) }

    private var reasons: [String] {
        let variables = "REDIS_PASSWORD and REDIS_URL have it, --env NAME={password} sets another variable"
        if wrongPasswords > 0, !hasPassword {
            return ["the command has sent a password, and the cluster has none: set CLUSTERCTL_PASSWORD for it"]
        }
        if wrongPasswords > 0 {
            return ["the command has sent another password than the cluster's: \(variables)"]
        }
        if unauthenticated > 0 {
            return [
                "the cluster has a password, and the command has sent none: \(variables) "
                    + "(redis-cli reads REDISCLI_AUTH)"
            ]
        }
        return greetings.isEmpty
            ? [] : ["client libraries have sent \(greetings.joined(separator: ", ")) by themselves, and then nothing"]
    }
}
