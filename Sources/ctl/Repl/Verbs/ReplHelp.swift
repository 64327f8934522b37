import CommandCatalog
import Presentation

/// What `help` writes of the session, of a command or of a group.
///
/// All of it is the catalog's; no server is asked.
enum ReplHelp {
    /// The lines for what was asked about.
    static func lines(_ words: [String], _ contract: Contract, _ style: Style) -> [String] {
        guard let first = words.first else { return session(style) }
        if first.hasPrefix("@") { return group(first, contract, style) }
        if first.hasPrefix(":"), let verb = Verb.named(String(first.dropFirst())) { return [line(verb)] }
        return commands(words, contract, style)
    }

    static func groupName(_ group: Command.Group) -> String { "@" + group.rawValue.filter { $0 != " " && $0 != "/" } }

    private static func session(_ style: Style) -> [String] {
        var lines = [
            "A command is sent as it is typed; a number before it says how often. Behind it,",
            "`| shell command` or `> file` takes the reply. A line that begins with # is a comment.", "",
        ]
        lines += Verb.all.map(line)
        lines += [
            "",
            style.dim("Tab completes, Ctrl-R searches, Ctrl-C cancels the line or the running command, Ctrl-D ends."),
        ]
        return lines
    }

    private static func line(_ verb: Verb) -> String {
        let usage = ":\(verb.name) \(verb.arguments)"
        return "  " + usage + String(repeating: " ", count: max(1, 34 - usage.count)) + verb.summary
    }

    private static func group(_ word: String, _ contract: Contract, _ style: Style) -> [String] {
        let name = word.lowercased()
        guard let group = Command.Group.allCases.first(where: { groupName($0) == name }) else {
            let names = Command.Group.allCases.map(groupName).joined(separator: " ")
            return ["There is no group \(SafeText.line(word)): the groups are \(names)"]
        }
        let rows = Catalog.all.filter { $0.group == group && $0.container == nil }
        return rows.map { row in
            let verdict = contract.verdict(on: row)
            let remark = verdict == .supported ? row.syntax : style.verdict(verdict.label, verdict.label)
            return remark.isEmpty ? "  \(row.name)" : "  \(row.name) \(remark)"
        }
    }

    /// The commands whose names begin with these words.
    private static func commands(_ words: [String], _ contract: Contract, _ style: Style) -> [String] {
        let asked = words.joined(separator: " ").uppercased()
        let rows = Catalog.all.filter { $0.name == asked || $0.name.hasPrefix(asked + " ") }
        guard !rows.isEmpty else {
            let advice = Catalog.suggestion(for: words[0]).map { ": did you mean \($0)?" } ?? ""
            return ["No Redis has a command '\(Quantity.printable(Array(asked.utf8)))'\(advice)"]
        }
        return rows.flatMap { description(of: $0, contract, style) }
    }

    private static func description(of row: Command, _ contract: Contract, _ style: Style) -> [String] {
        let verdict = contract.verdict(on: row)
        var lines = ["", "  " + style.bold(row.syntax.isEmpty ? row.name : "\(row.name) \(row.syntax)")]
        if !row.summary.isEmpty { lines.append("  summary: \(row.summary)") }
        lines.append("  verdict: " + style.verdict(verdict.label, verdict.label) + " (\(contract.name))")
        if !row.instead.isEmpty { lines.append("  instead: \(row.instead)") }
        lines.append("  since: \(row.since)")
        lines.append("  group: \(row.group.rawValue)")
        return lines
    }
}
