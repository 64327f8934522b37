import ArgumentParser
import CEditLine
import Glibc
import ServerClient

/// `clusterctl repl`: a shell for a server, which tells what the Cluster edition would refuse.
struct ReplCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "repl",
        abstract: "Sends commands to a server, and tells before what the Cluster edition would refuse.",
        discussion: """
            On a terminal a line editor with completion, hints and history; `:help` lists what it can do. From a file, the \
            standard input, or behind `--`, commands are run one after the other; an error reply stops a script with 1. \
            Works with every server of Redis: the check sends nothing of its own.
            """)

    static let examples = [
        Example("clusterctl repl", "the local cluster, on 127.0.0.1:6379"),
        Example("clusterctl repl redis://10.0.0.7:7000", "another server; its password in $CLUSTERCTL_PASSWORD"),
        Example("clusterctl repl --embedded", "a cluster inside this process, gone at the end"),
        Example("clusterctl repl -- GET user:1", "one command"),
        Example("clusterctl repl --file seed.redis", "a script, up to its first error"),
        Example("clusterctl repl --check block < seed.redis", "sends nothing that would be refused"),
        Example("clusterctl repl --mode json -- HGETALL user:1", "the reply as JSON"),
    ]

    @Argument(
        help: ArgumentHelp(
            "The server: redis://[:password@]host:port[/database], or a Unix socket. (default: redis://127.0.0.1:6379)",
            valueName: "uri"))
    var uri: String?

    @Flag(help: "Start a cluster inside this process and talk to it.")
    var embedded = false

    @Option(
        help: ArgumentHelp(
            "A file with the password for AUTH. Without it, CLUSTERCTL_PASSWORD counts, then REDISCLI_AUTH.",
            valueName: "path"), completion: .file())
    var passwordFile: String?

    @Flag(help: "Ask for the password on the terminal.")
    var askPassword = false

    @Option(
        help: ArgumentHelp("Run the lines of a file; - is the standard input.", valueName: "path"),
        completion: .file())
    var file: String?

    @Flag(help: "Go on after an error in a script.")
    var keepGoing = false

    @Option(
        help: ArgumentHelp(
            "How replies are written. (default: tty on a terminal, else raw)", valueName: "tty|raw|csv|json"))
    var mode: ReplSettings.Mode?

    @Flag(help: "Replies as on a terminal, wherever they go: --mode tty, as redis-cli calls it.")
    var noRaw = false

    @Option(
        help: ArgumentHelp(
            "What is done with a request that the Cluster edition would refuse.", valueName: "off|warn|block"))
    var check = ReplSettings.Check.warn

    @Option(help: ArgumentHelp("Whose form replies have where redis-cli's versions differ.", valueName: "2.8|7"))
    var dialect = ReplSettings.Dialect.redis28

    @Flag(help: "Show text in UTF-8 as it is, not as \\xHH.")
    var utf8 = false

    @Flag(help: "Do not ask before what deletes much.")
    var yes = false

    @Option(
        help: ArgumentHelp("Colour: auto is on a terminal, unless NO_COLOR is set.", valueName: "auto|always|never"))
    var color = ColorMode.auto

    @Argument(parsing: .postTerminator, help: ArgumentHelp("One command to run, after `--`.", valueName: "command"))
    var command: [String] = []

    func validate() throws {
        if embedded, uri != nil { throw ValidationError("--embedded is a server of its own: leave the address out") }
        if file != nil, !command.isEmpty { throw ValidationError("--file and a command after `--`: give one of them") }
        if noRaw, mode != nil, mode != .tty { throw ValidationError("--no-raw is --mode tty: give one of them") }
        if uri?.lowercased() == "help" {
            throw ValidationError("write `clusterctl repl --help`, or `:help` in a session")
        }
    }

    func run() throws {
        let cluster = embedded ? try PrivateCluster.start() : nil
        let status: CInt
        do {
            status = try run(cluster)
        } catch {
            try cluster?.stop()
            throw error
        }
        try cluster?.stop()
        if status != 0 { throw ExitCode(status) }
    }

    private var isInteractive: Bool {
        command.isEmpty && file == nil && isatty(STDIN_FILENO) == 1 && StandardOutput.isTerminal
    }

    private func run(_ cluster: PrivateCluster?) throws(Failure) -> CInt {
        let address: ServerAddress
        if let cluster { address = cluster.address } else { address = try self.address() }
        let connection = ReplConnection(address, password: cluster == nil ? try password(address) : nil)
        let session = ReplSession(
            connection, name: cluster == nil ? Self.name(address) : "embedded", settings: settings,
            style: Style(isColored: color.isOn(onTerminal: StandardError.isTerminal)), isInteractive: isInteractive)
        let style = Style(isColored: color.isOn(onTerminal: StandardOutput.isTerminal))
        let runner = ReplRunner(session, style: style)
        if isInteractive {
            try InteractiveRepl(runner, isColored: style.isColored).run()
            return ExitStatus.fine.rawValue
        }
        guard command.isEmpty else { return runCommand(session, runner) }
        return try ReplScript(path: file ?? "-").run(with: runner, keepsGoing: keepGoing)
    }

    /// The words of the one command, byte for byte as the shell gave them: the parser has made text of them.
    private var words: [[UInt8]] { Array(ProgramArguments.bytes.suffix(command.count)) }

    /// Runs the one command.
    private func runCommand(_ session: ReplSession, _ runner: ReplRunner) -> CInt {
        let ending = session.run(words, write: runner.show)
        switch ending {
        case .fine: return ExitStatus.fine.rawValue
        case .error, .notSent: return ExitStatus.findings.rawValue
        case .unreachable, .stateLost: return ExitStatus.unreachable.rawValue
        case .interrupted: return ExitStatus.interrupted.rawValue
        }
    }

    private var settings: ReplSettings {
        let standard: ReplSettings.Mode = StandardOutput.isTerminal ? .tty : .raw
        var settings = ReplSettings(mode: mode ?? (noRaw ? .tty : standard))
        settings.check = check
        settings.dialect = dialect
        settings.showsUTF8 = utf8
        settings.confirms = !yes
        return settings
    }

    private func address() throws(Failure) -> ServerAddress {
        guard let uri else { return ServerAddress(.tcp(host: "127.0.0.1", port: ServerAddress.defaultPort)) }
        do {
            return try ServerAddress(uri)
        } catch {
            throw Failure("the address cannot be: \(error.description)")
        }
    }

    private static func name(_ address: ServerAddress) -> String {
        if case .unix(let path) = address.endpoint { "redis \(path)" } else { address.name }
    }

    /// The password: of the terminal, the address, the file, the environment.
    private func password(_ address: ServerAddress) throws(Failure) -> [UInt8]? {
        if askPassword {
            switch TypedAnswer(toSecret: ReplRunner.passwordPrompt) {
            case .line(let typed): return typed
            case .interrupted, .none: throw Failure("no password was given: nothing was sent", .interrupted)
            case .noTerminal:
                throw Failure("--ask-password needs a terminal: give the password in a file with --password-file")
            }
        }
        if let password = address.password { return Array(password.utf8) }
        if let password = try Password.read(file: passwordFile) { return password }
        return environmentVariable("REDISCLI_AUTH").map { Array($0.utf8) }
    }
}
