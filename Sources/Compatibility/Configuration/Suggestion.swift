/// What someone may have meant by a name that there is not.
package enum Suggestion {
    /// The end of a sentence: the likeliest of the known names, or all of them.
    package static func advice(for name: String, among known: [String]) -> String {
        nearest(to: name, among: known).map { "did you mean '\($0)'?" }
            ?? "choose one of \(known.joined(separator: ", "))"
    }

    /// The end of a sentence about the name of a rule.
    static func advice(forRule name: String) -> String {
        nearest(to: name, among: Rule.all.map(\.name) + Rule.all.map(\.id)).map { "did you mean '\($0)'?" }
            ?? "`clusterctl rules` lists them"
    }

    /// The known name that shares most pairs of neighbouring letters with `name` (Dice's coefficient), if that is half of
    /// them or more.
    static func nearest(to name: String, among known: [String]) -> String? {
        let pairs = pairs(of: name)
        let likenesses = known.map { candidate in
            let others = Self.pairs(of: candidate)
            return (
                name: candidate, part: Double(2 * pairs.intersection(others).count) / Double(pairs.count + others.count)
            )
        }
        return likenesses.max { $0.part < $1.part }.flatMap { $0.part >= 0.5 ? $0.name : nil }
    }

    /// The pairs of a name; `_` and `-` are one letter here, and both ends count as letters.
    private static func pairs(of name: String) -> Set<[Character]> {
        let letters = [Character("^")] + name.lowercased().map { $0 == "_" ? "-" : $0 } + [Character("$")]
        return Set(zip(letters, letters.dropFirst()).map { [$0, $1] })
    }
}

extension Rule {
    /// What to say to someone who names a rule that there is not: a fragment that follows a colon.
    public static func advice(for name: String) -> String { Suggestion.advice(forRule: name) }
}
