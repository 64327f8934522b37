import TestSupport

/// Sends the same random requests to two servers and compares what they answer and what they then hold.
struct DifferentialRun {
    private let ours: TestClient
    private let peers: TestClient
    private var generator: RequestGenerator
    /// Keys under which the servers hold different data, by a known difference; deleted at the end of the batch.
    private var spoiled: Set<[UInt8]> = []
    private var watched: Set<[UInt8]> = []
    /// Whether a watched key may have been changed on one server alone.
    private var isWatchSpoiled = false
    /// The block that is being queued; nil outside MULTI.
    private var block: Block?
    private var history: [String] = []
    /// How many requests were compared.
    private(set) var requestCount = 0
    /// How often each known difference was met.
    private(set) var met: [String: Int] = [:]

    private struct Block {
        var requests: [DataRequest] = []
        var isSpoiled = false
    }

    /// A difference that is not known: what was sent, both answers, and what was sent before.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static let requestsInBatch = 50
    private static let historyShown = 25

    init(ours: TestClient, peers: TestClient, _ random: SeededGenerator) {
        self.ours = ours
        self.peers = peers
        generator = RequestGenerator(random)
    }

    /// Sends some requests and compares the answers.
    mutating func runBatch() throws {
        var requests: [DataRequest] = []
        while requests.count < Self.requestsInBatch { requests += generator.next() }
        let bytes = requests.flatMap { TestClient.encode($0.arguments) }
        try ours.socket.send(bytes)
        try peers.socket.send(bytes)
        for request in requests {
            try compare(request, try reply(of: ours, to: request), try reply(of: peers, to: request))
        }
        requestCount += requests.count
        try deleteSpoiled()
    }

    private func reply(of client: TestClient, to request: DataRequest) throws -> [UInt8] {
        do {
            return try client.rawReply()
        } catch {
            let (lost, other) = client === ours ? ("no reply: \(error)", "") : ("", "no reply: \(error)")
            throw failure(request.description, lost, other, keys: request.keys)
        }
    }

    private mutating func deleteSpoiled() throws {
        guard !spoiled.isEmpty else { return }
        if !spoiled.isDisjoint(with: watched) { isWatchSpoiled = true }
        let request = [Array("DEL".utf8)] + spoiled
        for client in [ours, peers] {
            try client.send(request)
            _ = try client.rawReply()
        }
        spoiled.removeAll()
    }
}

// MARK: - Comparing answers

extension DifferentialRun {
    private mutating func compare(_ request: DataRequest, _ ourBytes: [UInt8], _ peerBytes: [UInt8]) throws {
        history.append(request.description)
        if history.count > 4_000 { history.removeFirst(2_000) }
        if request.command == "MULTI" { block = Block() }
        if request.command == "EXEC" || request.command == "DISCARD" {
            let ended = block ?? Block()
            block = nil
            if request.command == "EXEC" { return try compareExec(ended, ourBytes, peerBytes) }
        }
        if request.command == "DISCARD" { endWatch() }
        if block != nil, ourBytes == Self.queued, peerBytes == Self.queued {
            block?.requests.append(request)
            return
        }
        noteWatch(request)
        keepPayload(request, ourBytes)
        if ourBytes == peerBytes, spoiled.isEmpty, watched.isEmpty { return }
        try compare(request, TestReply(parsing: ourBytes), TestReply(parsing: peerBytes))
    }

    private static let queued = Array("+QUEUED\r\n".utf8)

    private mutating func noteWatch(_ request: DataRequest) {
        switch request.command {
        case "WATCH": watched.formUnion(request.keys)
        case "UNWATCH": endWatch()
        default: break
        }
    }

    private mutating func noteTouch(_ request: DataRequest, _ reply: TestReply) {
        guard !watched.isDisjoint(with: request.keys) else { return }
        let isTouched = KnownDifference.touches.contains { $0.commands.contains(request.command) && $0.reply == reply }
        if isTouched { isWatchSpoiled = true }
    }

    private mutating func endWatch() {
        watched.removeAll()
        isWatchSpoiled = false
    }

    private mutating func compareExec(_ block: Block, _ ourBytes: [UInt8], _ peerBytes: [UInt8]) throws {
        let replies = (ours: TestReply(parsing: ourBytes), peers: TestReply(parsing: peerBytes))
        defer { endWatch() }
        if block.isSpoiled || isWatchSpoiled || !spoiled.isDisjoint(with: watched) {
            for request in block.requests { spoiled.formUnion(request.keys) }
            return
        }
        guard let ours = replies.ours.elements, let peers = replies.peers.elements, ours.count == peers.count else {
            var exec = RequestGenerator.plain("EXEC")
            exec.keys = Array(watched)
            return try compare(exec, replies.ours, replies.peers)
        }
        for (index, request) in block.requests.enumerated() where index < ours.count {
            try compare(request, ours[index], peers[index])
        }
    }

    private mutating func compare(_ request: DataRequest, _ ours: TestReply, _ peers: TestReply) throws {
        noteTouch(request, ours)
        guard spoiled.isDisjoint(with: request.keys) else {
            spoil(request)
            return
        }
        if ReplyShape(of: request).accepts(ours, peers) { return }
        guard let known = KnownDifference.all.first(where: { $0.covers(request, ours, peers) }) else {
            throw failure(request.description, "\(ours)", "\(peers)", keys: request.keys)
        }
        met[known.name, default: 0] += 1
        if known.spoilsKeys { spoil(request) }
    }

    /// Notes that the servers may hold different data under the request's keys; in a block, that its EXECs may differ.
    private mutating func spoil(_ request: DataRequest) {
        spoiled.formUnion(request.keys)
        block?.isSpoiled = true
        block?.requests.append(request)
    }

    private mutating func keepPayload(_ request: DataRequest, _ reply: [UInt8]) {
        guard request.command == "DUMP", let payload = TestReply(parsing: reply).bytes else { return }
        if generator.arguments.payloads.count < 200 {
            generator.arguments.payloads.append(payload)
        } else {
            generator.arguments.payloads[generator.arguments.random.below(200)] = payload
        }
    }

    private func failure(_ what: String, _ ours: String, _ peers: String, keys: [[UInt8]]) -> Failure {
        let names = keys.map(\.quoted)
        let related = history.dropLast().filter { line in
            line == "\"MULTI\"" || line == "\"EXEC\"" || names.contains { line.contains($0) }
        }
        return Failure(
            description: """
                after \(requestCount) requests the servers differ
                  sent  \(what)
                  ours  \(ours)
                  peer  \(peers)
                before, on these keys:
                  \(related.suffix(Self.historyShown).joined(separator: "\n  "))
                """)
    }
}

extension KnownDifference {
    fileprivate func covers(_ request: DataRequest, _ ours: TestReply, _ peers: TestReply) -> Bool {
        (commands?.contains(request.command) ?? true) && isMet(request, ours, peers)
    }
}

// MARK: - Comparing data

extension DifferentialRun {
    private static let copy = "audit:copy"

    /// Compares all that the servers hold: types, contents, deadlines; and what a value becomes that travels in its DUMP
    /// payload from ours to the peer and back to ours.
    mutating func compareData() throws {
        for key in ArgumentGenerator.keys {
            let type = try expectSame([key], "TYPE")
            guard type != .status("none") else { continue }
            try expectSame([key], "PTTL")
            let contents = try expectSame([key], Self.readers[type.text] ?? [])
            try compareCopies(of: key, contents, Self.readers[type.text] ?? [])
        }
    }

    private static let readers: [String: [String]] = [
        "string": ["GET"], "list": ["LRANGE", "0", "-1"], "hash": ["HGETALL"], "set": ["SMEMBERS"],
        "zset": ["ZRANGE", "0", "-1", "WITHSCORES"],
    ]

    private static func request(_ words: [String], _ key: [UInt8]) -> DataRequest {
        let texts = words.map { Array($0.utf8) }
        return DataRequest(command: words[0], arguments: [texts[0], key] + texts.dropFirst(), keys: [key])
    }

    private static func ask(_ client: TestClient, _ request: DataRequest) throws -> TestReply {
        try client.send(request.arguments)
        return try client.reply()
    }

    @discardableResult
    private func expectSame(_ keys: [[UInt8]], _ words: String...) throws -> TestReply {
        try expectSame(keys, words)
    }

    @discardableResult
    private func expectSame(_ keys: [[UInt8]], _ words: [String]) throws -> TestReply {
        let request = Self.request(words, keys[0])
        let (mine, other) = (try Self.ask(ours, request), try Self.ask(peers, request))
        guard ReplyShape(of: request).accepts(mine, other) else {
            throw failure(request.description, "\(mine)", "\(other)", keys: keys)
        }
        return mine
    }

    /// Our payload is taken by 7.0 and by ours, and both then hold what we held; 7.0's own, of a later version, is refused.
    private func compareCopies(of key: [UInt8], _ contents: TestReply, _ reader: [String]) throws {
        let dump = Self.request(["DUMP"], key)
        let payload = try Self.ask(ours, dump).bytes ?? []
        let read = Self.request(reader, Array(Self.copy.utf8))
        for (name, client) in [("ours", ours), ("peer", peers)] {
            let restored = try client("RESTORE", Self.copy, 0, payload)
            let copy = try Self.ask(client, read)
            try client("DEL", Self.copy)
            guard restored == .ok, ReplyShape(of: read).accepts(contents, copy) else {
                throw failure(
                    "RESTORE of our payload \(payload.quoted) at \(name)", "\(contents)", "\(copy)", keys: [key])
            }
        }
        let later = try Self.ask(peers, dump).bytes ?? []
        let answer = try ours("RESTORE", Self.copy, 0, later)
        guard answer == .error("ERR DUMP payload version or checksum are wrong") else {
            throw failure("RESTORE of 7.0's payload \(later.quoted) at ours", "\(answer)", "a refusal", keys: [key])
        }
    }
}

extension TestReply {
    /// The text of a status; empty for any other reply.
    fileprivate var text: String { if case .status(let text) = self { text } else { "" } }
}
