import Foundation

/// Which server a figure belongs to.
enum Contender {
    /// Without replicas, as the other side is.
    case ours(loops: Int)
    case oursWithReplica
    /// With a replica, a folder and an admin socket.
    case oursWithFiles(folder: String, adminSocket: String)
    case oursWithTimeout(adminSocket: String)
    /// One shard that loads a folder.
    case oursLoading(String)
    case redisServer
    case redisReplica(of: Int)
    case redisLoading(String)

    func command(port: Int, options: Options) -> [String] {
        let ours = [options.binary, "start", "--port", "\(port)", "--log-level", "warning"]
        let theirs = [options.redisServer, "--port", "\(port)", "--bind", "127.0.0.1", "--save", ""]
        return switch self {
        case .ours(let loops): ours + ["--shards", "3", "--loops", "\(loops)", "--replicas", "0"]
        case .oursWithReplica: ours + ["--shards", "3", "--loops", "1", "--replicas", "1"]
        case .oursWithFiles(let folder, let socket):
            ours + ["--shards", "3", "--loops", "1", "--dir", folder, "--admin-socket", socket]
        case .oursWithTimeout(let socket):
            ours + ["--shards", "1", "--loops", "1", "--node-timeout", "100ms", "--admin-socket", socket]
        case .oursLoading(let folder): ours + ["--shards", "1", "--loops", "1", "--replicas", "0", "--dir", folder]
        case .redisServer: theirs + ["--appendonly", "no"]
        case .redisReplica(let primary):
            theirs + [
                "--appendonly", "no", "--replicaof", "127.0.0.1", "\(primary)", "--repl-diskless-sync-delay", "0",
                "--repl-diskless-load", "on-empty-db",
            ]
        case .redisLoading(let folder): theirs + ["--appendonly", "yes", "--dir", folder]
        }
    }
}

/// A running server that has answered a PING.
struct Server {
    let process: ChildProcess
    let port: Int
    /// From just before the process was made to its first PONG.
    let nanosecondsToFirstPong: UInt64

    /// Starts a server on a free port, gives it to `body`, and stops it however `body` ends.
    ///
    /// With a `core` the server runs on that core only.
    static func with<Result>(
        _ contender: Contender,
        _ options: Options,
        core: Int? = nil,
        _ body: (Server) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let port = try Connection.freePort()
        let affinity = core.map { ["taskset", "-c", "\($0)"] } ?? []
        let command = affinity + contender.command(port: port, options: options)
        let start = monotonicNanoseconds()
        let process = try ChildProcess(command)
        var isRunning = true
        defer { if isRunning { process.stop() } }
        isRunning = try awaitPong(port: port, process)
        guard isRunning else { throw Failure("ended before it answered: \(command.joined(separator: " "))") }
        let server = Server(process: process, port: port, nanosecondsToFirstPong: monotonicNanoseconds() - start)
        return try body(server)
    }

    /// Tries to connect every 50 µs until a PING is answered; false if the process ended instead.
    private static func awaitPong(port: Int, _ process: ChildProcess) throws(Failure) -> Bool {
        let pong = Array("+PONG\r\n".utf8)
        let deadline = monotonicNanoseconds() + 10_000_000_000
        var reply = [UInt8](repeating: 0, count: pong.count)
        while monotonicNanoseconds() < deadline {
            if let connection = Connection(port: port) {
                _ = try connection.write(Array("*1\r\n$4\r\nPING\r\n".utf8)[...])
                _ = try connection.read(into: &reply)
                if reply == pong { return true }
                if reply.starts(with: Array("-LOADI".utf8)) {
                    usleep(200)
                    continue
                }
                throw Failure("port \(port) answered PING with \(String(decoding: reply, as: UTF8.self))")
            }
            if process.hasEnded() { return false }
            usleep(50)
        }
        throw Failure("no PONG from port \(port) after ten seconds")
    }

    /// Resident memory in bytes now, and the most it ever was.
    func residentBytes() throws(Failure) -> (now: Int, peak: Int) {
        let status = try ProcessFiles.text("\(process.identifier)/status")
        func kilobytes(_ name: String) -> Int? {
            let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
            return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
        }
        guard let now = kilobytes("VmRSS:"), let peak = kilobytes("VmHWM:") else {
            throw Failure("the server is gone")
        }
        return (now * 1024, peak * 1024)
    }

    /// The thread that has used the most CPU time: the one that serves requests.
    func busiestThread() throws(Failure) -> Int {
        let folder = "\(process.identifier)/task"
        var busiest = (thread: Int(process.identifier), nanoseconds: UInt64(0))
        for thread in try ProcessFiles.numbers(in: folder) {
            let run = try ProcessFiles.text("\(folder)/\(thread)/schedstat").split(separator: " ").first
            let nanoseconds = run.flatMap { UInt64($0) } ?? 0
            if nanoseconds > busiest.nanoseconds { busiest = (thread, nanoseconds) }
        }
        return busiest.thread
    }
}
