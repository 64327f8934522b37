import ArgumentParser
import ClusterCore
import Glibc
import WireFormats

/// `clusterctl export`: all keys as a file for a Redis.
struct ExportCommand: ParsableCommand, WithExamples {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract:
            "Writes all keys of a running cluster to an RDB file of version 6, which every Redis from 2.6 on loads.",
        discussion: """
            The file has all keys as they are at one instant; clients are served meanwhile. It appears whole or not at all.
            """)

    static let examples = [
        Example("clusterctl export --rdb dump.rdb", "all keys, for `redis-server --dbfilename dump.rdb`")
    ]

    @OptionGroup var connection: ConnectionOptions

    @Option(help: ArgumentHelp("The file to write.", valueName: "path"))
    var rdb: String

    func run() throws {
        var client = try connection.connect()
        let answer = try connection.ask(&client, ["EXPORT", Self.absolute(rdb)])
        guard case .integer(let keys) = answer else { return }
        StandardError.writeLine("\(rdb): \(Quantity.count(Int(keys), "key"))")
    }

    /// The path as the server, which may have been started elsewhere, finds it.
    private static func absolute(_ path: String) throws -> String {
        guard !path.hasPrefix("/") else { return path }
        guard let folder = getcwd(nil, 0) else { throw Failure("no current folder: \(systemError())", .unreachable) }
        defer { free(folder) }
        return "\(String(cString: folder))/\(path)"
    }
}
