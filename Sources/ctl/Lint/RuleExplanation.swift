import Compatibility
import Presentation

/// A rule at length, as `clusterctl explain` shows it.
struct RuleExplanation {
    let rule: Rule

    func lines(_ style: Style) -> [String] {
        var lines = [style.bold("\(rule.id) \(rule.name)"), rule.summary, ""]
        lines += rule.explanation.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        lines += [
            "",
            style.dim("severity") + "   \(rule.severity.rawValue)"
                + (rule.isOnByDefault ? "" : ", off unless asked for"),
        ]
        lines += ["", style.dim("found in")] + rule.badExample.map { "  \($0)" }
        lines += ["", style.dim("not found in")] + rule.goodExample.map { "  \($0)" }
        if !rule.instead.isEmpty { lines += ["", style.dim("instead") + "    \(rule.instead)"] }
        return lines
    }
}

extension Rule {
    var json: JSON {
        .object([
            ("rule", .string(id)), ("name", .string(name)), ("severity", .string(severity.rawValue)),
            ("on_by_default", .boolean(isOnByDefault)), ("summary", .string(summary)),
            ("explanation", .string(explanation)), ("found_in", .strings(badExample)),
            ("not_found_in", .strings(goodExample)), ("instead", .string(instead)),
        ])
    }
}
