import ArgumentParser
import ClusterCore
import CommandCatalog
import Glibc
import ServerClient

/// `clusterctl import`: data from elsewhere.
struct ImportCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Brings the data of an RDB file, an append-only log or a running server into a running cluster.",
        discussion: """
            The keys of an RDB file (of Redis 1 to 8 and Valkey, as far as its types are known) and of a server take the \
            place of keys of the same name; the commands of a log are run one after another, those of later releases as what \
            does the same in 2.8 where something does, those of a transaction without MULTI. Files may be compressed with \
            gzip. Of a log's databases, what the first one holds in the end is brought over. A server is asked as by a replica (SYNC), so that its keys are those of one \
            instant. One that refuses that is read key by key, with commands that change nothing: by SCAN, or those of \
            --keys where it has no SCAN, as the Cluster edition has none.

            What breaks the contract, such as a key that is too long, a stream, a key of another database than 0, what a \
            script in a log did, or the times to live of a hash's fields, is left out and listed on stderr; the exit status \
            is then 1. With --strict everything is tried before on a cluster in \
            this process, which takes as much memory as the data; what cannot be kept is listed, and nothing imported.
            """)

    static let examples = [
        Example("clusterctl import dump.rdb", "the keys of a file"),
        Example("clusterctl import appendonlydir/appendonly.aof.manifest", "a log of Redis 7"),
        Example("clusterctl import redis://:secret@10.0.0.5:6379", "all keys of a running server"),
        Example("clusterctl import --keys keys.txt redis://10.0.0.6:6379", "some keys, or those of a Cluster edition"),
        Example("clusterctl import --strict dump.rdb", "everything, or nothing if something cannot be kept"),
    ]

    @OptionGroup var connection: ConnectionOptions

    @Option(
        help: ArgumentHelp(
            "A file with the cluster's password; without it, the variable CLUSTERCTL_PASSWORD counts.",
            valueName: "path"))
    var passwordFile: String?

    @Option(
        help: ArgumentHelp(
            "A file with the password of the server that is read, in place of the one in its URL.", valueName: "path"))
    var sourcePasswordFile: String?

    @Option(
        help: ArgumentHelp(
            "Ask a server for the keys of this file, one a line: for one that has neither SYNC nor SCAN.",
            valueName: "path"))
    var keys: String?

    @Flag(help: "List all that cannot be kept, and import nothing then.")
    var strict = false

    @Argument(
        help: ArgumentHelp(
            "The file, the folder of a log, or redis://[[user]:password@]host[:port], or unix:///path.",
            valueName: "source"))
    var source: String

    func run() throws {
        let signals = try EndingSignals(taking: [SIGHUP, SIGINT, SIGTERM], "clusterctl import")
        let source = try dataSource()
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
            password: server.asksForPassword ? try Password.read(file: passwordFile) : nil,
            limits: Self.contract(server), isStrict: strict)
        // From here on a signal ends the reading, and what was carried so far is finished; a second one ends the program.
        signals.enter(.noting)
        let summary = try DataImport(source: source, target: target, keys: keys).run()
        for line in summary.refusals.lines { StandardError.writeLine(line) }
        StandardError.writeLine("\(source.name): \(summary.line)")
        if summary.refusals.count > 0 { throw ExitCode(ExitStatus.findings.rawValue) }
    }

    private func dataSource() throws(Failure) -> DataSource {
        let named = try DataSource(source)
        guard case .server(var address) = named else {
            guard keys == nil, sourcePasswordFile == nil else {
                throw Failure("--keys and --source-password-file are for a server: \(source) is a file")
            }
            return named
        }
        if let path = sourcePasswordFile {
            address.password = try Password.read(file: path).map { String(decoding: $0, as: UTF8.self) }
        }
        return .server(address)
    }

    /// The limits of a running cluster.
    private static func contract(_ server: AdminReport.Server) -> Contract {
        var contract = Contract.clusterEdition
        contract.maxKeyBytes = server.maximumKeyBytes
        contract.maxValueBytes = server.maximumValueBytes
        contract.maxRequestBytes = server.maximumRequestBytes
        return contract
    }
}
