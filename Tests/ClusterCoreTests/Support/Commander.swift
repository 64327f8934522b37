import CommandCatalog

@testable import ClusterCore

/// A few shards to which a test speaks as a client does, without a server: no gate, so no arity and no key locks.
final class Commander {
    let shards: ShardSet
    /// The instant at which commands run, in milliseconds of the Unix epoch; a test moves it.
    var now: Int64 = 1_700_000_000_000
    /// The most payload bytes under one key.
    var maximumValueBytes = 1_000_000

    init(shards count: Int = 3) {
        shards = .make(count: count)
    }

    deinit {
        shards.destroy()
    }

    /// The reply to a command whose words have no spaces, in the bytes of RESP as text.
    @discardableResult
    func run(_ line: String) -> String {
        run(line.split(separator: " ").map { Array($0.utf8) })
    }

    /// The reply to a command, in the bytes of RESP as text.
    @discardableResult
    func run(_ words: [String]) -> String { run(words.map { Array($0.utf8) }) }

    /// The reply to a command, in the bytes of RESP as text.
    @discardableResult
    func run(_ words: [[UInt8]]) -> String { String(decoding: reply(to: words), as: UTF8.self) }

    /// The reply to a command, in the bytes of RESP.
    func reply(to words: [[UInt8]]) -> [UInt8] {
        var reply = ReplyBuffer(limit: 64 << 20)
        execute(words, &reply)
        return Array(reply.bytes)
    }

    /// Runs a command and adds its reply to `reply`.
    func execute(_ words: [[UInt8]], _ reply: inout ReplyBuffer) {
        let name = words[0]
        guard case .supported(let id) = Catalog.find(name.span) else {
            return reply.append("-ERR no such command\r\n")
        }
        var ranges: [Range<Int>] = []
        var end = 0
        for word in words {
            ranges.append(end..<end + word.count)
            end += word.count
        }
        // A byte more, so that even a command of empty words has an address.
        let bytes = Array(words.joined()) + [0]
        bytes.withUnsafeBufferPointer { bytes in
            ranges.withUnsafeBufferPointer { ranges in
                guard let start = bytes.baseAddress, let places = ranges.baseAddress else { return }
                run(id, Arguments(start: start, ranges: places, count: words.count), &reply)
            }
        }
    }

    /// Lends what the function of a command would be given.
    func call(_ words: [String], _ body: (Call) throws(ReplyError) -> Void) throws(ReplyError) {
        var ranges: [Range<Int>] = []
        var bytes: [UInt8] = []
        for word in words {
            ranges.append(bytes.count..<bytes.count + word.utf8.count)
            bytes += Array(word.utf8)
        }
        try bytes.withUnsafeBufferPointer { bytes throws(ReplyError) in
            try ranges.withUnsafeBufferPointer { ranges throws(ReplyError) in
                guard let start = bytes.baseAddress, let places = ranges.baseAddress else { return }
                try body(call(Arguments(start: start, ranges: places, count: words.count)))
            }
        }
    }

    private func call(_ arguments: Arguments) -> Call {
        let homeIndex = arguments.count > 1 ? 1 : 0
        return Call(
            arguments: arguments,
            shards: shards,
            home: shards.shard(of: arguments[homeIndex]),
            homeIndex: homeIndex,
            homeHash: KeyHash.hash(arguments[homeIndex]),
            now: Instant(milliseconds: now),
            maximumValueBytes: maximumValueBytes
        )
    }

    private func run(_ id: Command.ID, _ arguments: Arguments, _ reply: inout ReplyBuffer) {
        do {
            try Dispatch.run(id, call(arguments), &reply)
        } catch {
            reply.append(error)
        }
    }

    /// The payload bytes that the shards count, all keys together.
    var payloadBytes: Int { (0..<shards.count).reduce(0) { $0 + shards[$1].pointee.keyspace.payloadBytes } }

    /// How many keys there are.
    var keyCount: Int { (0..<shards.count).reduce(0) { $0 + shards[$1].pointee.keyspace.count } }

    /// Whether a command breaks the WATCH of a key.
    func breaksWatch(of key: String, _ line: String) -> Bool {
        let state = WatchState()
        Bytes.with(key) { key in
            let shard = shards.shard(of: key)
            shard.pointee.watches.add(state, to: key, hash: KeyHash.hash(key))
            run(line)
            shard.pointee.watches.remove(state, from: key, hash: KeyHash.hash(key))
        }
        return state.isBroken
    }

    /// The record of a key that has not expired.
    func record(_ key: String) -> Record? {
        Bytes.with(key) { key in
            shards.shard(of: key).pointee.keyspace.slot(key, hash: KeyHash.hash(key), now: Instant(milliseconds: now))?
                .pointee
        }
    }
}

/// What a test reads from an answer.
enum Answer {
    /// The bulks of an array's answer, in order, nested arrays flattened: what stands on every line that is no marker.
    static func bulks(_ reply: String) -> [String] {
        var bulks: [String] = []
        var lines = reply.split(separator: "\r\n", omittingEmptySubsequences: false)[...]
        while let line = lines.popFirst() {
            if line.hasPrefix("$"), line != "$-1", let bulk = lines.popFirst() { bulks.append(String(bulk)) }
        }
        return bulks
    }
}
