/// Lines of INFO commandstats.
///
///     cmdstat_config|get:calls=3,usec=12,usec_per_call=4.00,rejected_calls=0,failed_calls=1
enum CommandStatistics {
    static let prefix = Array("cmdstat_".utf8)

    /// The words of a line's command and how often it was sent; nil where the line has no number of calls.
    ///
    /// What the server rejected before it ran – a wrong number of arguments, a user without the permission – was sent as
    /// well, and is not among the calls; what has failed while it ran is.
    static func read(_ line: UnsafeRawBufferPointer) -> (words: [[UInt8]], calls: Int)? {
        let text = Array(line.dropFirst(prefix.count))
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon > 0 else { return nil }
        let words = text[..<colon].split(separator: UInt8(ascii: "|")).map { Array($0) }
        guard !words.isEmpty else { return nil }
        let fields = text[(colon + 1)...].split(separator: UInt8(ascii: ","))
        guard let calls = number("calls=", in: fields) else { return nil }
        let failed = number("failed_calls=", in: fields) ?? 0
        let rejected = number("rejected_calls=", in: fields) ?? 0
        return (words, max(calls, failed).addingReportingOverflow(rejected).partialValue)
    }

    /// The number of a field; nil where there is no such field, or no number.
    private static func number(_ name: String, in fields: [ArraySlice<UInt8>]) -> Int? {
        guard let field = fields.first(where: { $0.starts(with: name.utf8) }) else { return nil }
        let digits = Array(field.dropFirst(name.utf8.count))
        return digits.withUnsafeBytes { Request.integer($0) }.flatMap { $0 >= 0 && $0 < 1 << 60 ? $0 : nil }
    }
}
