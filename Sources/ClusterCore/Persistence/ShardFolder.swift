import Glibc
import SystemCalls

/// The folder of one shard: a log a node, and which of them counts.
///
/// ```text
///   shard-0/clusterctl.primary          the node whose log a start loads, with a checksum: 0-1 fbc2b8cf6c4d1d24
///   shard-0/node-0/appendonlydir/…      the log of node 0-0, see `LogFolder`
///   shard-0/node-1/appendonlydir/…      the log of node 0-1
/// ```
///
/// In the layout before this one a shard had one log, `shard-0/appendonlydir`.
struct ShardFolder: Sendable {
    let path: String
    let shard: Int

    private static let logName = "appendonlydir"
    private static let nodePrefix = "node-"

    var countingPath: String { "\(path)/clusterctl.primary" }

    private func nodePath(_ number: Int) -> String { "\(path)/\(Self.nodePrefix)\(number)" }

    /// The folder of a node's log.
    func logPath(_ number: Int) -> String { "\(nodePath(number))/\(Self.logName)" }

    /// The folder of the one log of the layout before this one.
    private var olderLogPath: String { "\(path)/\(Self.logName)" }

    /// The nodes that have a folder.
    private var nodes: [Int] {
        FolderListing.names(in: path).filter { $0.hasPrefix(Self.nodePrefix) }.compactMap {
            Int($0.dropFirst(Self.nodePrefix.count))
        }.sorted()
    }

    /// The nodes that have a log.
    var nodesWithLog: [Int] { nodes.filter { Files.exists(LogFolder(path: logPath($0)).manifestPath) } }

    /// Whether there is anything to be loaded, or was.
    var hasData: Bool {
        LogFolder(path: olderLogPath).hasData || nodes.contains { LogFolder(path: logPath($0)).hasData }
    }
}

// MARK: - Whose log counts

extension ShardFolder {
    /// What a start finds.
    struct Finding {
        /// The node whose log counts.
        let node: Int
        /// Whether its file says so with a checksum, without one, or not at all; nil where there is no file.
        let naming: CheckedLine?
        /// Whether the log is still where the layout before this one had it.
        let hasOlderLayout: Bool
    }

    /// Finds out whose log counts; changes nothing.
    ///
    /// - Parameters:
    ///   - recorded: the node whose log was last written to; nil where that is not known.
    ///   - isUntouched: whether no shard has any data yet.
    func find(recorded: Int?, isUntouched: Bool) throws(PersistenceError) -> Finding {
        let naming = try readNaming(recorded)
        if Files.exists(olderLogPath) {
            guard nodesWithLog.isEmpty, naming == nil else {
                throw PersistenceError(
                    "\(path): has a log of an older clusterctl, \(Self.logName), beside the logs of its nodes: move "
                        + "away what is not to be loaded")
            }
            return Finding(node: 0, naming: nil, hasOlderLayout: true)
        }
        guard let naming else {
            return Finding(node: try onlyNode(recorded, isUntouched), naming: nil, hasOlderLayout: false)
        }
        guard let name = Node.Name(naming.word), name.shard == shard else { throw notANode(recorded) }
        return Finding(node: name.number, naming: naming, hasOlderLayout: false)
    }

    /// What the file says; nil where there is none.
    private func readNaming(_ recorded: Int? = nil) throws(PersistenceError) -> CheckedLine? {
        guard Files.exists(countingPath) else { return nil }
        guard let line = CheckedLine(try Files.contents(of: countingPath)) else { throw notANode(recorded) }
        return line
    }

    private func notANode(_ recorded: Int?) -> PersistenceError {
        .damage(countingPath, "not a node of this shard with its checksum", choice(recorded))
    }

    /// The node whose log counts where no file says so: the only one that has a log.
    private func onlyNode(_ recorded: Int?, _ isUntouched: Bool) throws(PersistenceError) -> Int {
        let nodes = nodesWithLog
        if isUntouched { return 0 }
        if let only = nodes.first, nodes.count == 1, only == recorded ?? only { return only }
        throw .damage(countingPath, "is missing", choice(recorded))
    }

    /// What to do where nothing says whose log counts.
    func choice(_ recorded: Int?) -> String {
        let names = nodesWithLog.map { "\(Node.Name(shard: shard, number: $0))" }
        if names.isEmpty { return "restore the shard's folder from a copy" }
        let last = recorded.map { "; the one of \(shard)-\($0) was written to last" } ?? ""
        return
            "restore it from a copy, or write the node there, as a line \(names[0]), whose log is to be loaded (there "
            + "are logs of \(names.joined(separator: ", "))\(last))"
    }

    /// The node that the file names; nil where there is none, or it cannot be read.
    var namedNode: Int? { (try? readNaming()).flatMap { Node.Name($0.word)?.number } }

    /// Lets a node's log count from now on, lastingly: at every moment it is the one or the other that does.
    func setCountingNode(_ number: Int) throws(PersistenceError) {
        try Files.replace(countingPath, with: CheckedLine.bytes("\(Node.Name(shard: shard, number: number))"))
    }
}

// MARK: - Logs

extension ShardFolder {
    /// The log that counts.
    func log(_ finding: Finding) -> LogFolder {
        LogFolder(path: finding.hasOlderLayout ? olderLogPath : logPath(finding.node))
    }

    /// Makes the folder ready to be written to: the one log of the layout before this one becomes that of node 0, by one
    /// step of the file system, and what a crash has left of a change of the log that counts is removed.
    func prepare(_ finding: Finding, _ log: LogFolder) throws(PersistenceError) {
        try Files.makeFolder(path)
        Files.removeTemporaries(of: countingPath)
        guard finding.hasOlderLayout else { return }
        try Files.makeFolder(nodePath(0))
        try Files.move(olderLogPath, to: logPath(0))
        log.move(to: logPath(0))
    }

    /// Where a copy is kept of what is cut off a node's file from a byte on.
    func cutPath(node: Int, file: String, from byte: Int) -> String {
        "\(path)/clusterctl.cut.\(Node.Name(shard: shard, number: node)).\(file).\(byte).\(time(nil))"
            + ".\(Files.randomName())"
    }

    /// Looks whether a node can have a log here.
    func checkPlace(ofNode number: Int) throws(PersistenceError) {
        var status = stat()
        guard stat(nodePath(number), &status) == 0, status.st_mode & S_IFMT != S_IFDIR else { return }
        throw .damage(nodePath(number), "is no folder, and the shard's log has to be there", "move it away")
    }

    /// Removes the logs of nodes that there are no more.
    func removeLogs(ofNodesFrom first: Int) {
        for number in nodes where number >= first {
            LogFolder(path: logPath(number)).remove()
            rmdir(nodePath(number))
        }
    }
}
