import Logging
import WireFormats

/// Reads what a data directory holds, at a start: all shards, and nothing is changed before all could be read.
///
/// What a log must have is what was acknowledged, see `WrittenRecord`. The commit rule ends logs only behind that. A shard
/// whose log was chosen by hand, by a node without a checksum in `clusterctl.primary`, is loaded as it is.
struct DirectoryLoader {
    let directory: DataDirectory
    let events: EventList
    /// Whether a log with a torn end is refused, instead of being cut.
    let isStrict: Bool
    private(set) var shards: [LoadedShard] = []

    init(_ directory: DataDirectory, events: EventList, isStrict: Bool) {
        self.directory = directory
        self.events = events
        self.isStrict = isStrict
    }

    /// Reads all shards; nothing is changed.
    mutating func load() throws(PersistenceError) {
        for number in 0..<directory.shards { shards.append(try read(directory.shard(number))) }
        try applyCommitRule()
        if isStrict { try refuseTorn() }
        for shard in shards {
            do throws(PersistenceError) {
                try shard.load()
            } catch {
                throw explained(error, shard)
            }
        }
    }

    private func read(_ folder: ShardFolder) throws(PersistenceError) -> LoadedShard {
        let recorded = directory.written?.countingNode(of: folder.shard)
        let shard = LoadedShard(folder, try folder.find(recorded: recorded, isUntouched: directory.isUntouched))
        try checkNaming(of: shard)
        do throws(PersistenceError) {
            guard Files.exists(shard.log.manifestPath) else {
                if directory.isUntouched { return shard }
                throw PersistenceError.damage(
                    shard.log.manifestPath,
                    "is missing, and the log of node \(shard.name) is the shard's by \(folder.countingPath)")
            }
            try shard.read()
        } catch {
            throw explained(error, shard)
        }
        try checkEnd(of: shard)
        if !directory.isRecorded { try checkOthers(of: shard) }
        return shard
    }

    /// Looks whether the log that counts is the one that was written to last, or has everything that that one has: a crash
    /// may come before it is written to.
    private func checkNaming(of shard: LoadedShard) throws(PersistenceError) {
        guard let written = directory.written, shard.finding.naming?.isChecked == true else { return }
        let last = written.countingNode(of: shard.folder.shard)
        guard last != shard.finding.node, !written.isComplete(shard.name) else { return }
        throw .damage(
            shard.folder.countingPath,
            "names node \(shard.name), and the log of node \(Node.Name(shard: shard.folder.shard, number: last)) was "
                + "written to last", shard.folder.choice(last))
    }

    /// Whether a shard's log was chosen by hand.
    private func isChosen(_ shard: LoadedShard) -> Bool {
        directory.isRecorded && shard.finding.naming?.isChecked == false
    }

    /// Whether it is unknown how far a shard's log was acknowledged, though that was written down.
    private func isUnknown(_ shard: LoadedShard) -> Bool {
        directory.isRecorded && directory.written?.required(of: shard.name) == nil && !directory.isUntouched
    }

    /// What a log that was acknowledged lacks; nil where it lacks nothing, or that is not known.
    private func shortfall(of shard: LoadedShard) -> PersistenceError? {
        directory.written?.required(of: shard.name).flatMap { shard.shortfall(of: $0) }
    }

    /// Looks whether a log goes as far as it was acknowledged.
    private func checkEnd(of shard: LoadedShard) throws(PersistenceError) {
        if isChosen(shard), isUnknown(shard) || shortfall(of: shard) != nil {
            return shard.survey.isAsItIs = true
        }
        if let shortfall = shortfall(of: shard) {
            throw explained(
                shortfall, shard,
                orElse: "to go on with what it has, write \(shard.name) as a line to \(shard.folder.countingPath)")
        }
        if shard.survey.isTorn, isUnknown(shard) {
            throw unknown(shard, "the last command or transaction is not whole, from byte \(shard.wholeEnd.offset) on")
        }
    }

    private func unknown(_ shard: LoadedShard, _ problem: String) -> PersistenceError {
        .damage(
            shard.lastPath,
            "\(problem), and \(directory.path)/\(WrittenRecord.name), which says what was acknowledged, "
                + "is missing",
            "restore that from a copy, or write \(shard.name) as a line to \(shard.folder.countingPath) to go on with "
                + "what is there")
    }

    /// Refuses what would have to be cut.
    private func refuseTorn() throws(PersistenceError) {
        for shard in shards where shard.survey.isTorn {
            throw .damage(
                shard.lastPath, "\(shard.tornReason), from byte \(shard.survey.end.offset) on",
                "start without --strict to cut it there")
        }
    }
}

extension LoadedShard {
    /// Why a log ends before its file does.
    var tornReason: String {
        survey.end < wholeEnd
            ? "a transaction is not whole in all shards" : "the last command or transaction is not whole"
    }
}

// MARK: - The commit rule

extension DirectoryLoader {
    /// Ends logs before transactions that are not whole, which nobody was told of.
    private func applyCommitRule() throws(PersistenceError) {
        var surveys = shards.map(\.survey)
        let cuts = LogSurvey.cutIncomplete(&surveys)
        for (shard, survey) in zip(shards, surveys) { shard.survey = survey }
        for cut in cuts { try check(cut) }
    }

    /// Looks whether a log may end where the commit rule says.
    private func check(_ cut: LogSurvey.Incomplete) throws(PersistenceError) {
        let shard = shards[cut.shard]
        let part = "transaction \(cut.transaction) at byte \(cut.place.offset) of \(shard.lastPath)"
        guard shards.indices.contains(cut.lacking) else {
            throw .damage(shard.lastPath, "\(part) has a part in a shard \(cut.lacking), which there is not")
        }
        let lacking = shards[cut.lacking]
        let problem = "lacks its part of \(part)"
        guard !directory.isRecorded else {
            if isUnknown(shard) { throw unknown(lacking, problem) }
            if shortfall(of: shard) == nil { return }
            throw explained(.damage(lacking.lastPath, "\(problem), which was acknowledged"), lacking)
        }
        // Without a record nobody knows what was acknowledged; this is more than a round that was not finished.
        if lacking.isEmpty { throw explained(.damage(lacking.lastPath, "is empty, and \(problem)"), lacking) }
    }

    /// Looks whether another node's log goes further than the one that counts, where there is no record of what was
    /// acknowledged.
    private func checkOthers(of shard: LoadedShard) throws(PersistenceError) {
        for node in shard.folder.nodesWithLog where node != shard.finding.node {
            let log = LogFolder(path: shard.folder.logPath(node))
            guard (try? log.read()) != nil, let survey = try? LogSurvey(of: log),
                survey.lastTransaction > shard.survey.lastTransaction
            else { continue }
            let other = Node.Name(shard: shard.folder.shard, number: node)
            throw .damage(
                shard.lastPath,
                "lacks transaction \(survey.lastTransaction), which the log of node \(other) has",
                "restore it from a copy, write \(other) as a line to \(shard.folder.countingPath) to load that log, or "
                    + "move its folder away")
        }
    }
}

// MARK: - Other nodes' logs

extension DirectoryLoader {
    /// An error of a shard's log, with the log of another node that can be loaded in its place, if there is one.
    ///
    /// - Parameter remedy: what else can be done, unless that one has everything.
    private func explained(
        _ error: PersistenceError, _ shard: LoadedShard, orElse remedy: String? = nil
    ) -> PersistenceError {
        guard error.isDamage else { return error }
        let others = shard.folder.nodesWithLog.filter { $0 != shard.finding.node }.map {
            Node.Name(shard: shard.folder.shard, number: $0)
        }
        let good = others.filter { canBeLoaded($0, shard.folder) }
        if let other = good.first(where: { directory.written?.isComplete($0) == true }) {
            return error.adding(choosing(other, "has everything that was acknowledged", shard.folder))
        }
        let error = remedy.map(error.adding) ?? error
        guard let other = good.first else { return error }
        return error.adding(choosing(other, "can be read, and may lack what was written last", shard.folder))
    }

    private func choosing(_ node: Node.Name, _ extent: String, _ folder: ShardFolder) -> String {
        "the log of node \(node) \(extent): to load it, write \(node) as a line to \(folder.countingPath)"
    }

    /// Whether a node's log can be read, as far as it was acknowledged.
    private func canBeLoaded(_ node: Node.Name, _ folder: ShardFolder) -> Bool {
        let finding = ShardFolder.Finding(node: node.number, naming: nil, hasOlderLayout: false)
        let shard = LoadedShard(folder, finding)
        guard (try? shard.read()) != nil, (try? shard.load()) != nil else { return false }
        return shortfall(of: shard) == nil
    }
}
