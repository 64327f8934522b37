/// Arguments as the parser is given them: long runs of words that are no options are one word each.
///
/// The parser's time grows with the square of the number of such words: 8,000 paths took it 1.7 s, 100,000 minutes.
struct FoldedArguments {
    /// What the parser is given.
    private(set) var arguments: [String] = []
    /// What stands for a run, and the run.
    private var runs: [String: ArraySlice<String>] = [:]

    /// A run of fewer words is left as it is.
    private static let shortest = 100

    /// Folds the arguments behind the name of a subcommand.
    init(_ all: [String]) {
        var next = 0
        var isBehindTerminator = false
        while next < all.count {
            let start = next
            while next < all.count, isBehindTerminator || !all[next].hasPrefix("-") { next += 1 }
            fold(all[start..<next])
            guard next < all.count else { return }
            isBehindTerminator = all[next] == "--"
            arguments.append(all[next])
            next += 1
            // It may be the option's value.
            if next < all.count, !isBehindTerminator, !all[next].hasPrefix("-") {
                arguments.append(all[next])
                next += 1
            }
        }
    }

    private mutating func fold(_ run: ArraySlice<String>) {
        guard run.count >= Self.shortest else {
            arguments += run
            return
        }
        // No argument of a program has a NUL in it.
        let name = "\0\(runs.count)"
        runs[name] = run
        arguments.append(name)
    }

    /// The words that parsed ones stand for.
    func unfolded(_ words: [String]) -> [String] {
        if runs.isEmpty { return words }
        return words.reduce(into: []) { all, word in
            if let run = runs[word] { all += run } else { all.append(word) }
        }
    }
}

/// A subcommand that takes any number of words: they reach it unfolded before it runs.
protocol TakesManyWords {
    /// The words beside the options.
    static var manyWords: WritableKeyPath<Self, [String]> { get }
}

extension TakesManyWords {
    /// The same with the words that were given.
    func unfolded(_ folded: FoldedArguments) -> Self {
        var command = self
        command[keyPath: Self.manyWords] = folded.unfolded(self[keyPath: Self.manyWords])
        return command
    }
}

extension ExplainCommand: TakesManyWords {
    static var manyWords: WritableKeyPath<Self, [String]> { \.words }
}

extension LintCommand: TakesManyWords {
    static var manyWords: WritableKeyPath<Self, [String]> { \.paths }
}

extension SizesCommand: TakesManyWords {
    static var manyWords: WritableKeyPath<Self, [String]> { \.sources }
}

extension ExecCommand: TakesManyWords {
    static var manyWords: WritableKeyPath<Self, [String]> { \.command }
}

extension ReplCommand: TakesManyWords {
    static var manyWords: WritableKeyPath<Self, [String]> { \.command }
}
