/// Lines of INFO commandstats.
///
///     cmdstat_config|get:calls=3,usec=12,usec_per_call=4.00
enum CommandStatistics {
    /// The words of a line's command and how often it was called; nil where the line has no calls.
    static func read(_ line: UnsafeRawBufferPointer) -> (words: [[UInt8]], calls: Int)? {
        let text = Array(line.dropFirst("cmdstat_".utf8.count))
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon > 0 else { return nil }
        let words = text[..<colon].split(separator: UInt8(ascii: "|")).map { Array($0) }
        guard !words.isEmpty else { return nil }
        for field in text[(colon + 1)...].split(separator: UInt8(ascii: ","))
        where field.starts(with: Array("calls=".utf8)) {
            let digits = Array(field.dropFirst(6))
            return digits.withUnsafeBytes { Request.integer($0) }.flatMap { $0 >= 0 ? (words, $0) : nil }
        }
        return nil
    }
}
