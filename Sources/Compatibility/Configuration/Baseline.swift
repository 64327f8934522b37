import Presentation

// A line a context, its fields apart by tabs, so that a version control system shows what has changed:
//
//   # clusterctl baseline 1
//   2⇥CTL001⇥app/cache.py⇥names = r.keys("session:*")

/// The findings that a project has decided to live with: how many there are of each, wherever their lines are now.
public struct Baseline: Sendable {
    private var counts: [FindingContext: Int] = [:]

    private static let header = "# clusterctl baseline 1"

    /// What is wrong with a baseline file.
    public typealias Malformed = ConfigurationError

    /// The findings of a run, to be written down.
    public init(_ result: LintResult, base: BasePath) {
        let contexts = FindingContexts(result.summary, base: base)
        for finding in result.findings { counts[contexts.of(finding), default: 0] += 1 }
    }

    /// Reads a baseline file.
    public init(_ text: [UInt8]) throws(Malformed) {
        let lines = String(decoding: text, as: UTF8.self).split(omittingEmptySubsequences: false) { $0.isNewline }
        guard lines.first.map(String.init) == Self.header else {
            throw Malformed(line: 1, message: "this is no baseline: it does not begin with '\(Self.header)'")
        }
        for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map { Self.unescaped($0) }
            guard fields.count == 4, let count = Int(fields[0]), count > 0, Rule.named(fields[1]) != nil else {
                throw Malformed(
                    line: index + 1, message: "a line has a count, a rule, a path and a context, with tabs between")
            }
            counts[FindingContext(rule: fields[1], path: fields[2], text: fields[3]), default: 0] += count
        }
    }

    /// The file, its lines in order of path, rule and context.
    public var text: String {
        let lines = counts.sorted { ($0.key.path, $0.key.rule, $0.key.text) < ($1.key.path, $1.key.rule, $1.key.text) }
            .map { context, count in
                ["\(count)", context.rule, context.path, context.text].map(Self.escaped).joined(separator: "\t")
            }
        return ([Self.header] + lines).joined(separator: "\n") + "\n"
    }

    /// How many findings it holds.
    public var count: Int { counts.values.reduce(0, +) }

    /// Takes the findings out that it holds.
    ///
    /// Where there are more of a context than it holds, all of them stay: which of them is the new one, nobody knows.
    /// `gone` is how many it holds that were not found any more.
    func apply(
        to findings: [Finding], _ contexts: FindingContexts
    ) -> (kept: [Finding], suppressed: [SuppressedFinding], gone: Int) {
        var found: [FindingContext: Int] = [:]
        for finding in findings { found[contexts.of(finding), default: 0] += 1 }
        var kept: [Finding] = []
        var suppressed: [SuppressedFinding] = []
        for finding in findings {
            let context = contexts.of(finding)
            if found[context, default: 0] <= counts[context, default: 0] {
                suppressed.append(SuppressedFinding(finding, .baseline, reason: "in the baseline"))
            } else {
                kept.append(finding)
            }
        }
        let gone = counts.reduce(0) { $0 + max(0, $1.value - found[$1.key, default: 0]) }
        return (kept, suppressed, gone)
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\t": escaped += "\\t"
            case "\n": escaped += "\\n"
            // What ends a line elsewhere, and what a terminal that shows the file would obey.
            case _ where scalar.isUnsafe: escaped += "\\u{\(String(scalar.value, radix: 16))}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }

    private static func unescaped(_ text: Substring) -> String {
        var unescaped = ""
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\\", let letter = rest.popFirst() else {
                unescaped.unicodeScalars.append(scalar)
                continue
            }
            switch letter {
            case "t": unescaped += "\t"
            case "n": unescaped += "\n"
            case "u": unescaped.unicodeScalars.append(number(&rest) ?? letter)
            default: unescaped.unicodeScalars.append(letter)
            }
        }
        return unescaped
    }

    /// The character of `{202e}`, which is taken off; nil where something else stands there.
    private static func number(_ rest: inout Substring.UnicodeScalarView.SubSequence) -> Unicode.Scalar? {
        guard rest.first == "{", let end = rest.firstIndex(of: "}") else { return nil }
        let digits = String(rest[rest.index(after: rest.startIndex)..<end])
        guard let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) else { return nil }
        rest = rest[rest.index(after: end)...]
        return scalar
    }
}
