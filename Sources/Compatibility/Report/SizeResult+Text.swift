package import Presentation

extension SizeResult {
    /// Writes for people: violations first, then totals, the largest keys and the histograms.
    package func writeText(isColored: Bool, to sink: inout ByteSink) {
        let paint = Paint(isOn: isColored)
        writeViolations(paint, to: &sink)
        writeUnkept(paint, to: &sink)
        writeTotals(paint, to: &sink)
        writeLargest(paint, to: &sink)
        write("keys by the bytes of their value", valueHistogram, paint, to: &sink)
        write("keys by the bytes of their name", keyHistogram, paint, to: &sink)
        for input in summary.inputs {
            for sentence in input.coverage {
                sink.writeLine(paint.dim("note: \(Wording.place(Location(path: input.path))): \(sentence)"))
            }
        }
        if let cursor {
            sink.writeLine("not read to the end: --cursor \(String(decoding: cursor, as: UTF8.self)) goes on from here")
        }
        sink.writeLine(closing)
    }

    /// The last line; a sum that lacks something says so.
    private var closing: String {
        let keys = totals.reduce(0) { $0 + $1.keys }
        var found = violations.isEmpty ? "nothing over a limit" : Wording.count(violations.count, "violation")
        if !unkept.isEmpty {
            let things = unkept.reduce(0) { $0 + $1.count }
            found += violations.isEmpty ? ", but " : ", "
            found += "\(Wording.count(things, "thing")) that the target has no place for"
        }
        if expiredKeys > 0 { found += ", \(Wording.count(expiredKeys)) expired" }
        let start = summary.isComplete ? "" : "not complete: "
        return "\(start)\(found) in \(Wording.count(keys, "key")), \(Wording.bytes(summary.bytes))"
    }

    private func writeUnkept(_ paint: Paint, to sink: inout ByteSink) {
        for keys in unkept {
            let rule = "\(keys.data.rule.severity.rawValue)[\(keys.data.rule.id) \(keys.data.rule.name)]"
            sink.writeLine(
                "\(paint.severity(keys.data.rule.severity, rule)): "
                    + paint.bold(SafeText.line(keys.data.message(keys.first.key))))
            sink.writeLine("  \(paint.dim("-->")) \(Wording.place(keys.first.location))")
            if keys.count > 1 {
                let names = keys.examples.map { "'\(shown($0))'" } + (keys.count > keys.examples.count + 1 ? ["…"] : [])
                sink.writeLine("  \(Wording.count(keys.count - 1)) more: \(names.joined(separator: ", "))")
            }
        }
        if !unkept.isEmpty { sink.writeLine() }
    }

    private func writeViolations(_ paint: Paint, to sink: inout ByteSink) {
        for violation in violations {
            let rule = "\(violation.rule.severity.rawValue)[\(violation.rule.id) \(violation.rule.name)]"
            let about = violation.isApproximate ? "about " : ""
            let database = violation.database == 0 ? "" : ", database \(violation.database)"
            sink.writeLine(
                "\(paint.severity(violation.rule.severity, rule)): \(paint.bold(shown(violation.key))): "
                    + "\(violation.type), key of \(Wording.count(violation.keyBytes, "byte")), value of "
                    + "\(about)\(Wording.count(violation.valueBytes, "byte"))\(database)")
            sink.writeLine("  \(paint.dim("-->")) \(Wording.place(violation.location))")
        }
        if !violations.isEmpty { sink.writeLine() }
    }

    private func writeTotals(_ paint: Paint, to sink: inout ByteSink) {
        guard !totals.isEmpty else { return }
        let rows = totals.map {
            [$0.type, Wording.count($0.keys), Wording.count($0.keyBytes), Wording.count($0.valueBytes)]
        }
        writeColumns(["TYPE", "KEYS", "KEY BYTES", "VALUE BYTES"], rows, texts: [0], paint, to: &sink)
    }

    private func writeLargest(_ paint: Paint, to sink: inout ByteSink) {
        guard !largest.isEmpty else { return }
        let rows = largest.map {
            [Wording.count($0.valueBytes), $0.hasExpired ? "\($0.type), expired" : $0.type, shown($0.key)]
        }
        writeColumns(["VALUE BYTES", "TYPE", "LARGEST KEYS"], rows, texts: [1, 2], paint, to: &sink)
    }

    private func write(_ title: String, _ buckets: [SizeBucket], _ paint: Paint, to sink: inout ByteSink) {
        guard let most = buckets.map(\.keys).max(), most > 0 else { return }
        let rows = buckets.map { bucket in
            let length = bucket.keys == 0 ? 0 : max(1, bucket.keys * Self.longestBar / most)
            return [
                Wording.count(bucket.upperBound), Wording.count(bucket.keys), String(repeating: "#", count: length),
            ]
        }
        writeColumns(["UP TO", "KEYS", title.uppercased()], rows, texts: [2], paint, to: &sink)
    }

    /// In characters.
    private static let longestBar = 40

    /// Aligned columns: numbers to the right, those of `texts` to the left, and an empty line below.
    private func writeColumns(
        _ titles: [String], _ rows: [[String]], texts: Set<Int>, _ paint: Paint, to sink: inout ByteSink
    ) {
        let widths = titles.indices.map { column in
            ([titles] + rows).map { DisplayWidth.of($0[column].unicodeScalars) }.max() ?? 0
        }
        for (number, row) in ([titles] + rows).enumerated() {
            let cells = row.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - DisplayWidth.of(cell.unicodeScalars))
                guard texts.contains(column) else { return padding + cell }
                return column == row.count - 1 ? cell : cell + padding
            }
            let line = cells.joined(separator: "  ")
            sink.writeLine(number == 0 ? paint.bold(line) : line)
        }
        sink.writeLine()
    }

    private func shown(_ key: [UInt8]) -> String {
        Wording.cut(ShownKey(key).text, Printable.maximumCommandBytes)
    }
}
