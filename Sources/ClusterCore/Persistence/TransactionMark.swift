/// The line before an EXEC in a log that says which other shards' logs have a part of the same transaction.
///
/// ```text
///   #TX:17:0,2        the 17th transaction on several shards has parts on the shards 0 and 2
///   #TX-BASE:17       none up to the 17th is missing before this line: first line of a log whose base has them, or
///                     behind a failover that has lost some
/// ```
///
/// Redis 7 passes over lines that begin with `#`. A long list is spread over several lines, since it reads at most
/// 1,024 bytes of one.
struct TransactionMark: Equatable {
    let number: UInt64
    var shards: [Int]

    private static let longestLine = 900
    private static let prefix = Array("#TX:".utf8)
    private static let basePrefix = Array("#TX-BASE:".utf8)

    /// The lines without their ends.
    var lines: [[UInt8]] {
        var lines: [[UInt8]] = []
        var line = Self.prefix + "\(number):".utf8
        let head = line
        for shard in shards {
            if line.count > Self.longestLine {
                lines.append(line)
                line = head
            }
            if line.count > head.count { line.append(UInt8(ascii: ",")) }
            line += "\(shard)".utf8
        }
        return lines + [line]
    }

    /// Reads a line; nil where it is another one.
    init?(_ line: some Collection<UInt8>) {
        guard line.starts(with: Self.prefix) else { return nil }
        let text = String(decoding: line.dropFirst(Self.prefix.count), as: UTF8.self)
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = UInt64(parts[0]) else { return nil }
        let names = parts[1].split(separator: ",", omittingEmptySubsequences: false)
        shards = names.compactMap { Int($0) }
        guard shards.count == names.count else { return nil }
        self.number = number
    }

    init(number: UInt64, shards: [Int]) {
        self.number = number
        self.shards = shards
    }

    /// The line, without its end, before which no transaction up to `number` is missing.
    static func baseLine(upTo number: UInt64) -> [UInt8] { basePrefix + "\(number)".utf8 }

    /// Reads such a line; nil where it is another annotation.
    static func base(_ line: some Collection<UInt8>) -> UInt64? {
        guard line.starts(with: basePrefix) else { return nil }
        return UInt64(String(decoding: line.dropFirst(basePrefix.count), as: UTF8.self))
    }
}
