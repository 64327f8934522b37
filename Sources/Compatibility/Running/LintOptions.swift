public import CommandCatalog
public import SystemCalls

/// What one run of the linter is to look for, and how.
public struct LintOptions: Sendable {
    /// What the target promises.
    public var contract = Contract.clusterEdition
    /// Takes every input for this kind; nil recognises each by its content.
    public var forcedKind: InputKind?
    /// From how many per cent of a limit on a key or value is near it; nil turns the rule off.
    public var nearLimitPercent: Int?
    /// Findings below this are left out and counted.
    public var minimumConfidence = Confidence.high
    /// Identities of rules that are off.
    public var disabledRules: Set<String> = []
    /// Severities other than the rules' own, by identity.
    public var severities: [String: Severity] = [:]
    /// Commands under another name: from the name that is sent, in small letters, to the real one.
    public var renamedCommands: [String: String] = [:]
    /// Names that count as a client in source code by themselves.
    public var receiverNames = ReceiverNames()
    /// How many threads read at once.
    public var threads = 1
    /// Whether a path found below a folder is left out.
    public var ignores: @Sendable (String) -> Bool = { _ in false }
    /// Whether everything below a folder is read: what ``ignores`` and the `.gitignore` files leave out, too, and folders
    /// such as `vendor`.
    public var readsEverything = false
    /// The wish that the run ends with what it has read.
    public var stop: StopRequest?
    /// Called with the first occurrence of each finding of a trace, at once, on the thread that has found it.
    public var onFinding: (@Sendable (Finding) -> Void)?

    /// The defaults.
    public init() {}

    var choice: FolderWalk.Choice {
        FolderWalk.Choice(isEverything: readsEverything, isConfiguredOut: ignores, stop: stop)
    }
}
