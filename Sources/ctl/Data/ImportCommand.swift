import ArgumentParser
import ClusterCore

/// `clusterctl import`: data from elsewhere.
struct ImportCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Brings the data of an RDB file, an append-only log or a running server into a running cluster.",
        discussion: """
            The keys of an RDB file (versions 1 to 12) and of a server take the place of keys of the same name; the commands \
            of a log are run one after another. A server is asked as by a replica (SYNC). What breaks the contract, such as \
            a key that is too long, a stream, or a key of another database than 0, is left out and listed on stderr; the \
            exit status is then 1.
            """)

    static let examples = [
        Example("clusterctl import dump.rdb", "the keys of a file"),
        Example("clusterctl import appendonlydir/appendonly.aof.manifest", "a log of Redis 7"),
        Example("clusterctl import redis://:secret@10.0.0.5:6379", "all keys of a running server"),
        Example("clusterctl import --strict dump.rdb", "ends at the first key that cannot be kept"),
    ]

    @OptionGroup var connection: ConnectionOptions

    @Option(
        help: ArgumentHelp(
            "A file with the cluster's password; without it, the variable CLUSTERCTL_PASSWORD counts.",
            valueName: "path"))
    var passwordFile: String?

    @Flag(help: "End at the first thing that cannot be kept.")
    var strict = false

    @Argument(
        help: ArgumentHelp("The file, or redis://[[user]:password@]host[:port], or unix:///path.", valueName: "source"))
    var source: String

    func run() throws {
        let source = try DataSource(source)
        var client = try connection.connect()
        let server: AdminReport.Server
        do {
            server = try client.server()
        } catch {
            throw ConnectionOptions.failure(error)
        }
        guard let port = server.port else { throw Failure("the cluster listens on no TCP port: start it with --port") }
        let target = try ImportTarget(
            HostName.address(ofClusterOn: server.host ?? "", port: port),
            password: server.asksForPassword ? try Password.read(file: passwordFile) : nil, isStrict: strict)
        let summary = try DataImport(source: source, target: target).run()
        for line in summary.refusals.lines { StandardError.writeLine(line) }
        StandardError.writeLine("\(source.name): \(summary.line)")
        if summary.refusals.count > 0 { throw ExitCode(ExitStatus.findings.rawValue) }
    }
}
