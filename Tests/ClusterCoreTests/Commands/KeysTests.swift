import Foundation
import Testing

@testable import ClusterCore

/// EXPIRE and its kin, and SET, SETEX, PSETEX and RESTORE with a time to live, on its whole range.
struct KeysTests {
    /// A row of a table of what a Redis 2.8.24 answers.
    private struct Row {
        let command: [String]
        let time: String
        let answers: ArraySlice<Substring>

        /// Runs the command on a key `k`, which exists for EXPIRE and its kin, and returns its reply.
        func run(on commander: Commander, payload: [UInt8]) -> String {
            commander.run("DEL k")
            if command[0].contains("EXPIRE") { commander.run("SET k v") }
            var words = (command + [time]).map { Array($0.utf8) }
            if command[0].hasSuffix("SETEX") { words.append(Array("v".utf8)) }
            if command[0] == "RESTORE" { words.append(payload) }
            return Self.text(commander.run(words))
        }

        /// A reply without its marks; a line end is one character.
        static func text(_ reply: String) -> String {
            let line = reply.dropLast()
            return String(line.hasPrefix(":") ? line.dropFirst() : line)
        }
    }

    private static func rows(_ name: String, columnsBefore: Int) throws -> [(before: Int64, row: Row)] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let table = try String(contentsOf: folder.appending(path: "Fixtures/\(name)"), encoding: .utf8)
        return table.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let columns = line.split(separator: "\t")
            let command = columns[columnsBefore].split(separator: " ").map(String.init)
            let row = Row(
                command: command, time: String(columns[columnsBefore + 1]), answers: columns[(columnsBefore + 2)...])
            return (columnsBefore > 0 ? Int64(columns[0]) ?? 0 : 0, row)
        }
    }

    private static func payload(_ commander: Commander) -> [UInt8] {
        commander.run("SET d v")
        let reply = commander.reply(to: ["DUMP", "d"].map { Array($0.utf8) })
        return Array(reply.drop { $0 != 10 }.dropFirst().dropLast(2))
    }

    @Test func `times to live that overflow are answered, and leave the key, as in 2_8_24`() throws {
        let commander = Commander()
        let payload = Self.payload(commander)
        let rows = try Self.rows("ttl-overflow-2.8.24.tsv", columnsBefore: 0)
        #expect(rows.count == 99)
        for (_, row) in rows {
            let found = [row.run(on: commander, payload: payload), Row.text(commander.run("EXISTS k"))]
            #expect(found == row.answers.map(String.init), "\(row.command) \(row.time)")
        }
    }

    @Test func `TTL, PTTL and PERSIST of times to live that overflow are those of 2_8_24`() throws {
        let commander = Commander()
        let payload = Self.payload(commander)
        for (now, row) in try Self.rows("deadlines-2.8.24.tsv", columnsBefore: 1) {
            commander.now = now
            let reply = row.run(on: commander, payload: payload)
            let found =
                [reply]
                + ["EXISTS k", "PTTL k", "TTL k", "PERSIST k", "EXISTS k", "TTL k"].map { Row.text(commander.run($0)) }
            #expect(found == row.answers.map(String.init), "at \(now): \(row.command) \(row.time)")
        }
    }

    @Test func `a deadline that is negative never comes, whoever looks`() {
        let commander = Commander(shards: 1)
        commander.run("SET k v PX 9223372036854775807")
        let later = Instant(milliseconds: commander.now + 1_000_000_000)
        for _ in 0..<200 { #expect(commander.shards[0].pointee.keyspace.sweep(buckets: 16, now: later).removed == 0) }
        #expect(commander.run("GET k") == "$1\r\nv\r\n")
        commander.now += 1_000
        #expect(commander.run("PTTL k") == ":9223372036854774807\r\n", "it counts down, as in 2.8.24")
        #expect(commander.run("PEXPIRE k 1") == ":1\r\n")
        commander.now += 2
        #expect(commander.run("EXISTS k") == ":0\r\n")
    }
}
