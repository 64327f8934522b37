import Foundation
import TestSupport

/// A client that does things whose history can be checked, and notes what it was told of each.
struct HistoryClient: Sendable {
    let number: Int
    let endpoint: Endpoint
    /// Values that were appended to the lists, by list: those that were acknowledged, and those nobody knows of.
    private(set) var appended: [Int: [Int]] = [:]
    private(set) var unknownAppends: [Int: Set<Int>] = [:]
    /// Members that were added to the set and acknowledged.
    private(set) var added: [Int] = []
    /// Increments of the counters in transactions, by counter.
    private(set) var increments: [Int: Int] = [:]
    private(set) var unknownIncrements: [Int: Int] = [:]
    /// What was done to the keys of each kind, by key.
    private(set) var registers = Histories<RegisterModel>()
    private(set) var numbers = Histories<CounterModel>()
    private(set) var bags = Histories<SetModel>()
    private(set) var queues = Histories<ListModel>()
    /// Replies that no Redis gives.
    private(set) var surprises: [String] = []
    /// Commands that were refused for want of a primary.
    private(set) var refusals = 0
    /// Connections that broke.
    private(set) var breaks = 0
    private(set) var longestGap = Duration.zero

    /// What was done to some keys of one kind.
    typealias Histories<Model: HistoryModel> = [Int: [History<Model>.Operation]]

    static let keys = 6
    /// How many different members the sets have whose histories are checked.
    private static let members = 8
    private var next = 0

    init(number: Int, endpoint: Endpoint) {
        self.number = number
        self.endpoint = endpoint
    }

    /// A value that no other client writes.
    private mutating func value() -> Int {
        next += 1
        return next * 100 + number
    }

    /// Works until told to stop.
    mutating func run(_ random: SeededGenerator, until isOver: @Sendable () -> Bool) {
        var random = random
        var client = try? TestClient(endpoint)
        var lastSuccess = ContinuousClock.now
        while !isOver() {
            guard let connection = client else {
                client = try? TestClient(endpoint)
                continue
            }
            do {
                let isDone = try step(connection, &random)
                if isDone {
                    longestGap = max(longestGap, .now - lastSuccess)
                    lastSuccess = .now
                } else {
                    refusals += 1
                }
            } catch {
                breaks += 1
                client = nil
            }
        }
    }

    /// One thing; false where it was refused, and surely not done.
    private mutating func step(_ client: TestClient, _ random: inout SeededGenerator) throws -> Bool {
        let key = random.below(Self.keys)
        switch random.below(6) {
        case 0: return try append(key, client)
        case 1: return try add(client)
        case 2: return try increment(key, client)
        case 3: return try useRegister(key, client, &random)
        case 4: return try useNumber(key, client, &random)
        default:
            return random.isOne(in: 2) ? try useBag(key, client, &random) : try useQueue(key, client, &random)
        }
    }

    private static func isRefusal(_ reply: TestReply) -> Bool {
        reply.errorText?.hasPrefix("CLUSTERDOWN") == true
    }

    private mutating func append(_ key: Int, _ client: TestClient) throws -> Bool {
        let value = value()
        unknownAppends[key, default: []].insert(value)
        let reply = try client("RPUSH", "list:\(key)", value)
        unknownAppends[key]?.remove(value)
        guard !Self.isRefusal(reply) else { return false }
        appended[key, default: []].append(value)
        return true
    }

    private mutating func add(_ client: TestClient) throws -> Bool {
        let value = value()
        guard !Self.isRefusal(try client("SADD", "set:\(value % 7)", value)) else { return false }
        added.append(value)
        return true
    }

    /// An optimistic transaction over two shards, as an application counts.
    private mutating func increment(_ key: Int, _ client: TestClient) throws -> Bool {
        // Another client's transaction may hold the key: then nothing is watched.
        guard try client("WATCH", "counter:\(key)") == .ok else { return false }
        let read = try client("GET", "counter:\(key)")
        guard !Self.isRefusal(read), read.errorText == nil else {
            _ = try client("UNWATCH")
            return false
        }
        let old = Int(String(decoding: read.bytes ?? [0x30], as: UTF8.self)) ?? 0
        unknownIncrements[key, default: 0] += 1
        let replies = try client.pipeline([
            ["MULTI"], ["SET", "counter:\(key)", old + 1], ["SET", "twin:\(key)", old + 1], ["EXEC"],
        ])
        unknownIncrements[key, default: 0] -= 1
        guard case .array? = replies.last else { return replies.last?.errorText == nil }
        increments[key, default: 0] += 1
        return true
    }
}

// MARK: - Operations whose histories are checked

extension HistoryClient {
    /// Does something to a key and notes it; false where it was refused, and surely not done.
    ///
    /// - Parameters:
    ///   - untold: what it is where no reply comes; nil for what changes nothing.
    ///   - told: what it is by its reply.
    private mutating func use<Model: HistoryModel>(
        _ histories: WritableKeyPath<HistoryClient, Histories<Model>>, _ key: Int, _ client: TestClient,
        _ words: [any RequestArgument], untold: Model.Action? = nil, told: (TestReply) -> Model.Action?
    ) throws -> Bool {
        let call = ContinuousClock.now
        let reply: TestReply
        do {
            reply = try client.pipeline([words])[0]
        } catch {
            if let untold { note(histories, key, .init(call: call, returned: nil, action: untold)) }
            throw error
        }
        guard !Self.isRefusal(reply) else { return false }
        guard let action = told(reply) else {
            surprises.append("\(words) was answered \(reply)")
            return true
        }
        note(histories, key, .init(call: call, returned: .now, action: action))
        return true
    }

    private mutating func note<Model: HistoryModel>(
        _ histories: WritableKeyPath<HistoryClient, Histories<Model>>, _ key: Int, _ operation: History<Model>.Operation
    ) {
        self[keyPath: histories][key, default: []].append(operation)
    }

    private static func number(_ bytes: [UInt8]?) -> Int? {
        bytes.flatMap { Int(String(decoding: $0, as: UTF8.self)) }
    }

    private static func numbers(_ reply: TestReply) -> [Int]? { reply.elements?.compactMap { number($0.bytes) } }

    private mutating func useRegister(
        _ key: Int, _ client: TestClient, _ random: inout SeededGenerator
    ) throws -> Bool {
        guard random.isOne(in: 2) else { return try readRegister(key, client) }
        let value = value()
        return try use(\.registers, key, client, ["SET", "register:\(key)", value], untold: .write(value)) {
            $0 == .ok ? .write(value) : nil
        }
    }

    /// Reads a key of each kind, as the last operation.
    mutating func readAll(_ key: Int, _ client: TestClient) throws {
        _ = try readRegister(key, client)
        _ = try readNumber(key, client)
        _ = try readBag(key, client)
        _ = try readQueue(key, client)
    }

    private mutating func readRegister(_ key: Int, _ client: TestClient) throws -> Bool {
        try use(\.registers, key, client, ["GET", "register:\(key)"]) { .read(Self.number($0.bytes)) }
    }

    private mutating func useNumber(
        _ key: Int, _ client: TestClient, _ random: inout SeededGenerator
    ) throws -> Bool {
        guard random.below(4) > 0 else { return try readNumber(key, client) }
        let difference = 1 + random.below(2)
        return try use(
            \.numbers, key, client, ["INCRBY", "number:\(key)", difference], untold: .add(difference, answer: nil)
        ) { reply in reply.number.map { .add(difference, answer: Int($0)) } }
    }

    private mutating func readNumber(_ key: Int, _ client: TestClient) throws -> Bool {
        try use(\.numbers, key, client, ["GET", "number:\(key)"]) { .read(Self.number($0.bytes) ?? 0) }
    }

    private mutating func useBag(_ key: Int, _ client: TestClient, _ random: inout SeededGenerator) throws -> Bool {
        let (name, member) = ("bag:\(key)", random.below(Self.members))
        switch random.below(6) {
        case 0, 1:
            return try use(\.bags, key, client, ["SADD", name, member], untold: .add(member, isNew: nil)) { reply in
                reply.number.map { .add(member, isNew: $0 == 1) }
            }
        case 2:
            return try use(\.bags, key, client, ["SREM", name, member], untold: .remove(member, wasThere: nil)) {
                reply in
                reply.number.map { .remove(member, wasThere: $0 == 1) }
            }
        case 3:
            return try use(\.bags, key, client, ["SPOP", name], untold: .pop(nil)) { reply in
                reply == .null ? .pop(.nothing) : Self.number(reply.bytes).map { .pop(.member($0)) }
            }
        case 4:
            return try use(\.bags, key, client, ["SISMEMBER", name, member]) { reply in
                reply.number.map { .contains(member, $0 == 1) }
            }
        default: return try readBag(key, client)
        }
    }

    private mutating func readBag(_ key: Int, _ client: TestClient) throws -> Bool {
        try use(\.bags, key, client, ["SMEMBERS", "bag:\(key)"]) { reply in
            Self.numbers(reply).map { .members($0.reduce(0) { $0 | 1 << UInt64($1) }) }
        }
    }

    private mutating func useQueue(
        _ key: Int, _ client: TestClient, _ random: inout SeededGenerator
    ) throws -> Bool {
        let name = "queue:\(key)"
        switch random.below(5) {
        case 0, 1:
            let value = value()
            return try use(\.queues, key, client, ["RPUSH", name, value], untold: .append(value, length: nil)) {
                reply in
                reply.number.map { .append(value, length: Int($0)) }
            }
        case 2, 3:
            return try use(\.queues, key, client, ["LPOP", name], untold: .removeFirst(nil)) { reply in
                reply == .null ? .removeFirst(.nothing) : Self.number(reply.bytes).map { .removeFirst(.value($0)) }
            }
        default: return try readQueue(key, client)
        }
    }

    private mutating func readQueue(_ key: Int, _ client: TestClient) throws -> Bool {
        try use(\.queues, key, client, ["LRANGE", "queue:\(key)", 0, -1]) { Self.numbers($0).map { .read($0) } }
    }
}
