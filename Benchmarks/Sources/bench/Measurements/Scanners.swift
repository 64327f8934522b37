import Foundation

/// The linter and the size report beside the programs that read the same files, each on one core.
///
/// What counts is CPU time: the files are in the page cache, and both read them to the end.
enum Scanners {
    private struct Contest {
        let name: String
        let file: String
        let bytes: Int
        let ours: [String]
        let peer: String
        let theirs: [String]
        /// The peer's speed times this is to be reached.
        let factor: Double
    }

    private static let mostMemory = 64.0
    /// So many runs stand for one of another part: they take tenths of a second, which any neighbour of the machine
    /// disturbs.
    private static let runsOfARound = 5

    static func measure(_ options: Options) throws(Failure) -> [Table] {
        let size = options.amount(400 << 20, quick: 40 << 20)
        let files = try TraceFiles(bytes: size, traces: options.traces)
        var speed = Table(title: "Scanning", unit: "MB a second of CPU time")
        speed.columns = ["clusterctl", "peer"]
        var memory = Table(title: "Memory while scanning", unit: "MB at most")
        memory.columns = ["clusterctl", "peer"]
        var cores = Table(title: "Scanning with two threads and with one", unit: "MB a second")
        cores.columns = ["--threads 2", "--threads 1"]
        for contest in try contests(files, options) {
            note("  \(contest.name)")
            let (rates, peaks) = try measure(contest, runs: options.rounds * runsOfARound)
            speed.rows.append(rates)
            memory.rows.append(peaks)
            cores.rows.append(try compareThreads(contest, options.rounds))
        }
        return [speed, memory, cores]
    }

    private static func contests(_ files: borrowing TraceFiles, _ options: Options) throws(Failure) -> [Contest] {
        let lint = [options.binary, "lint", "--isolated", "--threads", "1", "--output", "json"]
        let sizes = [options.binary, "sizes", "--isolated", "--output", "json"]
        let monitor = try files.monitor()
        let appendOnly = try files.appendOnly(options.redisServer)
        let snapshot = try files.snapshot()
        let sources = try files.sources(options.sourceLibrary)
        let names = try commandNames(options)
        return try [
            contest(
                "MONITOR, against mawk counting the commands", monitor, lint + [monitor], "mawk",
                ["mawk", "{ count[$4]++ } END { for (name in count) print name, count[name] }", monitor], 2),
            contest(
                "append-only file, against redis-check-aof", appendOnly, lint + [appendOnly], "redis-check-aof",
                ["redis-check-aof", appendOnly], 6),
            contest(
                "RDB with its checksum, against redis-check-rdb", snapshot, sizes + [snapshot], "redis-check-rdb",
                ["redis-check-rdb", snapshot], 3),
            contest(
                "source code, against ripgrep for the commands' names", sources, lint + [sources], "ripgrep",
                ["rg", "--threads", "1", "--no-ignore", "--count", names, sources], 0.25),
        ]
    }

    private static func contest(
        _ name: String, _ file: String, _ ours: [String], _ peer: String, _ theirs: [String], _ factor: Double
    ) throws(Failure) -> Contest {
        let size = try ChildProcess.run(["du", "-sb", "--apparent-size", file])
        guard let bytes = size.split(separator: "\t").first.flatMap({ Double($0) }) else {
            throw Failure("du gives no size of \(file)")
        }
        return Contest(
            name: name, file: file, bytes: Int(bytes), ours: ours, peer: peer, theirs: theirs, factor: factor)
    }

    /// One alternation of all names that the contract refuses.
    private static func commandNames(_ options: Options) throws(Failure) -> String {
        let table = try ChildProcess.run([options.binary, "commands", "--verdict", "refused"])
        let names = table.split(separator: "\n").dropFirst().compactMap { line in
            line.prefix { $0 != " " }.isEmpty ? nil : String(line.prefix { $0 != " " }).lowercased()
        }
        return "\\b(" + Set(names).sorted().joined(separator: "|") + ")\\("
    }

    private static func measure(_ contest: Contest, runs: Int) throws(Failure) -> (Row, Row) {
        _ = try ChildProcess.usage(of: contest.ours, statuses: [0, 1])
        var (ours, theirs): ([Usage], [Usage]) = ([], [])
        for _ in 0..<runs {
            ours.append(try ChildProcess.usage(of: contest.ours, statuses: [0, 1]))
            theirs.append(try ChildProcess.usage(of: contest.theirs, statuses: [0, 1]))
        }
        func rate(_ usages: [Usage]) -> Figure {
            .median(of: usages.map { Double(contest.bytes) / 1e6 / $0.processorSeconds })
        }
        func peak(_ usages: [Usage]) -> Figure { .median(of: usages.map { Double($0.peakBytes) / 1e6 }) }
        let name = contest.name
        return (
            Row(name, rate(ours), rate(theirs), budget: .ratioAtLeast(contest.factor)),
            Row(name, peak(ours), peak(theirs), budget: .below(mostMemory, unit: "MB"))
        )
    }

    private static func compareThreads(_ contest: Contest, _ rounds: Int) throws(Failure) -> Row {
        var (two, one): ([Double], [Double]) = ([], [])
        let both = contest.ours.map { $0 == "1" ? "2" : $0 }
        for _ in 0..<rounds {
            for (arguments, isTwo) in [(both, true), (contest.ours, false)] {
                let usage = try ChildProcess.usage(of: arguments, statuses: [0, 1])
                let rate = Double(contest.bytes) / 1e6 / usage.seconds
                if isTwo { two.append(rate) } else { one.append(rate) }
            }
        }
        return Row(contest.name, .median(of: two), .median(of: one))
    }
}
