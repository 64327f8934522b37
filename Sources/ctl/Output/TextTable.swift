import Presentation

/// Rows of text in aligned columns, two spaces apart; the last column is not padded.
struct TextTable {
    enum Alignment { case left, right }

    private let columns: [(title: String, alignment: Alignment)]
    private var rows: [[String]] = []

    init(_ columns: [(title: String, alignment: Alignment)]) {
        self.columns = columns
    }

    /// Adds a row of as many cells as there are columns; what a terminal would obey is taken out of them.
    mutating func add(_ cells: [String]) {
        precondition(cells.count == columns.count, "a row of \(cells.count) cells in \(columns.count) columns")
        rows.append(cells.map(SafeText.line))
    }

    /// The lines, the titles first.
    ///
    /// `paint` may colour a padded cell, named by its row and column.
    func lines(
        _ style: Style = .plain, paint: (_ row: Int, _ column: Int, _ text: String) -> String = { $2 }
    ) -> [String] {
        let widths = columns.indices.map { column in
            rows.reduce(columns[column].title.count) { max($0, $1[column].count) }
        }
        let head = line(columns.map(\.title), widths) { style.bold($1) }
        return [head] + rows.enumerated().map { row, cells in line(cells, widths) { paint(row, $0, $1) } }
    }

    private func line(_ cells: [String], _ widths: [Int], _ paint: (Int, String) -> String) -> String {
        let padded = cells.enumerated().map { column, cell in
            let padding = String(repeating: " ", count: widths[column] - cell.count)
            switch columns[column].alignment {
            case .right: return padding + paint(column, cell)
            case .left: return paint(column, cell) + (column == cells.count - 1 ? "" : padding)
            }
        }
        let text = padded.joined(separator: "  ")
        return String(text.reversed().drop { $0 == " " }.reversed())
    }
}
