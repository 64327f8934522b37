import Foundation

/// Tables as text that reads well in a terminal and is Markdown too.
enum Markdown {
    static func text(of report: PartReport) -> String {
        let tables = report.tables.map { table in
            let samples = table.rows.first?.first.samples.count ?? 0
            return "### \(table.title) (\(table.unit); \(samples) samples)\n\n\(text(of: table))"
        }
        return (tables + ["\(report.circumstances)\n"]).joined(separator: "\n")
    }

    private static func text(of table: Table) -> String {
        let ratio = "\(table.columns[0]) ÷ \(table.columns[1])"
        let header = ["", table.columns[0], "min–max", table.columns[1], "min–max", ratio, "budget", ""]
        let lines = [header] + table.rows.map(cells)
        let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        let rule = widths.indices.map { column in
            String(repeating: "-", count: max(3, widths[column]) - 1) + (isNumber(column) ? ":" : "-")
        }
        return ([lines[0], rule] + lines.dropFirst()).map { line($0, widths) }.joined()
    }

    private static func cells(of row: Row) -> [String] {
        let verdict = row.isMet.map { $0 ? "met" : "**missed**" } ?? ""
        let figures = [row.first, row.second].flatMap { figure in
            [number(figure.value), "\(number(figure.smallest))–\(number(figure.largest))"]
        }
        return [row.name] + figures + [String(format: "%.2f", row.ratio), row.budget ?? "", verdict]
    }

    private static func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = cells.indices.map { column in
            let space = String(repeating: " ", count: max(0, max(3, widths[column]) - cells[column].count))
            return isNumber(column) ? space + cells[column] : cells[column] + space
        }
        return "| \(padded.joined(separator: " | ")) |\n"
    }

    /// Names stand in the first column and verdicts in the last; the others are numbers.
    private static func isNumber(_ column: Int) -> Bool {
        (1...6).contains(column)
    }

    /// Three digits that matter, or all those before the point.
    static func number(_ value: Double) -> String {
        switch abs(value) {
        case 100...: value.formatted(.number.precision(.fractionLength(0)).locale(Locale(identifier: "en_US")))
        case 10..<100: String(format: "%.1f", value)
        case 1..<10: String(format: "%.2f", value)
        default: String(format: "%.3f", value)
        }
    }
}
