import Foundation

/// What a row must reach.
enum Budget {
    /// The first figure divided by the second.
    case ratioAtMost(Double)
    case ratioAbove(Double)
    case ratioAtLeast(Double)
    /// The first figure itself, in the table's unit.
    case below(Double, unit: String)

    var text: String {
        switch self {
        case .ratioAtMost(let limit): String(format: "≤ %.2f", limit)
        case .ratioAbove(let limit): String(format: "> %.2f", limit)
        case .ratioAtLeast(let limit): String(format: "≥ %.2f", limit)
        case .below(let limit, let unit): String(format: "< %g %@", limit, unit)
        }
    }

    func isMet(value: Double, ratio: Double) -> Bool {
        switch self {
        case .ratioAtMost(let limit): ratio <= limit
        case .ratioAbove(let limit): ratio > limit
        case .ratioAtLeast(let limit): ratio >= limit
        case .below(let limit, _): value < limit
        }
    }
}

/// Two figures side by side, and whether their budget is met; without a budget they are only reported.
struct Row: Codable {
    let name: String
    let first: Figure
    let second: Figure
    let ratio: Double
    let budget: String?
    let isMet: Bool?

    init(_ name: String, _ first: Figure, _ second: Figure, budget: Budget? = nil) {
        self.name = name
        self.first = first
        self.second = second
        ratio = first.value / second.value
        self.budget = budget?.text
        isMet = budget?.isMet(value: first.value, ratio: ratio)
    }
}

/// Rows of one unit.
struct Table: Codable {
    var title: String
    var unit: String
    var columns = ["clusterctl", "redis-server"]
    var rows: [Row] = []
}

/// All that one measurement found, and on which machine in which state.
struct PartReport: Codable {
    let part: Part
    let circumstances: String
    let tables: [Table]

    var missed: [String] {
        tables.flatMap { table in
            table.rows.filter { $0.isMet == false }.map { "\(table.title): \($0.name)" }
        }
    }
}
