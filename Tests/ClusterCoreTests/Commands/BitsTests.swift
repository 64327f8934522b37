import Testing

@testable import ClusterCore

@Suite struct BitsTests {
    private let commander = Commander()

    private func bitop(_ operation: String, _ names: [String]) -> [UInt8] {
        commander.run(["BITOP", operation, "d"] + names)
        let reply = commander.reply(to: [Array("GET".utf8), Array("d".utf8)])
        guard let end = reply.firstIndex(of: 0x0A), reply != Array("$-1\r\n".utf8) else { return [] }
        return Array(reply[(end + 1)...].dropLast(2))
    }

    /// What 2.8 makes of it, source after source.
    private func expected(_ operation: String, _ sources: [[UInt8]]) -> [UInt8] {
        let longest = sources.map(\.count).max() ?? 0
        let padded = sources.map { $0 + [UInt8](repeating: 0, count: longest - $0.count) }
        return padded.dropFirst().reduce(padded[0]) { total, source in
            zip(total, source).map { operation == "AND" ? $0 & $1 : operation == "OR" ? $0 | $1 : $0 ^ $1 }
        }
    }

    @Test func `names that repeat are combined as often as they are named`() {
        var random = Seed.generator()
        let values = [
            "a": [0xFF, 0x0F, 0x33], "b": [0x81], "c": [0x12, 0x34, 0x56, 0x78, 0x9A], "e": [0x55, 0xAA], "none": [],
        ]
        for (name, value) in values where !value.isEmpty {
            commander.run([Array("SET".utf8), Array(name.utf8), value.map { UInt8($0) }])
        }
        for _ in 0..<300 {
            let names = (0..<Int.random(in: 1...7, using: &random)).map { _ in
                values.keys.sorted()[Int.random(in: 0..<values.count, using: &random)]
            }
            let sources = names.map { (values[$0] ?? []).map { UInt8($0) } }
            for operation in ["AND", "OR", "XOR"] {
                #expect(bitop(operation, names) == expected(operation, sources), "\(operation) \(names) \(Seed.note)")
            }
        }
    }

    @Test func `a name is gone through once, however often it is named`() throws {
        commander.run(["SET", "a", "x"])
        commander.run(["SET", "b", "yy"])
        let words = ["BITOP", "XOR", "d"] + (0..<30_000).flatMap { _ in ["a", "b", "none"] }
        try commander.call(words) { call throws(ReplyError) in
            let sources = try BitSources(call, from: 3)
            #expect(sources.values.map(\.times) == [30_000, 30_000])
            #expect(sources.longest == 2 && sources.hasMissing)
        }
        #expect(commander.run(words) == ":2\r\n")
        #expect(bitop("XOR", ["b", "b"]) == [0, 0], "a string twice is zero bytes of its length")
    }
}
