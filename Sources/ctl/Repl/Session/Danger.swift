/// What a person is asked before it is done.
enum Danger {
    /// From how many keys on DEL is asked about.
    static let manyKeys = 10

    /// The question for a request that deletes much or ends a server; nil for every other one.
    static func question(_ request: [[UInt8]], server: String) -> String? {
        let words = request.prefix(4).map { String(decoding: $0.prefix(32), as: UTF8.self).uppercased() }
        switch words.first {
        case "FLUSHALL": return "FLUSHALL deletes every key of every database of \(server). Send it?"
        case "FLUSHDB": return "FLUSHDB deletes every key of the database of \(server). Send it?"
        case "SHUTDOWN": return "SHUTDOWN ends the server \(server). Send it?"
        case "SLAVEOF", "REPLICAOF":
            guard words.count == 3, words[1] != "NO" else { return nil }
            return "\(words[0]) replaces all keys of \(server) by another server's. Send it?"
        case "DEBUG" where words.dropFirst().first == "SEGFAULT": return "DEBUG SEGFAULT crashes \(server). Send it?"
        case "DEL", "UNLINK":
            guard request.count > manyKeys else { return nil }
            return "\(words[0]) deletes \(request.count - 1) keys. Send it?"
        default: return nil
        }
    }
}
