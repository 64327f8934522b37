import Glibc

/// Finds the line by which a source file brings in something called Redis: `import redis`, `#include <hiredis/hiredis.h>`.
enum ImportMention {
    private static let words = ["import", "include", "require", "use", "using", "from", "extern", "alias", "open"]
    private static let comments = ["//", "--", "*", ";", "%", "\"\"\"", "=begin"]
    /// More mentions of a file are not looked at.
    private static let maximumMentions = 1_000

    /// The number of the first such line, from 1; prose that speaks of redistribution has none.
    static func line(in bytes: UnsafeRawBufferPointer) -> Int? {
        let text = SourceText(bytes)
        var (start, number, counted) = (0, 1, 0)
        for _ in 0..<maximumMentions {
            let redis = text.find("edis", from: start, end: text.count)
            let valkey = text.find("alkey", from: start, end: redis ?? text.count)
            guard let place = valkey ?? redis else { return nil }
            let first = (bytes[..<place].lastIndex(of: 10) ?? -1) + 1
            let end = bytes[place...].firstIndex(of: 10) ?? bytes.count
            number += bytes[counted..<first].count { $0 == 10 }
            counted = first
            if isImport(String(decoding: bytes[first..<min(end, first + 400)], as: UTF8.self)) { return number }
            start = end
        }
        return nil
    }

    private static func isImport(_ line: String) -> Bool {
        let line = line.drop { $0 == " " || $0 == "\t" }
        if comments.contains(where: line.hasPrefix) { return false }
        if line.hasPrefix("#"), !line.hasPrefix("#include"), !line.hasPrefix("#import") { return false }
        let parts = line.split { !$0.isLetter }
        return parts.prefix(8).contains { words.contains(String($0)) } && parts.contains { namesRedis($0.lowercased()) }
    }

    private static func namesRedis(_ word: String) -> Bool {
        guard let place = word.firstRange(of: "redis") else { return word.contains("valkey") }
        return !["t", "p", "cov"].contains { word[place.upperBound...].hasPrefix($0) }
    }
}
