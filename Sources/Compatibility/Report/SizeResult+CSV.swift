package import Presentation

extension SizeResult {
    /// Writes the violations, and the first key of each kind that the target has no place for with their number, as CSV
    /// (RFC 4180) under a line of names.
    package func writeCSV(to sink: inout ByteSink) {
        sink.write(
            "rule,name,key,key_base64,type,key_bytes,value_bytes,database,approximate,file,line,byte_offset,keys\r\n")
        for violation in violations { write(violation.sized, violation.rule, keys: 1, to: &sink) }
        for keys in unkept { write(keys.first, keys.data.rule, keys: keys.count, to: &sink) }
    }

    private func write(_ key: SizedKey, _ rule: Rule, keys: Int, to sink: inout ByteSink) {
        let shown = ShownKey(key.key)
        let fields = [
            rule.id, rule.name, shown.text, shown.base64 ?? "", key.type, "\(key.keyBytes)",
            "\(key.valueBytes)", "\(key.database)", "\(key.isApproximate)", SafeText.line(key.location.path),
            key.location.line.map { "\($0)" } ?? "", key.location.byteOffset.map { "\($0)" } ?? "", "\(keys)",
        ]
        sink.write(fields.map(Self.field).joined(separator: ",") + "\r\n")
    }

    /// A field, in quotes where it needs them.
    ///
    /// A spreadsheet takes what begins with one of `=+-@` for a formula: a blank
    /// before it makes it text, and ``key_base64`` has the key as it is.
    private static func field(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
        let safe = isFormula ? " " + text : text
        guard safe.utf8.contains(where: { [10, 13, 34, 44].contains($0) }) || safe.hasPrefix(" ") else { return safe }
        return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
