package import Presentation

extension SizeResult {
    /// Writes the violations as CSV (RFC 4180) under a line of names.
    package func writeCSV(to sink: inout ByteSink) {
        sink.write("rule,name,key,key_base64,type,key_bytes,value_bytes,database,approximate,file,line,byte_offset\r\n")
        for violation in violations {
            let fields = [
                violation.rule.id, violation.rule.name, Printable.bytes(violation.key), Base64.encode(violation.key),
                violation.type, "\(violation.keyBytes)", "\(violation.valueBytes)", "\(violation.database)",
                "\(violation.isApproximate)", violation.location.path, violation.location.line.map { "\($0)" } ?? "",
                violation.location.byteOffset.map { "\($0)" } ?? "",
            ]
            sink.write(fields.map(Self.field).joined(separator: ",") + "\r\n")
        }
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
