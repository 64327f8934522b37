import Glibc
import ServerClient
import SystemCalls
import WireFormats

/// A running server, asked for what its keys hold with commands that change nothing and that the Cluster edition has too
/// – all but SCAN.
struct LiveServer: ~Copyable {
    private var replies: ServerReplies
    private let requestsPerSecond: Int?
    private let stop: StopRequest?
    private let clock = ContinuousClock()
    private let begin: ContinuousClock.Instant
    private var requests = 0

    /// Talks to the server at the other end of `replies`, which nobody has asked anything yet.
    init(_ replies: consuming ServerReplies, requestsPerSecond: Int?, stop: StopRequest? = nil) {
        self.replies = replies
        self.stop = stop
        self.requestsPerSecond = requestsPerSecond
        begin = clock.now
    }

    /// Gives the password and the database of an address.
    mutating func open(_ address: ServerAddress) throws(ServerReplies.Failure) {
        if let password = address.password {
            // 2.8 knows no users; the product's `instanceId:password` is one string.
            try expectOK(["AUTH"] + (address.user.map { [$0, password] } ?? [password]), "AUTH")
        }
        if address.database != 0 { try expectOK(["SELECT", "\(address.database)"], "SELECT \(address.database)") }
    }

    private mutating func expectOK(_ words: [String], _ what: String) throws(ServerReplies.Failure) {
        try send([words.map { Array($0.utf8) }])
        if case .error(let text) = try next() {
            throw ServerReplies.Failure(message: "the server answers \(what) with: \(text)")
        }
    }

    /// Sends requests in one piece, as fast as the limit allows.
    mutating func send(_ requests: [[[UInt8]]]) throws(ServerReplies.Failure) {
        pace(requests.count)
        var bytes: [UInt8] = []
        for request in requests { RequestEncoder.append(request, to: &bytes) }
        try replies.send(bytes)
    }

    /// Waits until so many more requests are due.
    private mutating func pace(_ count: Int) {
        requests += count
        guard let requestsPerSecond else { return }
        let due = begin + .seconds(Double(requests) / Double(requestsPerSecond))
        let wait = clock.now.duration(to: due)
        guard wait > .zero else { return }
        var stopping = pollfd(fd: stop?.descriptor ?? -1, events: Int16(POLLIN), revents: 0)
        // Whoever interrupts is not to wait.
        poll(&stopping, 1, Int32(clamping: Int64((wait / .milliseconds(1)).rounded(.up))))
    }

    mutating func next() throws(ServerReplies.Failure) -> ServerReplies.Item { try replies.next() }

    mutating func take(_ length: Int) throws(ServerReplies.Failure) -> [UInt8] { try replies.take(length) }

    // MARK: Keys

    /// A page of SCAN: some keys, and the cursor that leads on.
    mutating func scan(
        from cursor: [UInt8], count: Int
    ) throws(ServerReplies.Failure) -> (
        cursor: [UInt8], keys: [[UInt8]]
    ) {
        try send([[Array("SCAN".utf8), cursor, Array("COUNT".utf8), Array("\(count)".utf8)]])
        let next = try scanHead("SCAN")
        var keys: [[UInt8]] = []
        for _ in 0..<next.count {
            guard case .bulk(let length) = try self.next() else { throw Self.unexpected("SCAN") }
            keys.append(try take(length))
        }
        return (next.cursor, keys)
    }

    /// The cursor of a reply of SCAN, HSCAN, SSCAN or ZSCAN, and how many elements follow.
    mutating func scanHead(_ command: String) throws(ServerReplies.Failure) -> (cursor: [UInt8], count: Int) {
        switch try next() {
        case .array(count: 2): break
        case .error(let text): throw ServerReplies.Failure(message: Self.advice(command, text))
        default: throw Self.unexpected(command)
        }
        guard case .bulk(let length) = try next(), length <= 20 else { throw Self.unexpected(command) }
        let cursor = try take(length)
        guard case .array(let count) = try next() else { throw Self.unexpected(command) }
        return (cursor, count)
    }

    // MARK: Databases

    /// How many keys each database has, as INFO tells; nothing of a server that refuses to.
    mutating func databases() throws(ServerReplies.Failure) -> [(database: Int, keys: Int)] {
        try send([[Array("INFO".utf8), Array("keyspace".utf8)]])
        guard case .bulk(let length) = try next() else { return [] }
        let text = String(decoding: try take(length), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).compactMap { line in
            guard line.hasPrefix("db"), let colon = line.firstIndex(of: ":"),
                let number = Int(line[..<colon].dropFirst(2)),
                let keys = line[colon...].firstRange(of: "keys=")
            else { return nil }
            return Int(line[keys.upperBound...].prefix(while: \.isNumber)).map { (number, $0) }
        }
    }

    /// The name of one key of a database, empty if the server does not tell; the connection is in `own` again then.
    mutating func someKey(of database: Int, backTo own: Int) throws(ServerReplies.Failure) -> [UInt8] {
        try send([["SELECT", "\(database)"], ["RANDOMKEY"], ["SELECT", "\(own)"]].map { $0.map { Array($0.utf8) } })
        _ = try next()
        var name: [UInt8] = []
        if case .bulk(let length) = try next() { name = try take(length) }
        if case .error(let text) = try next() {
            throw ServerReplies.Failure(message: "the server answers SELECT \(own) with: \(text)")
        }
        return name
    }

    private static func advice(_ command: String, _ text: String) -> String {
        if command == "SCAN", text.lowercased().contains("unknown command") {
            return "the server has no SCAN, as the Cluster edition has none: name the keys in a file with --keys"
        }
        return "the server answers \(command) with: \(text)"
    }

    static func unexpected(_ command: String) -> ServerReplies.Failure {
        ServerReplies.Failure(message: "the server answers \(command) as no Redis does")
    }
}
