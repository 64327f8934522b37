import Glibc
import SystemCalls

/// The folder of one shard: a log a node, and which of them counts.
///
/// ```text
///   shard-0/clusterctl.primary          the node whose log a start loads: 0-1
///   shard-0/node-0/appendonlydir/…      the log of node 0-0, see `LogFolder`
///   shard-0/node-1/appendonlydir/…      the log of node 0-1
/// ```
///
/// Where the file is not there, node 0's log counts. In the layout before this one a shard had one log,
/// `shard-0/appendonlydir`.
struct ShardFolder: Sendable {
    let path: String
    let shard: Int

    private static let logName = "appendonlydir"
    private static let nodePrefix = "node-"

    private var countingPath: String { "\(path)/clusterctl.primary" }

    private func nodePath(_ number: Int) -> String { "\(path)/\(Self.nodePrefix)\(number)" }

    /// The folder of a node's log.
    func logPath(_ number: Int) -> String { "\(nodePath(number))/\(Self.logName)" }

    /// The nodes that have a folder.
    private var nodes: [Int] {
        FolderListing.names(in: path).filter { $0.hasPrefix(Self.nodePrefix) }.compactMap {
            Int($0.dropFirst(Self.nodePrefix.count))
        }
    }

    /// Makes the folder ready: the one log of the layout before this one becomes that of node 0.
    ///
    /// It is moved by one step of the file system, and counts afterwards since nothing says otherwise. What a crash has
    /// left of a change of the log that counts is removed.
    func prepare() throws(PersistenceError) {
        unlink(countingPath + ".tmp")
        let old = "\(path)/\(Self.logName)"
        guard Files.exists(old) else { return }
        guard !nodes.contains(where: { Files.exists(logPath($0)) }), !namesNode else {
            throw PersistenceError(
                "\(path): has a log of an older clusterctl, \(Self.logName), beside the logs of its nodes: move away "
                    + "what is not to be loaded")
        }
        try Files.makeFolder(nodePath(0))
        try Files.move(old, to: logPath(0))
    }

    /// The node whose log counts.
    func countingNode() throws(PersistenceError) -> Int {
        let number = try readCountingNode()
        guard number != nil || !nodes.isEmpty else { return 0 }
        guard nodes.contains(number ?? 0) else {
            throw PersistenceError(
                "\(countingPath): the log of node \(shard)-\(number ?? 0) is the shard's, and there is none: restore "
                    + "\(nodePath(number ?? 0)), or write the node there whose log is to be loaded", isDamage: true)
        }
        return number ?? 0
    }

    /// What the file says; nil where there is none.
    private func readCountingNode() throws(PersistenceError) -> Int? {
        guard namesNode else { return nil }
        let bytes = try Files.withContents(of: countingPath) { (bytes) throws(PersistenceError) in Array(bytes) }
        let text = String(decoding: bytes.prefix { $0 > 0x20 }, as: UTF8.self)
        guard let name = Node.Name(text), name.shard == shard else {
            throw PersistenceError(
                "\(countingPath): not a node of this shard: write the one whose log is to be loaded, as \(shard)-0",
                isDamage: true)
        }
        return name.number
    }

    /// Whether it is written which node's log counts.
    var namesNode: Bool { Files.exists(countingPath) }

    /// Lets a node's log count from now on, lastingly: at every moment it is the one or the other that does.
    func setCountingNode(_ number: Int) throws(PersistenceError) {
        try Files.replace(countingPath, with: Array("\(Node.Name(shard: shard, number: number))\n".utf8))
    }

    /// Removes the logs of nodes that there are no more.
    func removeLogs(ofNodesFrom first: Int) {
        for number in nodes where number >= first {
            LogFolder(path: logPath(number)).remove()
            rmdir(nodePath(number))
        }
    }
}
