import Foundation

/// How long a start takes that loads a log of a million commands, the same file on both sides.
enum LogLoading {
    static func measure(_ options: Options) throws(Failure) -> [Table] {
        let commands = options.amount(1_000_000, quick: 100_000)
        let folder = NSTemporaryDirectory() + "/clusterctl-bench-log-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try write(commands, to: folder)
        var ours: [Double] = []
        var theirs: [Double] = []
        for _ in 0..<options.rounds {
            ours.append(try seconds(.oursLoading(folder), options))
            theirs.append(try seconds(.redisLoading("\(folder)/shard-0/node-0"), options))
        }
        var table = Table(title: "Start with a log of \(commands) commands", unit: "s to the first PONG")
        table.rows = [Row("append-only log", .median(of: ours), .median(of: theirs), budget: .ratioAtMost(1))]
        return [table]
    }

    private static func seconds(_ contender: Contender, _ options: Options) throws(Failure) -> Double {
        try Server.with(contender, options) { server throws(Failure) in Double(server.nanosecondsToFirstPong) / 1e9 }
    }

    /// Strings, hashes, lists and sorted sets in turn, over a hundred thousand keys.
    private static func write(_ commands: Int, to folder: String) throws(Failure) {
        let logs = "\(folder)/shard-0/node-0/appendonlydir"
        var bytes: [UInt8] = []
        for number in 0..<commands {
            let key = number % 100_000
            let words =
                switch number % 4 {
                case 0: ["SET", "string:\(key)", "value:\(number)"]
                case 1: ["HSET", "hash:\(key)", "field:\(number % 7)", "value:\(number)"]
                case 2: ["RPUSH", "list:\(key)", "element:\(number)"]
                default: ["ZADD", "zset:\(key)", "\(number)", "member:\(number % 11)"]
                }
            bytes += "*\(words.count)\r\n".utf8
            for word in words { bytes += "$\(word.utf8.count)\r\n\(word)\r\n".utf8 }
        }
        do {
            try FileManager.default.createDirectory(atPath: logs, withIntermediateDirectories: true)
            try Data(bytes).write(to: URL(fileURLWithPath: "\(logs)/appendonly.aof.1.incr.aof"))
            try Data("file appendonly.aof.1.incr.aof seq 1 type i\n".utf8)
                .write(to: URL(fileURLWithPath: "\(logs)/appendonly.aof.manifest"))
            try Data("1\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/clusterctl.shards"))
        } catch {
            throw Failure("cannot write \(logs): \(error)")
        }
    }
}
