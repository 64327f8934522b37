/// What `.clusterctl.toml` says: how a project judges, and what it leaves out.
public struct Configuration: Sendable {
    /// The folder that its paths start from: where the file is.
    public var folder: String
    /// From which severity on a finding fails the run; nil where the file does not say.
    public var failOn: Severity?
    /// The least confidence that is reported; nil where the file does not say.
    public var confidence: Confidence?
    /// The baseline, as it is written; nil where the file names none.
    public var baseline: String?
    /// Files and folders that are not read.
    public var ignoredPaths: [PathPattern] = []
    /// The names that are Redis clients in source code, whatever else is known of them.
    public var receiverNames = ReceiverNames()
    /// Limits in place of the contract's.
    public var limits = Limits()
    /// The severities of rules by their identities.
    public var severities: [String: Severity] = [:]
    /// The identities of rules that are off.
    public var disabledRules: Set<String> = []
    /// Commands as they are sent, in small letters, and their real names, as `rename-command` has made them.
    public var renamedCommands: [String: String] = [:]
    /// Rules that are not reported for some paths.
    public var ignoredRules: [(pattern: PathPattern, rules: Set<String>)] = []

    /// The limits that a configuration may set.
    public struct Limits: Sendable, Hashable {
        /// The longest key, in bytes.
        public var keyBytes: Int?
        /// The largest value under a key, in bytes of payload.
        public var valueBytes: Int?
        /// The first size of a request that is refused, in bytes.
        public var requestBytes: Int?
        /// The longest time that a connection may be idle.
        public var idleSeconds: Int?
        /// From how much of a limit on the rule near-limit warns; 0 is never.
        public var nearLimitPercent: Int?
    }

    /// A configuration that says nothing.
    public init(folder: String) {
        self.folder = folder
    }

    /// The name of the file that is looked for, in the working folder and then in each folder above.
    public static let fileName = ".clusterctl.toml"
}

/// What is wrong with a configuration.
public struct ConfigurationError: Error, Hashable, CustomStringConvertible {
    /// From 1.
    public var line: Int
    /// One sentence without a full stop.
    public var message: String

    /// The line and the sentence.
    public var description: String { "line \(line): \(message)" }
}
