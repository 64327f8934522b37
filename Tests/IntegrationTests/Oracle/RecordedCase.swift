import Foundation

/// A conversation with Redis 2.8.24 from `Fixtures/redis-2.8.24.jsonl`; the README beside it says what is in it.
struct RecordedCase: Decodable, Sendable {
    let id: String
    let steps: [Step]

    /// One request, or raw bytes on a connection of their own, and what came back.
    struct Step: Decodable, Sendable {
        let send: [Latin1]?
        let raw: Latin1?
        let reply: Latin1
        let compare: Comparison?
        let client: Int?
        let closes: Bool?

        var connection: Int { client ?? 0 }
        var comparison: Comparison { compare ?? .exact }
    }

    /// Bytes, written as the characters of the same numbers.
    struct Latin1: Decodable, Sendable {
        let bytes: [UInt8]

        init(from decoder: any Decoder) throws {
            let text = try decoder.singleValueContainer().decode(String.self)
            bytes = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        }
    }

    /// All that is used as an argument and can be a key: deleted before the case begins.
    var possibleKeys: [[UInt8]] {
        var keys: Set<[UInt8]> = []
        for step in steps {
            for argument in (step.send ?? []).dropFirst() where !argument.bytes.isEmpty && argument.bytes.count <= 127 {
                keys.insert(argument.bytes)
            }
        }
        return Array(keys)
    }

    /// All recorded cases, in the order of the file.
    static func all() throws -> [RecordedCase] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: folder.appendingPathComponent("Fixtures/redis-2.8.24.jsonl"))
        let decoder = JSONDecoder()
        return try data.split(separator: UInt8(ascii: "\n")).map { try decoder.decode(RecordedCase.self, from: $0) }
    }
}
