/// A redis-server of this machine, with nothing on disk, on a Unix socket of its own.
package final class RedisServer {
    private let folder: TemporaryFolder
    private let process: ChildProcess

    /// Where it listens.
    package let endpoint: Endpoint

    /// The program's name.
    package static let program = "redis-server"

    /// Starts one and waits until it answers.
    ///
    /// - Parameters:
    ///   - data: a folder with files that it loads.
    ///   - isLog: whether those are an append-only log, in `appendonlydir`, or else a `dump.rdb`.
    ///   - options: more of its options.
    package init(loading data: String? = nil, isLog: Bool = true, options: [String] = []) throws {
        folder = try TemporaryFolder()
        let socket = folder.path(to: "redis.sock")
        endpoint = .path(socket)
        let files = data.map { ["--dir", $0, "--appendonly", isLog ? "yes" : "no"] } ?? ["--appendonly", "no"]
        process = try ChildProcess(
            Self.program,
            ["--port", "0", "--unixsocket", socket, "--save", "", "--loglevel", "warning"] + files
                + options)
        let answers = waits {
            guard let client = try? TestClient(endpoint) else { return false }
            // One that asks for a password answers too.
            guard let reply = try? client("PING") else { return false }
            return reply == .status("PONG") || reply.errorText?.hasPrefix("NOAUTH") == true
        }
        guard answers else { throw process.failure("does not answer") }
    }

    /// The version that it names itself.
    package func version() throws -> String {
        let text = String(decoding: try TestClient(endpoint)("INFO", "server").bytes ?? [], as: UTF8.self)
        let line = text.split(separator: "\r\n").first { $0.hasPrefix("redis_version:") }
        return line.map { String($0.dropFirst("redis_version:".count)) } ?? "unknown"
    }
}
