import ArgumentParser
import ClusterCore
import CommandCatalog
import Compatibility

/// `clusterctl lint`: what an application sends, or its source would send, that the target refuses.
struct LintCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Finds what the Cluster edition would refuse in traces, scripts and source code.",
        discussion: """
            Reads MONITOR logs, append-only files, RESP captures, redis-cli and shell scripts, sessions with redis-cli, \
            SLOWLOG and INFO commandstats output, and source code in thirteen languages; plain or with gzip, in UTF-8 or \
            UTF-16; told apart by their content. Below a folder, what .gitignore files name is left out, and so are hidden \
            folders and those of what others have written, such as vendor, node_modules, build and target. An \
            interruption reports what was read. Status 0: nothing found; 1: findings; 2: wrong use or configuration; 3: an input that cannot be read to its \
            end. `clusterctl rules` lists the rules, `clusterctl explain RULE` explains one.
            """)

    static let examples = [
        Example("clusterctl lint .", "the source code below this folder"),
        Example("clusterctl lint monitor.log.gz appendonlydir", "traces, of any size"),
        Example("redis-cli monitor | clusterctl lint --follow -", "a running server, until interrupted"),
        Example("clusterctl lint --output sarif=lint.sarif --fail-on error src", "for CI"),
        Example("clusterctl lint --diff-base origin/main .", "only lines that have changed"),
    ]

    @Argument(help: ArgumentHelp("Files and folders to read; - is stdin. (default: .)", valueName: "path"))
    var paths: [String] = []

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("Take every input for this kind: \(InputKind.optionNames).", valueName: "kind"),
        transform: InputKind.ofOption)
    var kind: InputKind?

    @Option(
        help: ArgumentHelp(
            "Also report findings in source code where only a name suggests Redis. (default: high)",
            valueName: "high|low"),
        transform: LintCommand.confidence)
    var confidence: Confidence?

    @Option(
        help: ArgumentHelp("Leave a rule out; may be repeated.", valueName: "rule"), transform: LintCommand.rule)
    var disable: [Rule] = []

    @Flag(help: "List the names in source code that only the running program knows.")
    var undecided = false

    @Flag(help: "List how often each command was sent, and what was left out.")
    var stats = false

    @Flag(help: "Write the first occurrence of each finding of a trace at once, on one line.")
    var follow = false

    @Flag(
        name: .customLong("no-ignore"),
        help: "Read everything below a folder: what .gitignore, ignored-paths and the usual names leave out, too.")
    var readsEverything = false

    @Option(help: ArgumentHelp("Leave out the findings of this file.", valueName: "path"))
    var baseline: String?

    @Option(help: ArgumentHelp("Write the findings into a baseline to live with, and end well.", valueName: "path"))
    var writeBaseline: String?

    @Option(
        help: ArgumentHelp("Only report lines that have changed since a revision of Git.", valueName: "revision"))
    var diffBase: String?

    @Option(
        help: ArgumentHelp("How many threads read at once. (default: one a core)", valueName: "count"),
        transform: ArgumentValues.integer(in: 1...256))
    var threads: Int?

    @OptionGroup var judging: JudgingOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard follow else { return }
        if !output.standardOutputs.isEmpty {
            throw ValidationError("--follow writes to stdout, and so does another format: name a file for it")
        }
        if baseline != nil || writeBaseline != nil || diffBase != nil {
            throw ValidationError(
                "--follow shows findings before all are known, which a baseline and --diff-base compare: leave one out")
        }
    }

    func run() throws {
        let run = try LintRunner(self)
        try run.run()
    }
}

// MARK: - Values

extension LintCommand {
    private static func confidence(_ text: String) throws -> Confidence {
        guard let confidence = Confidence(rawValue: text) else {
            throw ArgumentValues.Unusable(description: "write high or low")
        }
        return confidence
    }

    private static func rule(_ text: String) throws -> Rule {
        guard let rule = Rule.named(text) else {
            throw ArgumentValues.Unusable(description: "there is no such rule: \(Rule.advice(for: text))")
        }
        return rule
    }
}

extension InputKind {
    /// The kinds as an option's help lists them.
    static let optionNames = InputKind.ofFiles.map(\.rawValue).joined(separator: ", ")

    /// The kind that an option's value names.
    static func ofOption(_ text: String) throws -> InputKind {
        guard let kind = InputKind(rawValue: text.lowercased()), ofFiles.contains(kind) else {
            throw ArgumentValues.Unusable(description: "write one of \(optionNames)")
        }
        return kind
    }
}
