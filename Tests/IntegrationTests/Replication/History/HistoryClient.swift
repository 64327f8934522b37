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
    /// What was done to the registers.
    private(set) var registers: [Int: [RegisterHistory.Operation]] = [:]
    /// Commands that were refused for want of a primary.
    private(set) var refusals = 0
    /// Connections that broke.
    private(set) var breaks = 0
    private(set) var longestGap = Duration.zero

    static let keys = 6
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
        switch random.below(5) {
        case 0: return try append(key, client)
        case 1: return try add(client)
        case 2: return try increment(key, client)
        case 3: return try write(key, client)
        default: return try read(key, client)
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

    private mutating func write(_ key: Int, _ client: TestClient) throws -> Bool {
        let value = value()
        let call = ContinuousClock.now
        do {
            let reply = try client("SET", "register:\(key)", value)
            guard !Self.isRefusal(reply) else { return false }
            note(key, call, .now, .write(value))
            return true
        } catch {
            note(key, call, nil, .write(value))
            throw error
        }
    }

    private mutating func read(_ key: Int, _ client: TestClient) throws -> Bool {
        let call = ContinuousClock.now
        let reply = try client("GET", "register:\(key)")
        guard !Self.isRefusal(reply) else { return false }
        note(key, call, .now, .read(reply.bytes.flatMap { Int(String(decoding: $0, as: UTF8.self)) }))
        return true
    }

    private mutating func note(
        _ key: Int, _ call: ContinuousClock.Instant, _ returned: ContinuousClock.Instant?,
        _ action: RegisterHistory.Action
    ) {
        registers[key, default: []].append(.init(call: call, returned: returned, action: action))
    }
}
