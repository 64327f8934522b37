import Presentation
import SystemCalls

/// What kind of content an input has.
public enum InputKind: String, Sendable, CaseIterable {
    /// Output of MONITOR.
    case monitor
    /// An append-only file, with or without an RDB preamble, or a folder of them with its manifest.
    case aof
    /// An RDB file.
    case rdb
    /// Requests as they travel, captured.
    case resp
    /// Commands for redis-cli, one a line.
    case script
    /// A shell script that calls redis-cli.
    case shell
    /// A session with redis-cli as it was copied from a terminal: prompts, commands and replies.
    case session
    /// Output of SLOWLOG GET through redis-cli.
    case slowlog
    /// Output of INFO commandstats.
    case commandstats
    /// Source code in a language of ``SourceLanguage``.
    case source
    /// The packages that a project needs, as `package.json` lists them.
    case manifest
    /// Settings, container and build files, documentation.
    case settings
    /// A running server.
    case server

    /// Whether a file of the kind counts as passed over if nothing about Redis is in it.
    var isPassedOverInSilence: Bool { self == .source || self == .manifest || self == .settings }

    /// The kinds that a file may have.
    public static let ofFiles = allCases.filter { $0 != .server }
}

/// One input that could not be read to its end, or a place in it that had to be passed over.
public struct InputProblem: Error, Sendable, Hashable {
    /// The file, the line or the byte; what was read before it counts.
    public var location: Location
    /// What is wrong, in one sentence without a full stop.
    public var message: String
    /// Whether the exit status must say so: a missing or damaged file is, the torn tail that a crash leaves is not.
    public var isFailure: Bool

    /// A problem at a place.
    public init(location: Location, message: String, isFailure: Bool = true) {
        self.location = location
        // What was named as a file may be an address.
        self.location.path = Secrets.maskURLs(in: location.path)
        self.message = message
        self.isFailure = isFailure
    }
}

/// What was read of one input, and what it cannot show.
public struct InputSummary: Sendable {
    /// The file, or the folder of a multi-part append-only file; `-` for standard input.
    public var path: String
    /// What its content was taken for.
    public var kind: InputKind
    /// Whether it is compressed with gzip.
    public var isCompressed = false
    /// Bytes read, uncompressed.
    public var bytes = 0
    /// Commands judged; of a running server, keys looked at.
    public var commands = 0
    /// What this kind of input cannot show and what is approximate, one sentence each.
    public var coverage: [String] = []
    /// The comments of source code and of a shell script that ask for findings to be ignored.
    var ignoreComments: [IgnoreComment] = []

    /// An input of which nothing has been read.
    public init(path: String, kind: InputKind) {
        self.path = path
        self.kind = kind
    }
}

/// What was read in one run.
public struct Summary: Sendable {
    /// The inputs in the order in which they were given, folders' files by their paths.
    public var inputs: [InputSummary] = []
    /// Files below folders that are no input of any kind, or that do not use Redis; they are not listed.
    public var passedOver = 0
    /// What was not opened below folders, and files there that are no text.
    public var leftOut = LeftOut()
    /// Whether somebody has ended the run before it was through.
    public var isInterrupted = false
    /// How often each command was sent: its name in small letters, a subcommand behind `|` as in `client|setname`.
    ///
    /// A name that is no Redis command is counted under `unknown commands` once there are too many of them.
    public var commands: [String: Int] = [:]
    /// What could not be read.
    public var problems: [InputProblem] = []
    /// The bytes of the paths that are not UTF-8, by their texts.
    public var pathBytes: [String: [UInt8]] = [:]
    /// Names that cannot be decided, from source code and shell scripts; to be listed on request.
    public var undecided: [Undecided] = []

    /// A command name in source code or a shell script that only the running program knows.
    public struct Undecided: Sendable, Hashable {
        /// Where.
        public var location: Location
        /// The expression as it is written.
        public var text: String
        /// Whether the receiver certainly is a Redis client.
        public var confidence: Confidence
    }

    /// Bytes read from all inputs, uncompressed.
    public var bytes: Int { inputs.reduce(0) { $0 + $1.bytes } }
    /// Commands judged in all inputs.
    public var commandCount: Int { inputs.reduce(0) { $0 + $1.commands } }
    /// Whether the exit status must be 3.
    public var hasFailures: Bool { problems.contains(where: \.isFailure) }
    /// Whether everything was read to its end.
    public var isComplete: Bool { !hasFailures && !isInterrupted }

    /// Notes the bytes of a path whose text does not say them.
    mutating func note(_ path: FilePath) {
        if String(validating: path.bytes, as: UTF8.self) == nil { pathBytes[path.text] = path.bytes }
    }
}

/// Everything that one run of the linter says.
public struct LintResult: Sendable {
    /// The findings, by file and place; those with low confidence and of rules that are off are not among them.
    public var findings: [Finding] = []
    /// How many findings were left out for their low confidence.
    public var hiddenFindings = 0
    /// What was read.
    public var summary = Summary()
    /// The highest severity of what was left out for its low confidence.
    public var hiddenSeverity: Severity?
    /// Which source files use Redis, and whether anything in them was understood.
    var coverage = SourceCoverage()
    /// What the files say of the client libraries that they use.
    var greetings = GreetingFacts()

    /// The result of a run that has read nothing.
    public init() {}
}

/// How far a run has come.
public struct Progress: Sendable {
    /// The input that is being read.
    public var path: String
    /// Bytes read of all inputs together, as they are stored (compressed where they are).
    public var bytesDone: Int
    /// Bytes in all inputs together; nil while that is not known (standard input).
    public var bytesTotal: Int?
    /// Keys read of a running server, of which no bytes are counted; nil for files.
    public var keysDone: Int?
    /// Commands judged in all inputs together; nil where none are.
    public var commandsDone: Int?
    /// Findings in all inputs together.
    public var findings = 0
}
